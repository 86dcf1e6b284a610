import { STATUS_CODES } from "node:http";
import { ApiError } from "../errors";
import type { EmulatorResponse } from "../exchange";
import type { Fault, Foreign404Fault, StatusFault } from "./plan";

/** What a fault can do with a request. */
export interface Stage {
  sleep(ms: number): Promise<void>;
  /** Carries out the request. */
  apply(): Promise<EmulatorResponse>;
  /** Answers the request from the state before the last write. */
  applyToPast(): Promise<EmulatorResponse>;
  /** An error in the format of the API version that was called. */
  refuse(error: ApiError): EmulatorResponse;
  /** A 404 that did not come from the API. */
  answerForeign(answer: NonNullable<Foreign404Fault["answer"]>): EmulatorResponse;
}

/** Answers a request the way its fault says. */
export async function applyFault(fault: Fault, stage: Stage): Promise<EmulatorResponse> {
  switch (fault.fault) {
    case "status":
      if (fault.applied === true) await stage.apply();
      return answerWithStatus(fault, stage);
    case "rate-limited":
      return answerWithStatus({ ...fault, fault: "status", status: 429 }, stage);
    case "not-json":
      if (fault.applied !== false) await stage.apply();
      return answerWithStatus({ fault: "status", status: 200, body: page("Smooch") }, stage);
    case "latency":
      await stage.sleep(fault.ms);
      return stage.apply();
    case "stale-read":
      return stage.applyToPast();
    case "hang":
      if (fault.applied === true) await stage.apply();
      return withoutAnswer("hang");
    case "refused":
      return withoutAnswer("refused");
    case "reset-before":
      return withoutAnswer("reset");
    case "reset-after":
      await stage.apply();
      return withoutAnswer("reset");
    case "cut":
      return cut(await stage.apply());
    case "foreign-404":
      return stage.answerForeign(fault.answer ?? "gateway");
  }
}

function answerWithStatus({ status, body, retryAfter }: StatusFault, stage: Stage): EmulatorResponse {
  const name = STATUS_CODES[status] ?? "Unknown";
  const code = name.toLowerCase().replaceAll(/\W+/g, "_");
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  const refusal = stage.refuse(new ApiError(status, code, `Injected fault: ${name}.`, headers));
  if (body === undefined) return refusal;
  if (typeof body !== "string") return { ...refusal, body: JSON.stringify(body) };
  return { ...refusal, headers: { ...refusal.headers, "content-type": "text/html; charset=utf-8" }, body };
}

function page(title: string): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
}

function withoutAnswer(broken: "refused" | "reset" | "hang"): EmulatorResponse {
  return { status: 0, headers: {}, body: "", broken };
}

function cut(response: EmulatorResponse): EmulatorResponse {
  const { headers, body } = response;
  return {
    ...response,
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
    body: body.slice(0, Math.floor(body.length / 2)),
    broken: "cut",
  };
}
