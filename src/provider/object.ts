/** An object as Smooch has it. */
export interface Identified {
  id: string;
}

/** A resource's properties as Pulumi passes them: plain JSON, in a preview possibly with unknown values. */
export type Properties = Record<string, unknown>;
