import { z } from "zod";
import { apiVersions } from "../../smooch/api-version";
import type { Observations } from "./runner";
import { assertClean, Scrubber } from "./scrub";
import type { SuiteOptions } from "./suite";

export const recordingFile = z.strictObject({
  format: z.literal(1),
  apiVersion: z.enum(apiVersions),
  /** What the suite could do. */
  options: z.strictObject({
    owner: z.enum(["person", "service account", "app"]),
    hasTarget: z.boolean(),
    limits: z.boolean(),
  }),
  exchanges: z.array(
    z.strictObject({
      /** The name of the step in the suite. */
      step: z.string(),
      method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
      path: z.string(),
      body: z.unknown().optional(),
      status: z.int(),
      /** The JSON of the response; absent if it has another body. */
      json: z.unknown().optional(),
      text: z.string().optional(),
    }),
  ),
});

/** What a service answered, without anything that says whose it is. */
export type Recording = z.infer<typeof recordingFile>;

/** Throws rather than give away a secret. */
export function record(
  apiVersion: Recording["apiVersion"],
  options: SuiteOptions,
  { exchanges, names }: Observations,
  secrets: ReadonlySet<string>,
  hosts: readonly string[],
): string {
  const known = { names, secrets };
  const scrubber = new Scrubber(known, exchanges);
  const head: Omit<Recording, "exchanges"> = { format: 1, apiVersion, options };
  const lines = exchanges.map(({ step, path, body, answer }) => {
    const exchange: Recording["exchanges"][number] = {
      step: step.name,
      method: step.method,
      path: scrubber.path(path),
      ...(body !== undefined && { body: scrubber.value(body) }),
      status: answer.status,
      ...(answer.isJson && { json: scrubber.value(answer.body) }),
      ...(!answer.isJson && answer.body !== undefined && { text: String(scrubber.value(answer.body)) }),
    };
    return JSON.stringify(exchange);
  });
  // One exchange per line, so that two recordings can be compared.
  const text = `${JSON.stringify(head).slice(0, -1)},"exchanges":[\n${lines.join(",\n")}\n]}\n`;
  assertClean(text, known, hosts);
  return text;
}
