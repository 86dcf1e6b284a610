import { z } from "zod";
import { channelOf } from "../channels";
import type { Call } from "../http";
import { idForm, isId } from "../ids";
import type { Metadata, WebhookChange } from "../objects";
import { isTrigger } from "../triggers";

/** Makes an object of an answer's body, or throws: a schema does. */
export interface Reader<T> {
  parse(body: unknown): T;
}

/** What a call of any generation has to say. */
export interface Request<T> {
  /** In messages, e.g. `create` and `a key in app 5a0b…`. */
  operation: string;
  resource: string;
  method: Call<T>["method"];
  path: string;
  answer: Reader<T>;
  body?: object;
  /** Parts of what stands in the body that no message may show; what stands there is kept out anyway. */
  sensitive?: readonly unknown[];
  query?: Call<T>["query"];
  asApp?: string;
}

export type Requester = <T>(request: Request<T>) => Call<T>;

/** Turns requests into calls, with a generation's way of reading errors. */
export function requester(parseError: Call<unknown>["parseError"], { tokenOnly = false } = {}): Requester {
  return <T>({ operation, resource, answer, sensitive = [], ...wire }: Request<T>): Call<T> => ({
    subject: { operation, resource },
    ...wire,
    ...(tokenOnly && { tokenOnly }),
    sensitive: texts([sensitive, wire.body].flatMap(leaves)),
    parse: (raw) => answer.parse(raw),
    parseError,
  });
}

/** All texts and numbers that a body holds: the program may have marked any of them secret. The API's own words are none. */
function leaves(value: unknown): unknown[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leaves);
  const isOwnWord = typeof value === "boolean" || channelOf(value) !== undefined || isTrigger(value);
  return isOwnWord ? [] : [value];
}

/** Users keep tokens in a target's path, query and user part; an answer may quote one of several alone. */
export function sensitiveInWebhook({ target }: WebhookChange): unknown[] {
  if (target === undefined || !URL.canParse(target)) return [target];
  const { search, pathname, username, password } = new URL(target);
  const values = search.split(/[?&]/).map((pair) => pair.slice(pair.indexOf("=") + 1));
  // A segment is a token more often than a word where it has a digit.
  const segments = pathname.split("/").filter((segment) => /\d/.test(segment));
  const tokens = [...values, ...segments, username, password].flatMap((raw) => [raw, decoded(raw)]);
  // Short ones would blot out ordinary words.
  return [target, search, pathname, ...tokens.filter((token) => token.length >= 8)];
}

/** Unlike `decodeURIComponent`, this takes whatever a URL may hold. */
function decoded(part: string): string {
  return String(new URLSearchParams(`part=${part.replaceAll("&", "%26")}`).get("part"));
}

function texts(values: readonly unknown[]): string[] {
  // As they are, as a quoted body has them, and on one line; shorter ones would blot out ordinary words.
  return values
    .map((value) => String(value ?? ""))
    .filter((text) => text.length >= 4)
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1), text.replace(/\s+/g, " ").trim()]);
}

/** A path below others. Anything but an id could lead elsewhere, as `..` does. */
export function below(start: string, ...parts: string[]): string {
  if (!parts.every(isId)) throw new Error(`not an id of Smooch: ids have ${idForm} only`);
  return [start, ...parts].join("/");
}

/** An id in a response. */
export const id = z.string().refine(isId);

/** Whether a DELETE was answered with `200 {}`; any other success has to be checked. */
export function isConfirmation(body: unknown, status: number): boolean {
  return status === 200 && z.strictObject({}).safeParse(body).success;
}

/** An app's settings and metadata, in all generations (legacy.md 2.2, v2.md 2). */
export const appParts = {
  settings: z.record(z.string(), z.unknown()).nullish(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
};

/**
 * Settings of a newer API may hold values of other types, and Pulumi's engine has no path to an entry whose name is
 * empty: what this package cannot manage it does not see.
 */
export function readAppParts(wire: {
  settings?: Record<string, unknown> | null | undefined;
  metadata?: Record<string, Metadata[string] | null> | null | undefined;
}) {
  const known = Object.entries(wire.settings ?? {}).flatMap(([name, value]) =>
    name !== "" && (typeof value === "boolean" || typeof value === "number") ? [[name, value] as const] : [],
  );
  const metadata = Object.entries(wire.metadata ?? {}).flatMap(([name, value]) =>
    name === "" || value === null ? [] : [[name, value] as const],
  );
  return {
    settings: wire.settings ? Object.fromEntries(known) : undefined,
    metadata: wire.metadata ? Object.fromEntries(metadata) : undefined,
  };
}
