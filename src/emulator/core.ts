import { addAccount, addAccountKey } from "./accounts";
import { Api } from "./api";
import type { Context } from "./context";
import { controlRoutes } from "./control";
import { mediaRoute } from "./conversations/media";
import type { EmulatorRequest, EmulatorResponse } from "./exchange";
import type { FaultCounts, FaultPlan } from "./faults/plan";
import { type EmulatorHost, realHost } from "./host";
import { describeState, takeSnapshot } from "./inspection";
import type { RequestRecord, UnknownRequest } from "./journal";
import { kinds } from "./kinds/index";
import type { AccountKey } from "./model";
import { openAccount, openApp } from "./opening";
import type { EmulatorOptions } from "./options";
import type { Overlay } from "./overlay";
import { type Profile, type ProfileChanges, parseProfile } from "./profile";
import { writeSaved } from "./saved";
import type { EmulatorSnapshot, EmulatorState } from "./snapshot";

/** An account key: the values of `SMOOCH_ACCOUNT_KEY_ID` and `SMOOCH_ACCOUNT_KEY_SECRET`. */
export interface AccountCredentials {
  readonly accountId: string;
  readonly accountKeyId: string;
  readonly accountKeySecret: string;
}

/** The inside of an emulator, for the console; programs that use the package have no access to it. */
export let apiOf: (emulator: Emulator) => Api;

/**
 * A Smooch API without sockets: maps requests to responses over its own store.
 *
 * ```ts
 * const emulator = new Emulator();
 * const { status } = await emulator.handle({ method: "GET", url: "/v1/apps", headers: { authorization } });
 * ```
 */
export class Emulator implements AccountCredentials {
  /** The first account; {@link addAccount} adds more. */
  readonly accountId: string;
  readonly accountKeyId: string;
  readonly accountKeySecret: string;
  /** The most recent API requests, oldest first. */
  readonly requests: RequestRecord[];
  /** The recent requests that the emulator does not support; they got a 501. */
  readonly unknownRequests: UnknownRequest[];

  readonly #app: EmulatorOptions["app"];
  readonly #api: Api;

  static {
    apiOf = (emulator) => emulator.#api;
  }

  constructor(options: EmulatorOptions = {}, host: EmulatorHost = realHost()) {
    this.#api = new Api(kinds, [...controlRoutes(this), mediaRoute], options, host);
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
   * Answers one request. Rejects only on a bug in the emulator: a planned fault that breaks the connection also
   * resolves, with `broken` saying how it ends.
   */
  handle(request: EmulatorRequest): Promise<EmulatorResponse> {
    return this.#api.handle(request);
  }

  /** Adds another account, with its own key. */
  addAccount(): AccountCredentials {
    return this.addAccountKey(addAccount(this.#context).id);
  }

  /** Adds a key to an account, by default to the first one. */
  addAccountKey(accountId: string = this.accountId): AccountCredentials {
    const { id, secret } = addAccountKey(this.#context.store, this.#context.identifiers, accountId);
    this.#api.reportChange();
    return { accountId, accountKeyId: id, accountKeySecret: secret };
  }

  /** The first account's keys, oldest first. `isGiven` means that the secret was supplied and may be a real one. */
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

  /** Revokes an account key: from now on it gets a 401. */
  revokeAccountKey(keyId: string): void {
    this.#context.store.accountKeys.delete(this.#getKey(keyId).id);
    this.#api.reportChange();
  }

  /**
   * Adds a service key to the first account. It may use the given apps and those it creates itself; without `apps`, all
   * apps of the account.
   */
  addServiceKey({ apps }: { readonly apps?: readonly string[] | undefined } = {}): AccountCredentials {
    const { accountId } = this;
    const { store, identifiers } = this.#context;
    const given = { id: `svc_${identifiers.objectId()}`, apps };
    const { id, secret } = addAccountKey(store, identifiers, accountId, given);
    this.#api.reportChange();
    return { accountId, accountKeyId: id, accountKeySecret: secret };
  }

  /**
   * Revokes a key's access to an app: its calls on the app get a 404 with `app_not_found`, and its lists omit the app.
   * The app stays.
   */
  revokeAccess(keyId: string, appId: string): void {
    this.#getKey(keyId).revokedApps.add(appId);
  }

  /** Undoes {@link revokeAccess}. */
  restoreAccess(keyId: string, appId: string): void {
    this.#getKey(keyId).revokedApps.delete(appId);
  }

  /**
   * All objects as a string for the `saved` option of a later emulator. Includes secrets, but not the logs, the fault
   * plan, the profile or pending deliveries.
   */
  save(): string {
    return writeSaved(this.#context.store);
  }

  /** All objects, including secrets. */
  snapshot(): EmulatorSnapshot {
    return takeSnapshot(this.#context.store, this.#api.deliveries);
  }

  /** The response of `GET /_emulator/state`. */
  describeState(): EmulatorState {
    return describeState(this.#context.store, this.#api.deliveries, this.unknownRequests.length);
  }

  /** Whether there are no apps and no service accounts, and therefore nothing that belongs to them. */
  isEmpty(): boolean {
    return this.#context.store.isEmpty;
  }

  /** Resolves when no delivery is pending. */
  settleDeliveries(): Promise<void> {
    return this.#api.deliveries.settle();
  }

  /** The current fault plan. */
  get faults(): FaultPlan {
    return this.#api.faults.plan;
  }

  /** How often each kind of fault has happened since the start or the last {@link reset}, across all plans. */
  get faultsMet(): FaultCounts {
    return this.#api.faults.met;
  }

  /** Starts a fault plan, beginning with its seed; `undefined` ends all faults. Throws if the plan is invalid. */
  setFaults(plan: FaultPlan | undefined): void {
    this.#api.faults.setPlan(plan);
    this.#api.reportChange();
  }

  /** The current behaviour where the API documentation leaves it open. */
  get profile(): Profile {
    return this.#context.profile;
  }

  /**
   * Changes the given settings and keeps the others; `undefined` restores a default. Throws on an unknown setting or
   * value.
   */
  setProfile(changes: ProfileChanges): void {
    this.#api.setProfile(parseProfile({ ...this.profile, ...changes }));
    this.#api.reportChange();
  }

  /**
   * Overrides or adds fields in responses that contain this object, in every API version; the object itself does not
   * change. A value of `undefined` omits a field. A later call for the same id replaces the fields; `{}` removes the
   * overlay.
   *
   * ```ts
   * emulator.overlay(appId, { metadata: { a: { b: 1 } }, appToken: null });
   * ```
   */
  overlay(id: string, fields: Overlay): void {
    this.#api.overlays.set(id, fields);
  }

  /**
   * Sets how many milliseconds the emulator's clock is ahead of its host's, for ids, dates and token expiry. To get a
   * key that looks a day old, shift by `-86_400_000`, create it, and shift back to 0.
   */
  shiftClock(offsetMs: number): void {
    this.#api.clock.shift(offsetMs);
    this.#api.reportChange();
  }

  /**
   * Deletes all apps and service accounts with everything in them, the overlays and the logs. Accounts and their own
   * keys, the fault plan, the profile and the clock stay.
   */
  reset(): void {
    this.#api.reset(() => {
      const owner = this.#context.store.accountKeys.values().next().value;
      if (owner !== undefined) openApp(this.#context, owner, this.#app);
    });
    this.#api.reportChange();
  }

  /** Stops all further deliveries. */
  close(): void {
    this.#api.deliveries.close();
  }

  #getKey(keyId: string): AccountKey {
    const key = this.#context.store.accountKeys.get(keyId);
    if (key === undefined) throw new Error(`The emulator has no account key ${keyId}.`);
    return key;
  }

  get #context(): Context {
    return this.#api.context;
  }
}
