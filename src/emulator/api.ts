import type { ApiVersion } from "./api-version";
import type { AnyChildType } from "./children";
import { ShiftedHost } from "./clock";
import type { Context } from "./context";
import { isControl } from "./control";
import { Deliveries } from "./conversations/deliveries";
import { conversations, media, users } from "./conversations/objects";
import { Typing } from "./conversations/typing";
import {
  ApiError,
  isUnknownRequest,
  routeNotFound,
  tooManyRequests,
  unknownRequest,
  writeError,
} from "./errors";
import type { EmulatorRequest, EmulatorResponse } from "./exchange";
import { Faults } from "./faults/faults";
import { applyFault } from "./faults/outcome";
import type { Fault } from "./faults/plan";
import { History } from "./history";
import type { EmulatorHost } from "./host";
import { Identifiers } from "./identifier";
import { requireAcceptableSize } from "./input";
import { Journal } from "./journal";
import type { Kinds } from "./kinds/kind";
import { Limiter } from "./limiter";
import { answerNotFound, isServed } from "./notfound";
import type { Observer } from "./observer";
import { type EmulatorOptions, toRules } from "./options";
import type { Overlay } from "./overlay";
import { type Profile, parseProfile } from "./profile";
import { describePath } from "./redaction";
import { rewriteAnswer } from "./rewrite";
import {
  type Answer,
  findRoute,
  type Incoming,
  type Match,
  parseRequest,
  type Route,
  requireKnown,
} from "./route";
import { type Routes, routesOf } from "./routes";
import { readSaved } from "./saved";
import { Store } from "./store";
import { VerifiedTokens } from "./tokens";

/** The emulated API over its own store: maps requests to responses, independent of the kinds of objects it serves. */
export class Api {
  readonly journal: Journal;
  readonly faults = new Faults();
  readonly overlays = new Map<string, Overlay>();
  readonly clock: ShiftedHost;
  readonly deliveries: Deliveries;
  readonly #host: EmulatorHost;
  readonly #routes: Routes;
  readonly #controlRoutes: readonly Route[];
  readonly #limiter: Limiter | undefined;
  readonly #history: History;
  /** Response fields whose value is an object with a secret. */
  readonly #objectFields: ReadonlySet<string>;
  #context: Context;
  #observer: Observer | undefined;

  constructor(kinds: Kinds, controlRoutes: readonly Route[], options: EmulatorOptions, host: EmulatorHost) {
    const types = childTypes(kinds);
    const store = options.saved === undefined ? new Store() : readSaved(options.saved, types);
    const rules = toRules(options);
    this.#host = host;
    this.clock = new ShiftedHost(host);
    this.deliveries = new Deliveries(store, this.clock, rules);
    this.#context = {
      store,
      host: this.clock,
      rules,
      profile: parseProfile(options.profile ?? {}),
      identifiers: new Identifiers(this.clock),
      tokens: new VerifiedTokens(),
      updating: new Set(),
      newChildren: (owner) => types.filter((type) => type.owner === owner).map((type) => type.slot()),
      findSigner: (store, keyId) => {
        for (const { findSigner } of Object.values(kinds)) {
          const signer = findSigner?.(store, keyId);
          if (signer !== undefined) return signer;
        }
        return undefined;
      },
      typing: new Typing(),
      publish: (event) => this.deliveries.start(event),
    };
    this.#routes = routesOf(kinds);
    this.#controlRoutes = controlRoutes;
    this.#limiter = options.rateLimit === undefined ? undefined : new Limiter(options.rateLimit, host.now());
    this.#history = new History(store);
    this.#objectFields = new Set(Object.entries(kinds).flatMap(([name, { plural }]) => [name, plural]));
    this.journal = new Journal(rules.logSize, options.log ?? (() => {}));
    this.faults.setPlan(options.faults);
  }

  /** What operations have access to. */
  get context(): Context {
    return this.#context;
  }

  /** Reports everything that happens to `observer` from now on. */
  observe(observer: Observer): void {
    this.#observer = observer;
    this.deliveries.observe(observer);
  }

  setProfile(profile: Profile): void {
    this.#context = { ...this.#context, profile };
  }

  /** Answers one request. */
  async handle(request: EmulatorRequest): Promise<EmulatorResponse> {
    const at = this.clock.now();
    // The emulator's own clock may be shifted while it waits.
    const arrival = this.#host.now();
    const incoming = parseRequest(request, this.#context.profile);
    const { apiVersion } = incoming;
    const match = findRoute(
      apiVersion === undefined ? this.#controlRoutes : this.#routes[apiVersion],
      incoming,
    );

    const fault = match === undefined || isControl(match) ? undefined : this.faults.next(match);
    const response = await this.#carryOut(fault, incoming, match);
    if (match === undefined || !isControl(match)) {
      this.journal.record(incoming, match, { status: response.status, at, fault: fault?.fault });
      const durationMs = this.#host.now() - arrival;
      this.#observer?.handled({ request: incoming, match, response, fault: fault?.fault, at, durationMs });
    }
    return response;
  }

  /** To be called after a change that the owner of the emulator made. */
  reportChange(): void {
    this.#observer?.changed();
  }

  /** To be called after a change of objects that no request to the API made. */
  afterWrite(): void {
    this.#history.afterWrite();
  }

  /**
   * Deletes all apps, everything in the apps and the accounts, the overlays and the logs, then calls `open` to create
   * the initial objects.
   */
  reset(open: () => void): void {
    const { store, newChildren } = this.#context;
    store.apps.clear();
    for (const { id } of store.accounts.values())
      store.accounts.set(id, { id, children: newChildren("account") });
    this.deliveries.all.length = 0;
    this.overlays.clear();
    this.journal.clear();
    this.#observer?.forgotten();
    this.faults.resetCounts();
    open();
    this.forgetPast();
  }

  /** Makes the current state the oldest one that a stale read can return. */
  forgetPast(): void {
    this.#history.clear();
  }

  #carryOut(
    fault: Fault | undefined,
    request: Incoming,
    match: Match | undefined,
  ): Promise<EmulatorResponse> {
    const apply = (context = this.#context) => this.#apply(request, match, context);
    if (fault === undefined) return apply();
    return applyFault(fault, {
      sleep: (ms) => this.clock.sleep(ms),
      apply,
      applyToPast: () => apply({ ...this.#context, store: this.#history.recall() }),
      refuse: (error) => this.#refuse(error, request, match),
      answerForeign: (notFound) => this.#respondNotFound(request, routeNotFound(), notFound),
    });
  }

  async #apply(request: Incoming, match: Match | undefined, context: Context): Promise<EmulatorResponse> {
    try {
      const isForControl = match !== undefined && isControl(match);
      if (!isForControl && !isServed(context.profile, request.apiVersion)) throw routeNotFound();
      requireKnown(request, match);
      requireAcceptableSize(request);
      if (!isForControl) this.#limit();
      const answer = await match.route.answer({ context, request, params: match.params });
      if (isForControl) return this.#respond(request, answer);
      if (request.method !== "GET") this.#history.afterWrite();
      const { overlays } = this;
      const rewriting = { profile: context.profile, overlays, objectFields: this.#objectFields };
      return this.#respond(request, rewriteAnswer(answer, request.method, rewriting));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status !== 404) return this.#refuse(error, request, match);
      return this.#respondNotFound(request, error, context.profile.notFound);
    }
  }

  #refuse(error: ApiError, request: Incoming, match: Match | undefined): EmulatorResponse {
    if (!isUnknownRequest(error)) return this.#respondError(request, error);
    const { method } = request;
    const path = describePath(request, match);
    const description = `The emulator does not support ${method} ${path}. ${error.description}`;
    this.journal.recordUnknown({ method, path, description });
    return this.#respondError(request, unknownRequest(description));
  }

  #respondNotFound(request: Incoming, error: ApiError, notFound: Profile["notFound"]): EmulatorResponse {
    return this.#respond(request, answerNotFound(error, notFound, versionOf(request)));
  }

  #respondError(request: Incoming, error: ApiError): EmulatorResponse {
    const body = writeError(error, versionOf(request));
    return this.#respond(request, { status: error.status, body }, error.headers);
  }

  #respond(
    request: Incoming,
    { status, body, text, bytes, headers: own }: Answer,
    headers: EmulatorResponse["headers"] = {},
  ): EmulatorResponse {
    const json = body === undefined ? undefined : JSON.stringify(body);
    return {
      status,
      headers: {
        ...(json !== undefined && { "content-type": "application/json; charset=utf-8" }),
        ...(text !== undefined && { "content-type": "text/plain; charset=utf-8" }),
        date: new Date(this.clock.now()).toUTCString(),
        "x-smooch-emulator": versionOf(request),
        ...own,
        ...headers,
      },
      body: json ?? text ?? "",
      ...(bytes && { bytes }),
    };
  }

  #limit(): void {
    // Uses the host's clock: shifting the emulator's clock would fill or drain the bucket.
    const seconds = this.#limiter?.take(this.#host.now()) ?? 0;
    if (seconds > 0) throw tooManyRequests(seconds);
  }
}

/** Every type of object that accounts or apps hold. */
function childTypes(kinds: Kinds): AnyChildType[] {
  const ofKinds = Object.values(kinds).flatMap(({ children }) => (children === undefined ? [] : [children]));
  return [...ofKinds, users, conversations, media];
}

/** A path without an API version counts as v1. */
function versionOf({ apiVersion = "v1" }: Incoming): ApiVersion {
  return apiVersion;
}
