import { z } from "zod";
import type { ApiVersion } from "./api-version";
import type { Call } from "./call";
import { channelOf } from "./channels";
import { dialects } from "./dialect";
import { requireFit } from "./fit";
import { idForm, isId } from "./ids";
import { isTrigger } from "./triggers";

/** What is sent to create or change an object. */
export interface Body {
  body: object;
  /** Parts of values in the body that no message may show; the whole values are kept out anyway. */
  sensitive?: readonly unknown[];
}

/** What distinguishes one call from the others of its API version. */
export interface Request<T> extends Partial<Body> {
  /** In messages, e.g. `create` and `a key in app 5a0b…`. */
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

/** All strings and numbers in a body: the program may have marked any of them secret. The API's own words are none. */
function leaves(value: unknown): unknown[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leaves);
  const isOwnWord = typeof value === "boolean" || channelOf(value) !== undefined || isTrigger(value);
  return isOwnWord ? [] : [value];
}

/** The forms in which the API may quote a value: as it is, as in JSON, and on one line. */
function redactionForms(values: readonly unknown[]): string[] {
  // Shorter ones would blot out ordinary words.
  return values
    .map((value) => String(value ?? ""))
    .filter((text) => text.length >= 4)
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1), text.replace(/\s+/g, " ").trim()]);
}

/** What an envelope holds under a name. */
export function open(body: unknown, name: string): unknown {
  return requireFit(envelope, body)[name];
}

const envelope = z.looseObject({});

/** Refuses anything but ids: another part could lead elsewhere, as `..` does. */
export function joinPath(start: string, ...parts: string[]): string {
  if (!parts.every(isId)) throw new Error(`not an id of Smooch: ids have ${idForm} only`);
  return [start, ...parts].join("/");
}

/** Whether a DELETE was answered with `200 {}`; any other success has to be checked. */
export function isConfirmation(body: unknown, status: number): boolean {
  return status === 200 && z.strictObject({}).safeParse(body).success;
}
