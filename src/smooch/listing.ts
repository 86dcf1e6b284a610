/** What a list of an app's or an account's objects holds. */
export interface Listing<T> {
  items: T[];
  /** Objects that exist, but whose fields are not as this package needs them. */
  unreadable: Unreadable[];
}

export interface Unreadable {
  id: string;
  /** Which fields, without their values, e.g. `name is missing`. */
  problem: string;
}

/** One page of a list. */
export interface Page<T> extends Listing<T> {
  /** Of everything on the page, whether it is one of these objects or not. */
  ids: string[];
  /** Where the next page begins; undefined after the last one. */
  next?: string | undefined;
}
