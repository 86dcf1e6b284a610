import { z } from "zod";
import type { ApiVersion } from "./api-version";
import type { Call } from "./call";
import { channelOf } from "./channels";
import { dialects } from "./dialect";
import { requireFit } from "./fit";
import { idForm, isId } from "./ids";
import { isTrigger } from "./triggers";

/** The body of a create or update. */
export interface Body {
  body: object;
  /** Parts of the body's values to keep out of messages; whole values are kept out anyway. */
  sensitive?: readonly unknown[];
}

/** What distinguishes one call from the others of its API version. */
export interface Request<T> extends Partial<Body> {
  /** Used in messages, e.g. `create` and `a key in app 5a0b…`. */
  operation: string;
  resource: string;
  method: Call<T>["method"];
  path: string;
  query?: Call<T>["query"];
  parse: Call<T>["parse"];
}

export function request<T>(version: ApiVersion, request: Request<T>): Call<T> {
  const { operation, resource, sensitive = [], ...wire } = request;
  const { parseError, tokenOnly } = dialects[version];
  return {
    subject: { operation, resource },
    ...wire,
    ...(tokenOnly && { tokenOnly }),
    sensitive: redactionForms([sensitive, wire.body].flatMap(leaves)),
    parseError,
  };
}

/**
 * All strings and numbers in a body: the user's program may have marked any of them secret. The API's own words are not
 * secret.
 */
function leaves(value: unknown): unknown[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leaves);
  const isOwnWord = typeof value === "boolean" || channelOf(value) !== undefined || isTrigger(value);
  return isOwnWord ? [] : [value];
}

/** The forms in which the API may quote a value: unchanged, escaped as in JSON, and on one line. */
function redactionForms(values: readonly unknown[]): string[] {
  // Shorter values would garble ordinary words.
  return values
    .map((value) => String(value ?? ""))
    .filter((text) => text.length >= 4)
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1), text.replace(/\s+/g, " ").trim()]);
}

/** Returns a property of an envelope. */
export function open(body: unknown, name: string): unknown {
  return requireFit(envelope, body)[name];
}

const envelope = z.looseObject({});

/** Accepts ids only: anything else, such as `..`, could lead to another path. */
export function joinPath(start: string, ...parts: string[]): string {
  if (!parts.every(isId)) throw new Error(`not a Smooch id: ids contain ${idForm} only`);
  return [start, ...parts].join("/");
}

/** Whether a DELETE was answered with `200 {}`; after any other success, the deletion has to be verified. */
export function isConfirmation(body: unknown, status: number): boolean {
  return status === 200 && z.strictObject({}).safeParse(body).success;
}
