import type { AccountKey, App } from "./model";

/** The authenticated caller. */
export type Caller =
  | { readonly scope: "account"; readonly key: AccountKey }
  | { readonly scope: "app"; readonly app: App }
  | { readonly scope: "integration"; readonly app: App; readonly integrationId: string };

/** A key's secret and the caller it authenticates. */
export interface Signer {
  readonly caller: Caller;
  readonly secret: string;
}
