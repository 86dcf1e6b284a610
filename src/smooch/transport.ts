import http from "node:http";
import https from "node:https";
import type { AxiosInstance } from "axios";
import { type Host, type Transport, TransportFault, type WireRequest } from "./host";

/** The real clock, timers and randomness, and one keep-alive connection pool. */
export function realHost(): Host {
  return {
    now: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    send: axiosTransport(),
    say: (line) => void process.stderr.write(`${line}\n`),
  };
}

/** Loads axios with the first request: a preview without changes makes none. */
function axiosTransport(): Transport {
  let instance: AxiosInstance | undefined;
  return async (request) => {
    instance ??= createInstance();
    try {
      const response = await instance.request<string>({
        method: request.method,
        url: request.url,
        headers: request.headers,
        data: request.body,
        timeout: request.timeoutMs,
        signal: AbortSignal.timeout(request.timeoutMs),
        ...(isLoopback(request.url) && { proxy: false as const }),
      });
      return { status: response.status, headers: plainHeaders(response.headers), body: response.data };
    } catch (error) {
      // The axios error carries the authorization header: it ends here.
      throw toFault(error, request);
    }
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
    // A redirected POST changes its method on the way (legacy.md 1.1), so a redirect is an answer like any other.
    maxRedirects: 0,
  });
}

export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname;
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

function plainHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

/** Failures that happen before a connection stands, so before a byte of the request could be read. */
const unsent: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ENOTFOUND: "host name not found",
  EAI_AGAIN: "host name could not be looked up",
  ENETUNREACH: "network unreachable",
  EHOSTUNREACH: "host unreachable",
  CERT_HAS_EXPIRED: "its TLS certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its TLS certificate is self-signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its TLS certificate cannot be verified",
};

function toFault(error: unknown, request: WireRequest): TransportFault {
  const code = String(Reflect.get(Object(error), "code"));
  const before = unsent[code];
  if (before !== undefined) return new TransportFault("unsent", before);
  if (code === "ERR_CANCELED" || code === "ECONNABORTED" || code === "ETIMEDOUT") {
    return new TransportFault("lost", `no answer within ${request.timeoutMs / 1000} s`);
  }
  return new TransportFault("lost", code === "ECONNRESET" ? "connection reset" : "connection broken");
}
