/** One request, as the emulator remembers it. Nothing in it is secret. */
export interface RequestRecord {
  readonly method: string;
  /** Path and query; values that could be secret are replaced by `…`. */
  readonly path: string;
  /** For example `createApp`; `unknown` when the emulator does not know the request. */
  readonly operation: string;
  readonly status: number;
  /** Arrival, in milliseconds since the epoch. */
  readonly at: number;
}

/** A request that the emulator could not play. */
export interface UnknownRequest {
  readonly method: string;
  readonly path: string;
  readonly description: string;
}
