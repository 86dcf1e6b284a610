import type { Subject } from "./errors";
import type { WireRequest } from "./host";

/** An API call: what to send and how to read the response. */
export interface Call<T> {
  subject: Subject;
  method: WireRequest["method"];
  /** Appended to the base URL, e.g. `/v1/apps`. */
  path: string;
  query?: Query | undefined;
  body?: object;
  /** Parts of the body to keep out of messages if the API quotes them. */
  sensitive: readonly string[];
  /** The only authentication that the API documents for this call is a token. */
  tokenOnly?: boolean;
  /** The caller has a fallback: fail fast, but still wait out a 429. */
  isOptional?: boolean;
  /** Throws if the response has an unexpected shape. `body` is undefined if the response has none. */
  parse(body: unknown, status: number): T;
  parseError(body: unknown): ApiError;
}

export type Query = Readonly<Record<string, string | number>>;

/** The error in an API response. */
export interface ApiError {
  code?: string;
  description?: string;
}

export type Send = <T>(call: Call<T>) => Promise<T>;
