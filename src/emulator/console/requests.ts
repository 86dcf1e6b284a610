import { notFound } from "../errors";
import { append } from "../journal";
import type { HandledRequest } from "../observer";
import { describePath } from "../redaction";
import type { Route } from "../route";
import type { RequestDetails, RequestSummary, Requests } from "./contract";
import { cut, listNewest, listQuery } from "./log";
import type { Redactor } from "./redactor";
import { consoleRoute } from "./route";

const maxBodyLength = 64 * 1024;
/** How many requests keep their bodies; the others are only listed. */
const maxBodies = 1000;

type Bodies = Pick<RequestDetails, "requestBody" | "responseBody">;

/** The most recent requests to the API, without secrets. */
export class RequestLog {
  readonly #entries: RequestSummary[] = [];
  readonly #bodies = new Map<number, Bodies>();
  readonly #redactor: Redactor;
  readonly #size: number;
  #last = 0;

  constructor(redactor: Redactor, size: number) {
    this.#redactor = redactor;
    this.#size = size;
  }

  record({ request, match, response, fault, at, durationMs }: HandledRequest): void {
    this.#last += 1;
    const seq = this.#last;
    // The bodies come first: what they hold under the name of a secret may also be in the path.
    this.#bodies.set(seq, {
      requestBody: this.#show(request.body),
      responseBody: this.#show(response.body),
    });
    this.#bodies.delete(seq - maxBodies);
    const summary: RequestSummary = {
      seq,
      at,
      method: this.#redactor.text(request.method),
      path: this.#redactor.text(
        describePath({ query: request.query, path: this.#redactor.path(request.path) }, match),
      ),
      operation: match?.route.operation ?? "unknown",
      apiVersion: request.apiVersion,
      status: response.status,
      ...(fault !== undefined && { fault }),
      durationMs,
    };
    append(this.#entries, summary, this.#size);
  }

  clear(): void {
    this.#entries.length = 0;
    this.#bodies.clear();
  }

  get routes(): Route[] {
    const list = ({ request }: Parameters<Route["answer"]>[0]): Requests => {
      const { entries, hasMore } = listNewest(this.#entries, request, describe);
      return { requests: entries, hasMore };
    };
    return [
      consoleRoute("GET", "requests", list, listQuery),
      consoleRoute("GET", "requests/{seq}", ({ params }): RequestDetails => {
        const summary = this.#entries.find(({ seq }) => String(seq) === params("seq"));
        if (summary === undefined) throw notFound("There is no request with this number.");
        return { ...summary, ...(this.#bodies.get(summary.seq) ?? gone) };
      }),
    ];
  }

  #show(body: string): string {
    return cut(this.#redactor.body(body), maxBodyLength);
  }
}

const gone: Bodies = {
  requestBody: "(not kept: only the last 1,000 requests keep their bodies)",
  responseBody: "",
};

function describe({ method, path, operation, apiVersion, status, fault }: RequestSummary): string {
  return [method, path, status, operation, apiVersion, fault].join(" ");
}
