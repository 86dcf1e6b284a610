import type { Host } from "./host";
import { backoff } from "./retry";

/** A list of an app's or an account's objects. */
export interface Listing<T> {
  items: T[];
  /** Objects that exist, but whose fields this package cannot read. */
  unreadable: Unreadable[];
}

export interface Unreadable {
  id: string;
  /** Which fields, without their values, e.g. `name is missing`. */
  problem: string;
}

/** One page of a list. */
export interface Page<T> extends Listing<T> {
  /** The ids of everything on the page, including items of other kinds. */
  ids: string[];
  /** Where the next page begins; undefined on the last page. */
  next?: string | undefined;
}

/** A single list may be stale. */
export const minListings = 3;

/** Gives a stale list some time to become current. */
export function pauseBetween(
  { sleep, random }: Pick<Host, "sleep" | "random">,
  listings: number,
): Promise<void> {
  return sleep(250 + backoff(listings, random));
}
