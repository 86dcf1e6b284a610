import { z } from "zod";
import { unknownRequest } from "./errors";
import { parseBody } from "./input";
import type { Incoming } from "./route";

/** Fields of conversations, messages and users that Smooch has and the emulator does not support. */
const unsupported = [
  "attachmentId",
  "brandId",
  "destination",
  "override",
  "schema",
  "subscribeSDKClient",
  "subtypes",
  "toBeRetained",
];

/** The same as `parseBody` with a strict schema, but a field that only Smooch supports gets a 501. */
export function parseSupported<T>(
  schema: z.ZodType<T>,
  request: Incoming,
  ignored: readonly string[] = [],
): T {
  const { error } = schema.safeParse(parseBody(z.unknown(), request));
  const fields = (error?.issues ?? []).flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.filter((key) => unsupported.includes(key)).map((key) => [...issue.path, key].join("."))
      : [],
  );
  if (fields.length > 0) throw unknownRequest(`It does not support ${fields.join(", ")}.`);
  return parseBody(schema, request, ignored);
}
