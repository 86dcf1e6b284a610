import { z } from "zod";
import { parseJson } from "../../json";

const properties = z.record(z.string(), z.unknown());
const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: properties.optional(),
  outputs: properties.optional(),
  /** The provider's URN, `::`, and its id. */
  provider: z.string().optional(),
  /** Read with `get`. */
  external: z.boolean().optional(),
  /** Replaced, but the old object has not been deleted yet. */
  delete: z.boolean().optional(),
  /** Deleted, but not yet recreated. */
  pendingReplacement: z.boolean().optional(),
  initErrors: z.array(z.string()).nullish(),
});
const operation = z.object({ type: z.string(), resource });

const exported = z.object({
  version: z.number(),
  // A new stack has no deployment.
  deployment: z
    .object({
      resources: z.array(resource).nullish(),
      pending_operations: z.array(operation).nullish(),
    })
    .nullish(),
  // A backend's own state file would look like the export of an empty stack.
  checkpoint: z.undefined().optional(),
});

export type StackResource = z.infer<typeof resource>;

export interface StackExport {
  resources: StackResource[];
  /** Operations that the last update started but did not finish. */
  pending: z.infer<typeof operation>[];
}

/** Parses the output of `pulumi stack export`; undefined if it is something else. */
export function parseStackExport(text: string): StackExport | undefined {
  const { data } = exported.safeParse(parseJson(text));
  if (data === undefined) return undefined;
  const { resources, pending_operations: pending } = data.deployment ?? {};
  return { resources: resources ?? [], pending: pending ?? [] };
}

/** The resource's name in the program. */
export function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
