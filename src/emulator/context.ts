import type { Signer } from "./caller";
import type { OwnerType, Slot } from "./children";
import type { Typing } from "./conversations/typing";
import type { EmulatorHost } from "./host";
import type { Identifiers } from "./identifier";
import type { AppEvent } from "./model";
import type { Rules } from "./options";
import type { Profile } from "./profile";
import type { Store } from "./store";
import type { VerifiedTokens } from "./tokens";

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
  /** Creates the empty slots of a new account or app. */
  newChildren(owner: OwnerType): Slot<unknown>[];
  /** Finds the object with this id, of any kind, if it authenticates callers. */
  findSigner(store: Store, keyId: string): Signer | undefined;
  /** In which conversations the business is typing. */
  readonly typing: Typing;
  /** Delivers an event to the app's webhooks. */
  publish(event: AppEvent): void;
}
