/** A request to the emulator. */
export interface EmulatorRequest {
  readonly method: string;
  /** Path and query, for example `/v1/apps?limit=2`. */
  readonly url: string;
  /** Header names in any case. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** The body as a string; absent and empty mean the same. */
  readonly body?: string | undefined;
}

/** A response of the emulator. */
export interface EmulatorResponse {
  /** 0 if there is no response: see `broken`. */
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: { readonly [name: string]: string };
  /** JSON, unless a fault says otherwise. */
  readonly body: string;
  /** Sent instead of `body`, which is then empty: only for files that a user uploaded in the console. */
  readonly bytes?: Uint8Array | undefined;
  /**
   * How a planned fault ends the exchange; absent if the response arrives. Callers of {@link Emulator.handle} have to
   * act it out themselves, as the server does on its sockets.
   *
   * - `refused`: no connection was made, so the request was certainly not carried out.
   * - `reset`: the connection breaks without a response; the caller cannot know whether the request was carried out.
   * - `cut`: only `body` arrives, less than `content-length` announces. Then the connection breaks.
   * - `hang`: no response ever arrives.
   */
  readonly broken?: "refused" | "reset" | "cut" | "hang" | undefined;
}
