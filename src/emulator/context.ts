import type { Slot } from "./children";
import type { EmulatorHost } from "./host";
import type { Identifiers } from "./identifier";
import type { App, AppEvent } from "./model";
import type { Rules } from "./options";
import type { Profile } from "./profile";
import type { Store } from "./store";
import type { VerifiedTokens } from "./tokens";

/** An app and the secret of one of its objects that may sign on its behalf. */
export interface Signer {
  readonly app: App;
  readonly secret: string;
}

/** What every operation has access to. */
export interface Context {
  readonly store: Store;
  readonly host: EmulatorHost;
  readonly rules: Rules;
  readonly profile: Profile;
  readonly identifiers: Identifiers;
  readonly tokens: VerifiedTokens;
  /** Ids of objects with an update in progress. */
  readonly updating: Set<string>;
  /** Creates the empty slots of a new app. */
  newChildren(): Slot<unknown>[];
  findSigner(store: Store, keyId: string): Signer | undefined;
  /** Delivers an event to the app's webhooks. */
  publish(event: AppEvent): void;
}
