import { z } from "zod";

/**
 * Whether a 404 with this code means that an object does not exist. `route_not_found` means that the API has no such
 * path, and a 404 without a code comes from something else: a gateway, or a Zendesk host without this API
 * (docs/api/observed.md).
 */
export function saysGone(code = ""): boolean {
  return /(^|_)not_found$/.test(code) && code !== "route_not_found";
}

const text = z.string().min(1);
/** Where gateways and other APIs put the reason, most specific first. */
const reasons = [
  z
    .object({ errors: z.tuple([z.object({ code: text })], z.unknown()) })
    .transform(({ errors }) => errors[0].code),
  z.object({ error: z.object({ title: text }) }).transform(({ error }) => error.title),
  z.object({ error: z.object({ code: text }) }).transform(({ error }) => error.code),
  z.object({ error: text }).transform(({ error }) => error),
  z.object({ message: text }).transform(({ message }) => message),
  text,
];

const maxLength = 80;

/** Briefly describes a response that did not come from the API, without secrets. */
export function describeForeign(raw: string, body: unknown, redact: (text: string) => string): string {
  if (raw.trim() === "") return "an empty body";
  if (body === undefined) return "a body that is not JSON";
  const found = z.union(reasons).safeParse(body).data;
  if (found === undefined) return "a body in another form";
  // Redacted before it is truncated: half a secret is still a secret.
  const line = redact(found).replace(/\s+/g, " ").trim();
  return `"${line.length > maxLength ? `${line.slice(0, maxLength)}…` : line}"`;
}
