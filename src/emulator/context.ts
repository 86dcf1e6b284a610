import type { Deliveries } from "./deliveries";
import type { EmulatorHost } from "./host";
import type { Identifiers } from "./identifier";
import type { Rules } from "./options";
import type { Store } from "./store";

/** What every operation works with. */
export interface Context {
  readonly store: Store;
  readonly host: EmulatorHost;
  readonly rules: Rules;
  readonly identifiers: Identifiers;
  readonly deliveries: Deliveries;
}
