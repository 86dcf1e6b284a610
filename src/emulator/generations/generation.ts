import type { AppEvent } from "../deliveries";
import type { ApiError } from "../errors";
import type { Route } from "../route";

/** One generation of the API: its paths and its wire shapes over the common store. */
export interface Generation {
  /** How its paths begin, and what its webhooks are marked with. */
  readonly version: "v1";
  readonly routes: readonly Route[];
  writeError(error: ApiError): unknown;
  writeEvent(event: AppEvent): unknown;
}
