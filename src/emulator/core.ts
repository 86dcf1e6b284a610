import type { Context } from "./context";
import { controlPrefix, controlRoutes } from "./control";
import { Deliveries } from "./deliveries";
import { ApiError, isUnknownRequest, tooManyRequests, unknownRequest } from "./errors";
import type { EmulatorRequest, EmulatorResponse } from "./exchange";
import { findGeneration, generations } from "./generations/index";
import type { EmulatorHost } from "./host";
import { realHost } from "./host";
import { Identifiers } from "./identifier";
import { requireAcceptableSize } from "./input";
import { summarize, takeSnapshot } from "./inspection";
import type { RequestRecord, UnknownRequest } from "./journal";
import { Limiter } from "./limiter";
import { addAccount, addAccountKey, revokeAccountKey } from "./objects/account";
import type { EmulatorOptions } from "./options";
import { toRules } from "./options";
import { describePath } from "./redaction";
import type { Answer, Incoming, Match, Route } from "./route";
import { findRoute } from "./route";
import type { EmulatorSnapshot, EmulatorState } from "./snapshot";
import { Store } from "./store";

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
  /** Every request to the API so far, oldest first. */
  readonly requests: RequestRecord[] = [];
  /** Those of them that the emulator could not play. They were answered with 501. */
  readonly unknownRequests: UnknownRequest[] = [];

  readonly #context: Context;
  readonly #routes: readonly Route[];
  readonly #limiter: Limiter | undefined;
  readonly #log: (line: string) => void;

  constructor(options: EmulatorOptions = {}, host: EmulatorHost = realHost()) {
    const store = new Store();
    const identifiers = new Identifiers(host);
    const rules = toRules(options);
    const deliveries = new Deliveries(store, host, rules, (webhook, event) =>
      JSON.stringify(generations[webhook.version].writeEvent(event)),
    );
    this.#context = { store, host, rules, identifiers, deliveries };
    this.#routes = [...Object.values(generations).flatMap(({ routes }) => routes), ...controlRoutes(this)];
    this.#limiter = options.rateLimit === undefined ? undefined : new Limiter(options.rateLimit, host.now());
    this.#log = options.log ?? (() => {});

    this.accountId = addAccount(store, identifiers).id;
    const { accountKeyId: id, accountKeySecret: secret } = options;
    const key = addAccountKey(store, identifiers, this.accountId, { id, secret });
    this.accountKeyId = key.id;
    this.accountKeySecret = key.secret;
  }

  /** Answers one request. It rejects only for a defect of the emulator itself. */
  async handle(request: EmulatorRequest): Promise<EmulatorResponse> {
    const at = this.#context.host.now();
    const incoming = takeApart(request);
    const match = findRoute(this.#routes, incoming.method, incoming.path);

    // Here a request has arrived and nothing has happened yet: the place for faults before it is applied.
    const answer = await this.#apply(incoming, match);
    // Here it has happened and nobody knows yet: the place for faults after it was applied.

    this.#record(incoming, match, answer.status, at);
    return {
      status: answer.status,
      headers: {
        "content-type": "application/json; charset=utf-8",
        date: new Date(this.#context.host.now()).toUTCString(),
        "x-smooch-emulator": findGeneration(incoming.path).version,
        ...answer.headers,
      },
      body: JSON.stringify(answer.body),
    };
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

  /** Revokes an account's key: from now on it is refused with 401. */
  revokeAccountKey(keyId: string): void {
    revokeAccountKey(this.#context.store, keyId);
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

  /** Deletes every app with all it holds, and the logs. Accounts and their keys stay. */
  reset(): void {
    this.#context.store.apps.clear();
    this.#context.deliveries.all.length = 0;
    this.requests.length = 0;
    this.unknownRequests.length = 0;
  }

  /** Makes no further delivery. */
  close(): void {
    this.#context.deliveries.close();
  }

  async #apply(request: Incoming, match: Match | undefined): Promise<FullAnswer> {
    try {
      requireKnown(request, match);
      requireAcceptableSize(request);
      if (!isControl(match)) this.#limit();
      const answer = await match.route.answer({ context: this.#context, request, params: match.params });
      return { ...answer, headers: {} };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return this.#refuse(error, request, match);
    }
  }

  #refuse(error: ApiError, request: Incoming, match: Match | undefined): FullAnswer {
    const { status, headers } = error;
    const { writeError } = findGeneration(request.path);
    if (!isUnknownRequest(error)) return { status, headers, body: writeError(error) };
    const { method } = request;
    const path = describePath(request, match);
    const description = `The emulator does not know ${method} ${path}. ${error.description}`;
    this.unknownRequests.push({ method, path, description });
    return { status, headers, body: writeError(unknownRequest(description)) };
  }

  #limit(): void {
    const seconds = this.#limiter?.take(this.#context.host.now()) ?? 0;
    if (seconds > 0) throw tooManyRequests(seconds);
  }

  #record(request: Incoming, match: Match | undefined, status: number, at: number): void {
    if (match !== undefined && isControl(match)) return;
    const { method } = request;
    const path = describePath(request, match);
    const operation = match?.route.operation ?? "unknown";
    this.requests.push({ method, path, operation, status, at });
    this.#log(`${method} ${path} ${status} ${operation}`);
  }
}

interface FullAnswer extends Answer {
  readonly headers: Readonly<Record<string, string>>;
}

function takeApart({ method, url, headers, body = "" }: EmulatorRequest): Incoming {
  const start = url.indexOf("?");
  const [path, query] = start === -1 ? [url, ""] : [url.slice(0, start), url.slice(start + 1)];
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name.toLowerCase(), value]],
  );
  return {
    method: method.toUpperCase(),
    path,
    query: new URLSearchParams(query),
    headers: new Map(given),
    body,
  };
}

function requireKnown({ query }: Incoming, match: Match | undefined): asserts match is Match {
  if (match === undefined) throw unknownRequest("No operation it plays has this method and path.");
  const stranger = [...query.keys()].find((name) => !match.route.query.includes(name));
  if (stranger !== undefined) throw unknownRequest("It does not play all of the query's parameters.");
}

function isControl({ route }: Match): boolean {
  return route.path.startsWith(controlPrefix);
}
