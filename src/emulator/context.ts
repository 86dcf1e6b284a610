import type { Slot } from "./children";
import type { EmulatorHost } from "./host";
import type { Identifiers } from "./identifier";
import type { App, AppEvent } from "./model";
import type { Rules } from "./options";
import type { Profile } from "./profile";
import type { Store } from "./store";
import type { VerifiedTokens } from "./tokens";

/** An app, and the secret of one of its objects that may sign in its name. */
export interface Signer {
  readonly app: App;
  readonly secret: string;
}

/** What every operation works with. */
export interface Context {
  readonly store: Store;
  readonly host: EmulatorHost;
  readonly rules: Rules;
  readonly profile: Profile;
  readonly identifiers: Identifiers;
  readonly tokens: VerifiedTokens;
  /** Ids of objects whose update still waits for something. */
  readonly updating: Set<string>;
  /** The slots of a new app. */
  newChildren(): Slot<unknown>[];
  findSigner(store: Store, keyId: string): Signer | undefined;
  /** Tells those who listen to an app. */
  publish(event: AppEvent): void;
}
