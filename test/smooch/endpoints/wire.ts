import { expect } from "vitest";
import { Api } from "../../../src/smooch/api";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { SmoochClient } from "../../../src/smooch/client";
import type { WireResponse } from "../../../src/smooch/host";
import { Http } from "../../../src/smooch/http";

export type Sent = [line: string, body?: unknown];

/** One client call: the requests it sends, the responses it gets, and what it returns. */
export interface Row {
  call(smooch: SmoochClient): Promise<unknown>;
  /** Omitted if a contract covers it (test/contract). */
  sent?: Sent[];
  /** Each is the body of an HTTP 200 response, or a whole response. */
  answers: (object | WireResponse)[];
  gives: unknown;
}

/** Returns a client that gets scripted responses, and records what it sends and how long it waits. */
export function scripted(version: ApiVersion, answers: Row["answers"], baseUrl = "https://api.smooch.io") {
  const left = [...answers];
  const waits: number[] = [];
  const sent: Sent[] = [];
  const urls: string[] = [];
  const host = {
    now: () => 0,
    sleep: async (ms: number) => void waits.push(ms),
    random: () => 0,
    log: () => {},
    send: async ({ method, url, body }: { method: string; url: string; body?: string }) => {
      const line = `${method} ${decodeURIComponent(url).replace(baseUrl, "")}`;
      urls.push(url);
      sent.push(body === undefined ? [line] : [line, JSON.parse(body)]);
      const next = left.shift();
      if (next === undefined) throw new Error(`no scripted response for ${line}`);
      return "status" in next && "body" in next
        ? (next as WireResponse)
        : { status: 200, headers: {}, body: JSON.stringify(next) };
    },
  };
  const settings = {
    baseUrl,
    credential: { keyId: "act_1", secret: "s3cret-of-the-account" },
    auth: "jwt" as const,
    maxConcurrency: 1,
    requestTimeoutMs: 1000,
    debug: false,
  };
  const http = new Http(host, settings);
  return {
    smooch: new SmoochClient(host, settings, version, undefined, http),
    /** For a kind that the client does not have. */
    api: new Api(version, http, undefined),
    sent,
    urls,
    left,
    waits,
  };
}

export async function play(version: ApiVersion, { call, sent: wanted, answers, gives }: Row): Promise<void> {
  const { smooch, sent, left } = scripted(version, answers);
  expect(withoutUndefined(await call(smooch))).toEqual(gives);
  if (wanted !== undefined) expect(sent).toEqual(wanted);
  expect(left).toEqual([]);
}

/** Expects an error if the last response to the call has another shape. */
export async function refuse(version: ApiVersion, { call, answers }: Row, odd: object): Promise<void> {
  const { smooch } = scripted(version, [...answers.slice(0, -1), ...Array(6).fill(odd)]);
  await expect(call(smooch)).rejects.toThrow(
    "the response did not come from the API at https://api.smooch.io (HTTP 200)",
  );
}

/** Drops undefined properties, as serialization to Pulumi does. */
function withoutUndefined(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

export function refused(status: number, body: object | string = {}): WireResponse {
  return { status, headers: {}, body: typeof body === "string" ? body : JSON.stringify(body) };
}
