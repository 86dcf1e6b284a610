import { ShiftedHost } from "./clock";
import type { Context } from "./context";
import { controlRoutes, isControl } from "./control";
import { Deliveries } from "./deliveries";
import { ApiError, isUnknownRequest, routeNotFound, tooManyRequests, unknownRequest } from "./errors";
import type { EmulatorRequest, EmulatorResponse } from "./exchange";
import { Faults } from "./faults/faults";
import { suffer } from "./faults/outcome";
import type { Fault, FaultCounts, FaultPlan } from "./faults/plan";
import { findGeneration, generations } from "./generations/index";
import { History } from "./history";
import type { EmulatorHost } from "./host";
import { realHost } from "./host";
import { Identifiers } from "./identifier";
import { requireAcceptableSize } from "./input";
import { summarize, takeSnapshot } from "./inspection";
import type { RequestRecord, UnknownRequest } from "./journal";
import { Journal } from "./journal";
import { Limiter } from "./limiter";
import { answerNotFound, isServed } from "./notfound";
import { addAccount, addAccountKey, addServiceKey, revokeAccess, revokeAccountKey } from "./objects/account";
import { openAccount, openApp } from "./objects/opening";
import type { EmulatorOptions } from "./options";
import { toRules } from "./options";
import type { Overlay } from "./overlay";
import type { Profile, ProfileChanges } from "./profile";
import { parseProfile } from "./profile";
import { describePath } from "./redaction";
import { rewriteAnswer } from "./rewrite";
import type { Answer, Incoming, Match, Route } from "./route";
import { findRoute, requireKnown, takeApart } from "./route";
import { readSaved, writeSaved } from "./saved";
import type { EmulatorSnapshot, EmulatorState } from "./snapshot";
import { Store } from "./store";
import { VerifiedTokens } from "./tokens";

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
  /** Those of them that the emulator could not play. They were answered with 501. */
  readonly unknownRequests: UnknownRequest[];

  readonly #app: EmulatorOptions["app"];
  #context: Context;
  readonly #controlRoutes: readonly Route[];
  readonly #limiter: Limiter | undefined;
  readonly #journal: Journal;
  readonly #faults = new Faults();
  readonly #overlays = new Map<string, Overlay>();
  readonly #host: EmulatorHost;
  readonly #clock: ShiftedHost;

  constructor(options: EmulatorOptions = {}, host: EmulatorHost = realHost()) {
    const clock = new ShiftedHost(host);
    this.#host = host;
    this.#clock = clock;
    const store = options.saved === undefined ? new Store() : readSaved(options.saved);
    const identifiers = new Identifiers(clock);
    const rules = toRules(options);
    const deliveries = new Deliveries(store, clock, rules, (webhook, event) =>
      JSON.stringify(generations[webhook.version].writeEvent(webhook, event)),
    );
    const history = new History(store);
    const profile = parseProfile(options.profile ?? {});
    const tokens = new VerifiedTokens();
    this.#context = { store, host: clock, rules, profile, identifiers, deliveries, history, tokens };
    this.#controlRoutes = controlRoutes(this);
    this.#limiter = options.rateLimit === undefined ? undefined : new Limiter(options.rateLimit, host.now());
    this.#journal = new Journal(rules.logSize, options.log ?? (() => {}));
    this.requests = this.#journal.requests;
    this.unknownRequests = this.#journal.unknownRequests;
    this.setFaults(options.faults);

    this.#app = options.app;
    const key = openAccount(this.#context, options);
    this.accountId = key.accountId;
    this.accountKeyId = key.id;
    this.accountKeySecret = key.secret;
  }

  /**
   * Answers one request. It rejects only for a defect of the emulator itself: an exchange that a planned fault breaks
   * resolves as well, and says in `broken` how it ends.
   */
  async handle(request: EmulatorRequest): Promise<EmulatorResponse> {
    const at = this.#context.host.now();
    const incoming = takeApart(request, this.profile);
    const { version } = incoming;
    const match = findRoute(
      version === undefined ? this.#controlRoutes : generations[version].routes,
      incoming,
    );

    const fault = match === undefined || isControl(match) ? undefined : this.#faults.meet(match);
    const response = await this.#play(fault, incoming, match);
    if (match === undefined || !isControl(match)) {
      this.#journal.record(incoming, match, { status: response.status, at, fault: fault?.fault });
    }
    return response;
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
    return takeSnapshot(this.#context.store, this.#context.deliveries);
  }

  /** What `GET /_emulator/state` answers. */
  describeState(): EmulatorState {
    return summarize(this.snapshot(), this.unknownRequests.length);
  }

  /** Whether no app is left, and so no key and no webhook either. */
  isEmpty(): boolean {
    return this.#context.store.apps.size === 0;
  }

  /** Resolves when every delivery has been made or given up. */
  settleDeliveries(): Promise<void> {
    return this.#context.deliveries.settle();
  }

  /** The fault plan in force. */
  get faults(): FaultPlan {
    return this.#faults.plan;
  }

  /** How often each kind of fault has happened since the start or the last {@link reset}, whatever the plan was. */
  get faultsMet(): FaultCounts {
    return this.#faults.met;
  }

  /** Begins a fault plan, from its seed; `undefined` ends all faults. Throws when the plan is not valid. */
  setFaults(plan: FaultPlan | undefined): void {
    this.#faults.follow(plan);
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
    this.#context = { ...this.#context, profile: parseProfile({ ...this.profile, ...changes }) };
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
    this.#overlays.set(id, fields);
  }

  /**
   * Sets how many milliseconds the emulator's clock is ahead of its host's, for ids, dates and the expiry of tokens. To
   * make a key that looks a day old, go back a day (`-86_400_000`), create it, and return to 0.
   */
  shiftClock(offsetMs: number): void {
    this.#clock.shift(offsetMs);
  }

  /**
   * Deletes every app with all it holds, the overlays and the logs. Accounts and their keys stay, and so do the fault
   * plan, the profile and the clock.
   */
  reset(): void {
    this.#context.store.apps.clear();
    this.#context.deliveries.all.length = 0;
    this.#context.history.clear();
    this.#overlays.clear();
    this.#journal.clear();
    this.#faults.forget();
    const owner = this.#context.store.accountKeys.values().next().value;
    if (owner !== undefined) openApp(this.#context, owner, this.#app);
  }

  /** Makes no further delivery. */
  close(): void {
    this.#context.deliveries.close();
  }

  #play(fault: Fault | undefined, request: Incoming, match: Match | undefined): Promise<EmulatorResponse> {
    const apply = (context = this.#context) => this.#apply(request, match, context);
    if (fault === undefined) return apply();
    return suffer(fault, {
      sleep: (ms) => this.#context.host.sleep(ms),
      apply,
      applyToPast: () => apply({ ...this.#context, store: this.#context.history.recall() }),
      refuse: (error) => this.#refuse(error, request, match),
      answerForeign: (notFound) =>
        this.#respond(request, answerNotFound(routeNotFound(), { notFound }, findGeneration(request))),
    });
  }

  async #apply(request: Incoming, match: Match | undefined, context: Context): Promise<EmulatorResponse> {
    try {
      const isForControl = match !== undefined && isControl(match);
      if (!isForControl && !isServed(context.profile, request.version)) throw routeNotFound();
      requireKnown(request, match);
      requireAcceptableSize(request);
      if (!isForControl) this.#limit();
      const answer = await match.route.answer({ context, request, params: match.params });
      if (isForControl) return this.#respond(request, answer);
      const rewriting = { profile: context.profile, overlays: this.#overlays };
      return this.#respond(request, rewriteAnswer(answer, request.method, rewriting));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status !== 404) return this.#refuse(error, request, match);
      return this.#respond(request, answerNotFound(error, context.profile, findGeneration(request)));
    }
  }

  #refuse(error: ApiError, request: Incoming, match: Match | undefined): EmulatorResponse {
    const { status, headers } = error;
    const { writeError } = findGeneration(request);
    if (!isUnknownRequest(error)) return this.#respond(request, { status, body: writeError(error) }, headers);
    const { method } = request;
    const path = describePath(request, match);
    const description = `The emulator does not know ${method} ${path}. ${error.description}`;
    this.#journal.recordUnknown({ method, path, description });
    return this.#respond(request, { status, body: writeError(unknownRequest(description)) }, headers);
  }

  #respond(
    request: Incoming,
    { status, body, text }: Answer,
    headers: EmulatorResponse["headers"] = {},
  ): EmulatorResponse {
    const json = body === undefined ? undefined : JSON.stringify(body);
    return {
      status,
      headers: {
        ...(json !== undefined && { "content-type": "application/json; charset=utf-8" }),
        ...(text !== undefined && { "content-type": "text/plain; charset=utf-8" }),
        date: new Date(this.#context.host.now()).toUTCString(),
        "x-smooch-emulator": findGeneration(request).version,
        ...headers,
      },
      body: json ?? text ?? "",
    };
  }

  #limit(): void {
    // By the host's own clock: a shift would fill or drain the bucket.
    const seconds = this.#limiter?.take(this.#host.now()) ?? 0;
    if (seconds > 0) throw tooManyRequests(seconds);
  }
}
