/** An app as Smooch returns it. */
export interface SmoochAppResult {
  /** The app's id. */
  id: string;
  /** The app's display name. */
  name: string;
  /** The public token for older SDKs; undefined if the API returns none. */
  appToken?: string | undefined;
  /** All settings, including Smooch's defaults. */
  settings: { [key: string]: boolean | number | undefined };
  /** All metadata. */
  metadata: { [key: string]: string | number | boolean };
}

/** A key as Smooch returns it. */
export interface SmoochKeyResult {
  /** The key's id. */
  id: string;
  /** The key's display name. */
  name: string;
  /** The key's secret. */
  secret: string;
}
