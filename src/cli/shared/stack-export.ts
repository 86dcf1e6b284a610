import { z } from "zod";
import { parseJson } from "../../json";

const properties = z.record(z.string(), z.unknown());
const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: properties.optional(),
  outputs: properties.optional(),
  /** The provider's URN, `::` and its id. */
  provider: z.string().optional(),
  /** Read with `get`. */
  external: z.boolean().optional(),
  /** What a replacement has left to be deleted. */
  delete: z.boolean().optional(),
  /** Deleted, and not yet made again. */
  pendingReplacement: z.boolean().optional(),
  initErrors: z.array(z.string()).nullish(),
});
const operation = z.object({ type: z.string(), resource });

const exported = z.object({
  version: z.number(),
  // A new stack has none.
  deployment: z
    .object({
      resources: z.array(resource).nullish(),
      pending_operations: z.array(operation).nullish(),
    })
    .nullish(),
  // The file of a backend looks like the export of an empty stack.
  checkpoint: z.undefined().optional(),
});

export type StackResource = z.infer<typeof resource>;

export interface StackExport {
  resources: StackResource[];
  /** What the last update had begun and not ended. */
  pending: z.infer<typeof operation>[];
}

/** What `pulumi stack export` gives; undefined for any other text. */
export function parseStackExport(text: string): StackExport | undefined {
  const { data } = exported.safeParse(parseJson(text));
  if (data === undefined) return undefined;
  const { resources, pending_operations: pending } = data.deployment ?? {};
  return { resources: resources ?? [], pending: pending ?? [] };
}

/** What the program calls a resource. */
export function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
