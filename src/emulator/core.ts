import { addAccount, addAccountKey, addServiceKey, revokeAccess, revokeAccountKey } from "./accounts";
import { Api } from "./api";
import type { Context } from "./context";
import { controlRoutes } from "./control";
import type { EmulatorRequest, EmulatorResponse } from "./exchange";
import type { FaultCounts, FaultPlan } from "./faults/plan";
import { type EmulatorHost, realHost } from "./host";
import { describeState, takeSnapshot } from "./inspection";
import type { RequestRecord, UnknownRequest } from "./journal";
import { kinds } from "./kinds/index";
import { openAccount, openApp } from "./opening";
import type { EmulatorOptions } from "./options";
import type { Overlay } from "./overlay";
import { type Profile, type ProfileChanges, parseProfile } from "./profile";
import { writeSaved } from "./saved";
import type { EmulatorSnapshot, EmulatorState } from "./snapshot";

/** A key of an account: the pair that `SMOOCH_ACCOUNT_KEY_ID` and `SMOOCH_ACCOUNT_KEY_SECRET` hold. */
export interface AccountCredentials {
  readonly accountId: string;
  readonly accountKeyId: string;
  readonly accountKeySecret: string;
}

/**
 * A Smooch API without sockets: a function from request to response over a store of its own.
 *
 * ```ts
 * const emulator = new Emulator();
 * const { status } = await emulator.handle({ method: "GET", url: "/v1/apps", headers: { authorization } });
 * ```
 */
export class Emulator implements AccountCredentials {
  /** The first account; {@link addAccount} makes more. */
  readonly accountId: string;
  readonly accountKeyId: string;
  readonly accountKeySecret: string;
  /** The newest requests to the API, oldest first. */
  readonly requests: RequestRecord[];
  /** Those of them that the emulator does not support. They were answered with 501. */
  readonly unknownRequests: UnknownRequest[];

  readonly #app: EmulatorOptions["app"];
  readonly #api: Api;

  constructor(options: EmulatorOptions = {}, host: EmulatorHost = realHost()) {
    this.#api = new Api(kinds, controlRoutes(this), options, host);
    this.requests = this.#api.journal.requests;
    this.unknownRequests = this.#api.journal.unknownRequests;

    this.#app = options.app;
    const key = openAccount(this.#context, options);
    this.#api.forgetPast();
    this.accountId = key.accountId;
    this.accountKeyId = key.id;
    this.accountKeySecret = key.secret;
  }

  /**
   * Answers one request. It rejects only for a defect of the emulator itself: an exchange that a planned fault breaks
   * resolves as well, and says in `broken` how it ends.
   */
  handle(request: EmulatorRequest): Promise<EmulatorResponse> {
    return this.#api.handle(request);
  }

  /** Opens another account with a key of its own. */
  addAccount(): AccountCredentials {
    return this.addAccountKey(addAccount(this.#context.store, this.#context.identifiers).id);
  }

  /** Creates another key for an account, by default for the first one. */
  addAccountKey(accountId: string = this.accountId): AccountCredentials {
    const { id, secret } = addAccountKey(this.#context.store, this.#context.identifiers, accountId);
    return { accountId, accountKeyId: id, accountKeySecret: secret };
  }

  /** The keys of the first account, oldest first. `isGiven`: the secret was handed in, and may be a real one. */
  get accountKeys(): (AccountCredentials & { readonly isGiven: boolean })[] {
    return [...this.#context.store.accountKeys.values()]
      .filter(({ accountId }) => accountId === this.accountId)
      .map(({ accountId, id, secret, isGiven }) => ({
        accountId,
        accountKeyId: id,
        accountKeySecret: secret,
        isGiven,
      }));
  }

  /** Revokes an account's key: from now on it is refused with 401. */
  revokeAccountKey(keyId: string): void {
    revokeAccountKey(this.#context.store, keyId);
  }

  /**
   * Creates a service key of the first account. It may use the apps listed here and those that it creates itself;
   * without `apps`, all of the account.
   */
  addServiceKey({ apps }: { readonly apps?: readonly string[] | undefined } = {}): AccountCredentials {
    const { accountId } = this;
    const { id, secret } = addServiceKey(this.#context.store, this.#context.identifiers, accountId, apps);
    return { accountId, accountKeyId: id, accountKeySecret: secret };
  }

  /**
   * Takes an app away from an account key or service key: its calls on the app answer 404 with `app_not_found`, and its
   * lists leave the app out. The app stays.
   */
  revokeAccess(keyId: string, appId: string): void {
    revokeAccess(this.#context.store, keyId, appId);
  }

  /**
   * Everything that exists, as text for the option `saved` of an emulator to come. Secrets are in it; the logs, the fault
   * plan, the profile and deliveries under way are not.
   */
  save(): string {
    return writeSaved(this.#context.store);
  }

  /** Everything that exists, secrets included. */
  snapshot(): EmulatorSnapshot {
    return takeSnapshot(this.#context.store, this.#api.deliveries);
  }

  /** What `GET /_emulator/state` answers. */
  describeState(): EmulatorState {
    return describeState(this.#context.store, this.#api.deliveries, this.unknownRequests.length);
  }

  /** Whether no app is left, and so no key and no webhook either. */
  isEmpty(): boolean {
    return this.#context.store.apps.size === 0;
  }

  /** Resolves when every delivery has succeeded or failed. */
  settleDeliveries(): Promise<void> {
    return this.#api.deliveries.settle();
  }

  /** The fault plan in force. */
  get faults(): FaultPlan {
    return this.#api.faults.plan;
  }

  /** How often each kind of fault has happened since the start or the last {@link reset}, whatever the plan was. */
  get faultsMet(): FaultCounts {
    return this.#api.faults.met;
  }

  /** Begins a fault plan, from its seed; `undefined` ends all faults. Throws when the plan is not valid. */
  setFaults(plan: FaultPlan | undefined): void {
    this.#api.faults.setPlan(plan);
  }

  /** The answers in force to what the documents leave open. */
  get profile(): Profile {
    return this.#context.profile;
  }

  /**
   * Changes the answers to the questions that are named; the others stay, and `undefined` returns to the default. Throws
   * when there is no such question or answer.
   */
  setProfile(changes: ProfileChanges): void {
    this.#api.setProfile(parseProfile({ ...this.profile, ...changes }));
  }

  /**
   * Lets an app, key, integration or webhook come back with odd or additional fields, in every API version; the object
   * itself stays as it is. A value of `undefined` leaves a field out. A later call for the same id replaces the fields,
   * `{}` ends it.
   *
   * ```ts
   * emulator.overlay(appId, { metadata: { a: { b: 1 } }, appToken: null });
   * ```
   */
  overlay(id: string, fields: Overlay): void {
    this.#api.overlays.set(id, fields);
  }

  /**
   * Sets how many milliseconds the emulator's clock is ahead of its host's, for ids, dates and the expiry of tokens. To
   * make a key that looks a day old, go back a day (`-86_400_000`), create it, and return to 0.
   */
  shiftClock(offsetMs: number): void {
    this.#api.clock.shift(offsetMs);
  }

  /**
   * Deletes every app with all it holds, the overlays and the logs. Accounts and their keys stay, and so do the fault
   * plan, the profile and the clock.
   */
  reset(): void {
    this.#api.reset(() => {
      const owner = this.#context.store.accountKeys.values().next().value;
      if (owner !== undefined) openApp(this.#context, owner, this.#app);
    });
  }

  /** Makes no further delivery. */
  close(): void {
    this.#api.deliveries.close();
  }

  get #context(): Context {
    return this.#api.context;
  }
}
