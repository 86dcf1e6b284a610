/** A request as it reaches the emulator. */
export interface EmulatorRequest {
  readonly method: string;
  /** Path and query, for example `/v1/apps?limit=2`. */
  readonly url: string;
  /** Names in any case. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** The body as text; absent and empty mean the same. */
  readonly body?: string | undefined;
}

/** What the emulator answers. */
export interface EmulatorResponse {
  /** 0 when there is no answer: see `broken`. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
  /** JSON text, unless a fault says otherwise. */
  readonly body: string;
  /**
   * How a planned fault ends the exchange; absent when the answer arrives. Whoever calls {@link Emulator.handle} itself
   * has to act it out, as the server does on its sockets.
   *
   * - `refused`: the connection was never made, so the request was surely not carried out.
   * - `reset`: the connection breaks without an answer; whether the request was carried out cannot be known.
   * - `cut`: `body` is the part that arrives; the header `content-length` promises more. Then the connection breaks.
   * - `hang`: nothing ever comes.
   */
  readonly broken?: "refused" | "reset" | "cut" | "hang" | undefined;
}
