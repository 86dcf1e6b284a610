import type { Subject } from "./errors";
import type { WireRequest } from "./host";

/** One call of the API: what is sent, and how its answer is read. */
export interface Call<T> {
  subject: Subject;
  method: WireRequest["method"];
  /** Below the base URL, e.g. `/v1/apps`. */
  path: string;
  query?: Query | undefined;
  body?: object;
  /** Parts of the body that no message may show, should the API quote them. */
  sensitive?: readonly string[];
  /** The API documents no other authentication than a token. */
  tokenOnly?: boolean;
  /** The caller has a fallback: fail fast, but still wait out a 429. */
  isOptional?: boolean;
  /** Throws when the answer has another shape. `body` is undefined where the answer had none. */
  parse(body: unknown, status: number): T;
  parseError(body: unknown): ApiError;
}

export type Query = Readonly<Record<string, string | number>>;

/** What the API says of a call that it refuses. */
export interface ApiError {
  code?: string;
  description?: string;
}

export type Send = <T>(call: Call<T>) => Promise<T>;
