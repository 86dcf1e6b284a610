import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Api } from "../api";
import { apiOf, type Emulator } from "../core";
import { ApiError, forbidden, notFound, unauthorized, writeError } from "../errors";
import type { EmulatorRequest } from "../exchange";
import { requireAcceptableSize } from "../input";
import { kinds } from "../kinds/index";
import { findRoute, parseRequest, type Route } from "../route";
import { receive } from "../transmission";
import { chatRoutes } from "./chat-routes";
import { controlRoutes } from "./control";
import { DeliveryLog } from "./deliveries";
import { Events, topics } from "./events";
import { objectRoutes } from "./objects";
import { assetPath, type PageFile, readAsset, readPage } from "./page";
import { Redactor } from "./redactor";
import { RequestLog } from "./requests";
import { consolePath } from "./route";

const { version }: { version: string } = require("pulumi-smooch/package.json");

/** The web console of an emulator: the page, and the local API that the page calls. */
export class Console {
  readonly #api: Api;
  readonly #token = randomBytes(32).toString("base64url");
  readonly #events = new Events();
  readonly #routes: readonly Route[];

  /** `save` keeps what a request changed; `url` is the emulator's own. */
  constructor(emulator: Emulator, { save, url }: { save: () => void; url: () => string }) {
    const api = apiOf(emulator);
    const { rules, store } = api.context;
    const redactor = new Redactor(kinds);
    const requests = new RequestLog(redactor, rules.logSize);
    const deliveries = new DeliveryLog(api.deliveries, redactor, rules.logSize, () => api.clock.now());
    const afterWrite = () => {
      api.afterWrite();
      save();
      this.#events.changed("conversations");
    };
    this.#api = api;
    this.#routes = [
      ...objectRoutes({ kinds, redactor, version, url }),
      ...requests.routes,
      ...[
        ...deliveries.routes,
        ...controlRoutes(emulator, api.faults, () => api.clock.offsetMs),
        ...chatRoutes(),
      ].map((route) => followedBy(route, afterWrite)),
    ];
    redactor.learnAll(store, kinds);
    api.observe({
      handled: (handled) => {
        requests.record(handled);
        const isWrite = handled.request.method !== "GET";
        this.#events.changed("requests", ...(isWrite ? (["objects", "conversations"] as const) : []));
        if (handled.fault !== undefined) this.#events.changed("control");
      },
      delivered: (delivery, webhook, attempt) => {
        deliveries.record(delivery, webhook, attempt);
        this.#events.changed("deliveries");
      },
      changed: () => {
        redactor.learnAccountKeys(store);
        this.#events.changed(...topics);
      },
      forgotten: () => {
        requests.clear();
        deliveries.clear();
      },
    });
  }

  /** Whether a request is for the console rather than the emulator. */
  serves({ method, url = "" }: IncomingMessage): boolean {
    const [path = ""] = url.split("?");
    return path.startsWith(consolePath) || (path === "/" && method === "GET");
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#answer(request, response);
    } catch (error) {
      request.resume();
      const known = error instanceof ApiError ? error : new ApiError(500, "emulator_failed", String(error));
      sendJson(response, known.status, writeError(known, "v1"));
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams } = new URL(request.url ?? "", "http://127.0.0.1");
    const isPage = path === "/";
    requireOwnOrigin(request.headers, isPage);
    if (isPage) return sendFile(response, await readPage(this.#token));
    if (path.startsWith(assetPath)) return sendFile(response, await readAsset(path.slice(assetPath.length)));

    const isStream = path === `${consolePath}events` && request.method === "GET";
    // The browser's EventSource cannot send headers.
    this.#requireToken(isStream ? searchParams.get("token") : request.headers["x-console-token"]);
    if (!isStream) return sendJson(response, 200, await this.#carryOut(await receive(request)));
    response.writeHead(200, { ...commonHeaders, "content-type": "text/event-stream" });
    this.#events.open(response);
  }

  async #carryOut(received: EmulatorRequest): Promise<unknown> {
    const { context } = this.#api;
    const request = parseRequest(received, { ...context.profile, unknownFields: "strict" });
    const match = findRoute(this.#routes, request);
    if (match === undefined) throw notFound("The console has no such operation.");
    requireAcceptableSize(request);
    const { body } = await match.route.answer({ context, request, params: match.params });
    return body;
  }

  #requireToken(given: unknown): void {
    // Hashes have the same length, which the comparison requires.
    const hash = (text: string) => createHash("sha256").update(text).digest();
    if (typeof given === "string" && timingSafeEqual(hash(given), hash(this.#token))) return;
    throw unauthorized(
      "The request has no valid token of this console: the emulator was restarted, or the page is not its own. Reload the page.",
    );
  }
}

/** The same route, with `then` after each call that may have changed something. */
function followedBy(route: Route, then: () => void): Route {
  if (route.method === "GET") return route;
  const answer: Route["answer"] = async (call) => {
    const answered = await route.answer(call);
    then();
    return answered;
  };
  return { ...route, answer };
}

/** Stricter than for the API: only the console's own page may call it. */
function requireOwnOrigin(headers: IncomingHttpHeaders, isPage: boolean): void {
  const { host = "", origin, "sec-fetch-site": site } = headers;
  const isOwnSite = site === undefined || site === "same-origin" || (isPage && site === "none");
  if (isOwnSite && (origin === undefined || origin === `http://${host}`)) return;
  throw forbidden("The console answers only its own page.");
}

const commonHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const json = JSON.stringify(body);
  response
    .writeHead(status, { ...commonHeaders, "content-type": "application/json; charset=utf-8" })
    .end(json);
}

function sendFile(response: ServerResponse, { headers, body }: PageFile): void {
  response.writeHead(200, { ...commonHeaders, ...headers }).end(body);
}
