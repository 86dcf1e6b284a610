/** An app as Smooch returns it. */
export interface SmoochAppResult {
  id: string;
  name: string;
  /** Undefined if the API returns none. */
  appToken?: string | undefined;
  /** All settings, including Smooch's defaults. */
  settings: { [key: string]: boolean | number | undefined };
  metadata: { [key: string]: string | number | boolean };
}

/** A key as Smooch returns it. */
export interface SmoochKeyResult {
  id: string;
  name: string;
  secret: string;
}
