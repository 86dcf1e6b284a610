import { parseJson } from "../../json";
import { isLoopback } from "../../loopback";
import type { Settings } from "../../provider/settings";
import { type AuthMethod, Authorization, type Credential, secretsOf } from "../../smooch/credentials";
import { type Host, TransportFault, type WireRequest } from "../../smooch/host";
import { type KeyPair, signAccessJwt, signJwt } from "../../smooch/jwt";
import { Pace } from "../../smooch/pace";
import { parseRetryAfter } from "../../smooch/retry";
import type { Answer, Caller } from "./step";

export interface Request {
  method: WireRequest["method"];
  /** With the API version, and the query if there is one. */
  path: string;
  body?: unknown;
  as?: Caller;
}

/** The most that a run may take. */
export interface Bound {
  calls: number;
  ms: number;
}

/** The run has used up its calls or its time. */
export class BoundError extends Error {}

/** No response arrived: the call may have taken effect. */
export class LostError extends Error {}

/** Between two calls to a real service. */
const intervalMs = 200;
const maxAttempts = 5;
const retryAfterCapMs = 60_000;
const tokenLifetimeMs = 15 * 60_000;

/** Sends raw calls: slowly, up to a bound, and one at a time. */
export class Connection {
  /** Everything that must not leave this process. */
  readonly secrets = new Set<string>();
  calls = 0;
  readonly #pace: Pace;
  readonly #own: Authorization;
  readonly #auth: AuthMethod;
  readonly #startedAt: number;
  #bound: Bound;

  constructor(
    private readonly host: Host,
    private readonly settings: Pick<
      Settings,
      "baseUrl" | "credential" | "auth" | "apiVersion" | "requestTimeoutMs"
    >,
    bound: Bound,
    private readonly keyOf: (caller: Caller) => KeyPair | undefined,
  ) {
    this.#pace = new Pace(host);
    this.#own = new Authorization(settings.credential, () => host.now());
    this.#auth = settings.apiVersion === "v1" ? "jwt" : settings.auth;
    this.#startedAt = host.now();
    this.#bound = bound;
    for (const secret of secretsOf(settings.credential)) this.secrets.add(secret);
  }

  /** For the deletion of what was created: a larger bound for everything together. */
  raise(bound: Bound): void {
    this.#bound = bound;
  }

  get credential(): Credential {
    return this.settings.credential;
  }

  /** Whether there are credentials for this caller. */
  canCallAs(caller: Caller): boolean {
    return caller === "anonymous" || this.#header(caller) !== undefined;
  }

  /** Throws if no response arrives. */
  async send(request: Request): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const result = await this.#sendOnce(request);
      if (attempt === maxAttempts) return toAnswer(result);
      const { status, headers } = result;
      if (status !== 429) return toAnswer(result);
      const waitMs = parseRetryAfter(headers["retry-after"], this.host.now()) ?? 1000 * 2 ** attempt;
      this.#pace.refused(this.host.now(), Math.min(waitMs, retryAfterCapMs));
    }
  }

  async #sendOnce({ method, path, body, as = "configured" }: Request) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const authorization = this.#header(as);
    const { baseUrl, requestTimeoutMs } = this.settings;
    await this.#pace.turn();
    if (!isLoopback(baseUrl)) await this.host.sleep(intervalMs);
    if (this.calls >= this.#bound.calls) throw new BoundError(`${this.calls} calls were made`);
    if (this.host.now() - this.#startedAt >= this.#bound.ms) throw new BoundError("the time is up");
    this.calls++;
    try {
      const response = await this.host.send({
        method,
        url: baseUrl + path,
        headers: {
          accept: "application/json",
          ...(authorization !== undefined && { authorization }),
          ...(text !== undefined && { "content-type": "application/json" }),
        },
        ...(text !== undefined && { body: text }),
        timeoutMs: requestTimeoutMs,
      });
      if (response.status !== 429) this.#pace.accepted();
      return response;
    } catch (fault) {
      if (fault instanceof TransportFault) throw new LostError(fault.message);
      throw fault;
    }
  }

  #header(caller: Caller): string | undefined {
    if (caller === "anonymous") return undefined;
    if (caller === "configured") return this.#remember(this.#own.header(this.#auth));
    if (caller === "account key as app") {
      const { credential } = this;
      return "keyId" in credential
        ? this.#bearer(signJwt(credential, { ...expiring, scope: "app" }))
        : undefined;
    }
    const key = this.keyOf(caller);
    if (key === undefined) return undefined;
    return this.#bearer(
      caller === "app key as account"
        ? signJwt(key, { ...expiring, scope: "account" })
        : signAccessJwt(key, this.host.now(), tokenLifetimeMs),
    );
  }

  #bearer(token: string): string {
    return this.#remember(`Bearer ${token}`);
  }

  #remember(header: string): string {
    this.secrets.add(header.replace(/^\w+ /, ""));
    return header;
  }
}

const expiring = { expiresIn: tokenLifetimeMs / 1000 };

function toAnswer({ status, body: text }: { status: number; body: string }): Answer {
  if (text === "") return { status, body: undefined, isJson: false };
  const body = parseJson(text);
  return body === undefined ? { status, body: text, isJson: false } : { status, body, isJson: true };
}
