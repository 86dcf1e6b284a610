import pLimit from "p-limit";
import { parseJson } from "../json";
import { isLoopback } from "../loopback";
import { printable } from "../printable";
import type { Call } from "./call";
import { type AuthMethod, Authorization, type Credential, secretsOf } from "./credentials";
import { type Failure, toSmoochError } from "./errors";
import { AbsentError, MisfitError } from "./fit";
import { describeForeign, saysGone } from "./foreign";
import { type Host, TransportFault, type WireResponse } from "./host";
import { Pace } from "./pace";
import { Redactor } from "./redact";
import { decideRetry, isRateLimit, parseRetryAfter, wordFor } from "./retry";

export interface HttpSettings {
  baseUrl: string;
  credential: Credential;
  auth: AuthMethod;
  /** Maximum number of concurrent calls. */
  maxConcurrency: number;
  /** Timeout of a single attempt. */
  requestTimeoutMs: number;
  /** Logs each attempt. */
  debug: boolean;
}

type Result<T> = { value: T } | Failure;

/**
 * Sends calls to the API through one connection pool, one token and one rate limiter, and turns failures into
 * SmoochError.
 */
export class Http {
  readonly redactor = new Redactor();
  readonly #authorization: Authorization;
  readonly #limit: <T>(task: () => Promise<T>) => Promise<T>;
  readonly #pace: Pace;
  #server: { date: number; receivedAt: number } | undefined;

  constructor(
    readonly host: Host,
    readonly settings: HttpSettings,
  ) {
    this.#authorization = this.authorize(settings.credential);
    this.#limit = pLimit(settings.maxConcurrency);
    this.#pace = new Pace(host);
  }

  /** Keeps the credential out of messages from now on. */
  authorize(credential: Credential): Authorization {
    for (const secret of secretsOf(credential)) this.redactor.learn(secret);
    return new Authorization(credential, () => this.host.now());
  }

  /** The time on Smooch's clock, at most a second slow; undefined before the first response. */
  serverNow(): number | undefined {
    return this.#server && this.#server.date + (this.host.now() - this.#server.receivedAt);
  }

  call<T>(call: Call<T>, as = this.#authorization): Promise<T> {
    return this.#limit(() => this.#attemptUntilDone(call, as));
  }

  async #attemptUntilDone<T>(call: Call<T>, as: Authorization): Promise<T> {
    const startedAt = this.host.now();
    // An earlier attempt may have taken effect even though its response was lost.
    let mayBeRepeat = false;
    for (let attempts = 1; ; attempts++) {
      await this.#pace.turn();
      const sentAt = this.host.now();
      const result = await this.#attempt(call, as);
      const trace = (end: string) => this.#trace(call, attempts, this.host.now() - sentAt, end);
      if ("value" in result) {
        trace("done");
        return result.value;
      }
      const decision = decideRetry({
        method: call.method,
        isOptional: call.isOptional ?? false,
        failure: result,
        attempts,
        elapsedMs: this.host.now() - startedAt,
        random: this.host.random,
      });
      const how = wordFor(result);
      trace(decision.retry ? `${how}, again in ${Math.round(decision.delayMs)} ms` : how);
      const error = toSmoochError(call.subject, result, this.settings.baseUrl, mayBeRepeat);
      if (!decision.retry) throw error;
      mayBeRepeat ||= error.mayBeApplied;
      if (isRateLimit(result)) this.#pace.refused(sentAt, decision.delayMs);
      else await this.host.sleep(decision.delayMs);
    }
  }

  /** Logs one line per attempt, with ids only: no query, headers or body. */
  #trace({ subject, method, path }: Call<unknown>, attempt: number, ms: number, end: string): void {
    if (!this.settings.debug) return;
    const line = `smooch: ${subject.operation}, ${method} ${path}, ${end}, ${Math.round(ms)} ms, attempt ${attempt}`;
    this.host.log(this.redactor.redact(line), "info");
  }

  async #attempt<T>(call: Call<T>, as: Authorization): Promise<Result<T>> {
    const response = await this.#send(call, as);
    if (response instanceof TransportFault) return this.#readFault(response);
    this.#noteServerTime(response);
    if (response.status !== 429) this.#pace.accepted();
    const isSuccess = response.status >= 200 && response.status < 300;
    return isSuccess ? this.#readAnswer(call, response) : this.#readRefusal(call, response);
  }

  #readFault({ kind, message: reason, code }: TransportFault): Failure {
    const isNotRunning = code === "ECONNREFUSED" && isLoopback(this.settings.baseUrl);
    const nodeCode = isNotRunning ? "notRunning" : code;
    return { kind, reason, ...(nodeCode !== undefined && { nodeCode }) };
  }

  #readAnswer<T>(call: Call<T>, response: WireResponse): Result<T> {
    const { status } = response;
    const body = parseJson(response.body);
    try {
      if (body !== undefined || response.body === "") return { value: call.parse(body, status) };
    } catch (error) {
      if (error instanceof AbsentError) return { kind: "absent", ...requestIdOf(response) };
      if (error instanceof MisfitError && error.problem !== undefined) {
        const problem = this.redactor.redact(error.problem, ...call.sensitive);
        return { kind: "misfit", status, problem, ...requestIdOf(response) };
      }
    }
    return { kind: "unreadable", status, ...requestIdOf(response) };
  }

  #readRefusal(call: Call<unknown>, response: WireResponse): Failure {
    const { status, headers } = response;
    const body = parseJson(response.body);
    const redact = (text: string) => this.redactor.redact(text, ...call.sensitive);
    const { code, description } = call.parseError(body);
    if (status === 404 && !saysGone(code)) {
      const reason = describeForeign(response.body, body, redact);
      return { kind: "foreign", status, reason, ...requestIdOf(response) };
    }
    const serverNow = this.serverNow() ?? this.host.now();
    return {
      kind: "refused",
      status,
      ...(code !== undefined && { code: redact(code) }),
      ...(description !== undefined && { description: redact(description) }),
      ...requestIdOf(response),
      retryAfterMs: parseRetryAfter(headers["retry-after"], serverNow),
      clockSkewMs: serverNow - this.host.now(),
    };
  }

  #send(call: Call<unknown>, as: Authorization): Promise<WireResponse | TransportFault> {
    const { baseUrl, requestTimeoutMs } = this.settings;
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    return this.host
      .send({
        method: call.method,
        url: baseUrl + call.path + queryText(call.query),
        headers: {
          accept: "application/json",
          authorization: as.header(call.tokenOnly ? "jwt" : this.settings.auth),
          // Also without a body, as in the create of a switchboard: axios would declare a form.
          ...(["POST", "PUT", "PATCH"].includes(call.method) && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body }),
        timeoutMs: requestTimeoutMs,
      })
      .catch((fault: unknown) => {
        if (fault instanceof TransportFault) return fault;
        throw fault;
      });
  }

  #noteServerTime({ headers }: WireResponse): void {
    const date = Date.parse(headers.date ?? "");
    if (!Number.isNaN(date)) this.#server = { date, receivedAt: this.host.now() };
  }
}

function requestIdOf({ headers }: WireResponse): { requestId?: string } {
  const requestId = printable(headers["x-request-id"] ?? "");
  return requestId === "" ? {} : { requestId };
}

function queryText(query: Call<unknown>["query"]): string {
  if (query === undefined) return "";
  const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  return `?${new URLSearchParams(pairs)}`;
}
