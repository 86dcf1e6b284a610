import type { Deliveries } from "./deliveries";
import type { History } from "./history";
import type { EmulatorHost } from "./host";
import type { Identifiers } from "./identifier";
import type { Rules } from "./options";
import type { Profile } from "./profile";
import type { Store } from "./store";
import type { VerifiedTokens } from "./tokens";

/** What every operation works with. */
export interface Context {
  readonly store: Store;
  readonly host: EmulatorHost;
  readonly rules: Rules;
  readonly profile: Profile;
  readonly identifiers: Identifiers;
  readonly deliveries: Deliveries;
  /** Has to be told before every write to an app. */
  readonly history: History;
  readonly tokens: VerifiedTokens;
}
