/** An object in Smooch. */
export interface Identified {
  id: string;
}

/** A resource's properties as Pulumi passes them: plain JSON, possibly with unknown values in a preview. */
export type Properties = Record<string, unknown>;
