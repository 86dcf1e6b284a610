import type { AppEvent } from "../deliveries";
import type { ApiError } from "../errors";
import type { Webhook } from "../objects/webhook";
import type { Route } from "../route";
import type { Version } from "../version";

/** One generation of the API: its paths and its wire shapes over the common store. */
export interface Generation {
  readonly version: Version;
  readonly routes: readonly Route[];
  writeError(error: ApiError): unknown;
  writeEvent(webhook: Webhook, event: AppEvent): unknown;
}
