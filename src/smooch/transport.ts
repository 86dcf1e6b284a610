import http from "node:http";
import https from "node:https";
import { TLSSocket } from "node:tls";
import type { AxiosInstance } from "axios";
import { isLoopback } from "../loopback";
import { type Host, type Transport, TransportFault, type WireRequest } from "./host";

/** The real clock, timers and random numbers, and one keep-alive connection pool. */
export function realHost(): Host {
  return {
    now: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    send: axiosTransport(),
    log: (line) => void process.stderr.write(`${line}\n`),
  };
}

/**
 * Maximum response size after decompression: lists are far smaller, and an endless response would exhaust the memory.
 */
const maxResponseMiB = 16;

/** Loads axios on the first request, because a preview without changes makes none. */
function axiosTransport(): Transport {
  let instance: AxiosInstance | undefined;
  return async (request) => {
    instance ??= createInstance();
    const way: Way = { reached: "nothing" };
    try {
      const response = await instance.request<string>({
        method: request.method,
        url: request.url,
        headers: request.headers,
        data: request.body,
        timeout: request.timeoutMs,
        signal: AbortSignal.timeout(request.timeoutMs),
        transport: watched(way),
        ...(isLoopback(request.url) && { proxy: false as const }),
      });
      return { status: response.status, headers: plainHeaders(response.headers), body: response.data };
    } catch (error) {
      // The axios error contains the authorization header, so it is not passed on.
      throw toFault(error, request, way.reached);
    }
  };
}

/** How far a request got: no data is sent before `connection`. */
interface Way {
  reached: "nothing" | "handshake" | "connection";
}

/** Node's http and https for axios, recording how far a request gets. */
function watched(way: Way) {
  return {
    request(options: https.RequestOptions, onResponse: (response: http.IncomingMessage) => void) {
      const isTls = options.protocol === "https:";
      const request = (isTls ? https : http).request(options, onResponse);
      return request.once("socket", (socket) => {
        const isVerified = socket instanceof TLSSocket && socket.authorized;
        if (request.reusedSocket || isVerified) {
          way.reached = "connection";
          return;
        }
        // A tunnel through a proxy is connected before the request gets its socket.
        if (isTls && !socket.connecting) way.reached = "handshake";
        socket.once("connect", () => {
          way.reached = isTls ? "handshake" : "connection";
        });
        socket.once("secureConnect", () => {
          way.reached = "connection";
        });
      });
    },
  };
}

function createInstance(): AxiosInstance {
  const axios: typeof import("axios") = require("axios");
  return axios.create({
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({ keepAlive: true }),
    responseType: "text",
    transformRequest: [(body) => body],
    transformResponse: [(body) => body],
    validateStatus: () => true,
    // Following a redirect would turn a POST into a GET, so redirects are treated like any other response.
    maxRedirects: 0,
    maxContentLength: maxResponseMiB * 2 ** 20,
  });
}

function plainHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

/** Node's error codes in words. */
const words: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "host name not found",
  EAI_AGAIN: "host name could not be looked up",
  ENETUNREACH: "network unreachable",
  EHOSTUNREACH: "host unreachable",
};

function toFault(error: unknown, { timeoutMs }: WireRequest, reached: Way["reached"]): TransportFault {
  const code = String(Reflect.get(Object(error), "code"));
  // axios has no error code for this.
  if (String(error).includes("maxContentLength")) {
    return new TransportFault("oversized", `the response is larger than ${maxResponseMiB} MiB`);
  }
  const isTimeout = ["ERR_CANCELED", "ECONNABORTED", "ETIMEDOUT"].includes(code);
  if (reached === "connection") {
    const broken = code === "ECONNRESET" ? "connection reset" : "connection broken";
    return new TransportFault("lost", isTimeout ? `no response within ${timeoutMs / 1000} s` : broken);
  }
  const failed = reached === "handshake" ? "TLS handshake failed" : "connection failed";
  const reason = isTimeout ? `no connection within ${timeoutMs / 1000} s` : `${failed} (${code})`;
  return new TransportFault("unsent", words[code] ?? reason, code);
}
