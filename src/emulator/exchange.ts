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
  readonly status: number;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
  /** JSON text. */
  readonly body: string;
}
