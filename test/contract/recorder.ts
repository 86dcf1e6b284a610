import type { Emulator } from "../../src/emulator/index";
import type { WireRequest, WireResponse } from "../../src/smooch/host";
import type { Intercept } from "../support/world";
import type { CheckExchange, GivenAnswer, SentRequest, Verdict } from "./validator";

/** One request as it went over the wire, its response, and the verdict on both. */
export interface Exchange {
  readonly request: SentRequest;
  readonly answer: GivenAnswer;
  readonly verdict: Verdict;
}

/** For v1 and v1.1, which are checked against their tables because they have no description. */
export const checkNothing: CheckExchange = () => ({ operation: undefined, request: [], answer: [] });

/** Records every exchange that passes through it, with the verdict on it. */
export class Recorder {
  readonly exchanges: Exchange[] = [];

  constructor(private readonly check: CheckExchange = checkNothing) {}

  /** For `World.intercept`. */
  readonly intercept: Intercept = async (request, forward) => {
    const response = await forward();
    this.#keep(request, response);
    return response;
  };

  /** Wraps a transport. */
  wrap(
    send: (request: WireRequest) => Promise<WireResponse>,
  ): (request: WireRequest) => Promise<WireResponse> {
    return (request) => this.intercept(request, () => send(request));
  }

  /** Calls an emulator directly, for requests that the client would not send. */
  async ask(emulator: Emulator, request: SentRequest): Promise<Exchange> {
    const { method, path, query, headers, body } = request;
    const url = query ? `${path}?${query}` : path;
    const answer = await emulator.handle({ method, url, headers, body });
    return this.#add({ ...request }, answer);
  }

  atLeastOne(): [Exchange, ...Exchange[]] {
    const [first, ...more] = this.exchanges;
    if (first === undefined) throw new Error("Nothing was sent.");
    return [first, ...more];
  }

  /**
   * All violations. A request that violates the description and gets a 400 does not count, because the API and the
   * description agree; it is in {@link refused}.
   */
  get violations(): string[] {
    return this.exchanges.flatMap(({ verdict, answer }) =>
      answer.status === 400 ? verdict.answer : [...verdict.request, ...verdict.answer],
    );
  }

  /** The exchanges whose request both the description and the API refuse. */
  get refused(): Exchange[] {
    return this.exchanges.filter(
      ({ verdict, answer }) => answer.status === 400 && verdict.request.length > 0,
    );
  }

  /** Which of the description's operations were seen, and with which statuses. */
  get operationsSeen(): Map<string, Set<number>> {
    const seen = new Map<string, Set<number>>();
    for (const { verdict, answer } of this.exchanges) {
      const { operation = "unknown" } = verdict;
      seen.set(operation, (seen.get(operation) ?? new Set()).add(answer.status));
    }
    return seen;
  }

  #keep({ method, url, headers, body }: WireRequest, answer: WireResponse): void {
    const { pathname, search } = new URL(url);
    this.#add({ method, path: pathname, query: search.slice(1), headers, body }, answer);
  }

  #add(request: SentRequest, answer: GivenAnswer): Exchange {
    const exchange = { request, answer, verdict: this.check(request, answer) };
    this.exchanges.push(exchange);
    return exchange;
  }
}
