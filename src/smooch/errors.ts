import { printable } from "../printable";
import { regionOf } from "./regions";

/** What a call does, for error messages. */
export interface Subject {
  /** e.g. `create`. */
  operation: string;
  /** e.g. `key "backend" of app 5a0b1c2d3e4f5a6b7c8d9e0f`. */
  resource: string;
}

/** How a call failed. */
export type Failure =
  | {
      kind: "refused";
      status: number;
      code?: string;
      description?: string;
      requestId?: string;
      retryAfterMs?: number | undefined;
      clockSkewMs: number;
    }
  | { kind: "unreadable"; status: number; requestId?: string }
  /** A 404 that did not come from the API, or does not say that an object is missing. */
  | { kind: "foreign"; status: 404; reason: string; requestId?: string }
  | { kind: "misfit"; status: number; problem: string; requestId?: string }
  /** A successful response that shows that the object does not exist. */
  | { kind: "absent"; requestId?: string }
  /** `nodeCode` tells why it was not sent; `notRunning` is ours: nothing listens at an address on this machine. */
  | { kind: "unsent" | "stopped" | "lost" | "oversized"; reason: string; nodeCode?: string }
  /** A list whose pages repeat. */
  | { kind: "endless" };

/** The client's only error class. Base decisions on `status` and `mayBeApplied`, never on the message. */
export class SmoochError extends Error {
  override readonly name = "SmoochError";
  /**
   * HTTP status of the API's error response; undefined if there was none. It is 404 also if a list showed that the
   * object does not exist.
   */
  readonly status: number | undefined;
  /** Smooch's own error code, for people to read: Smooch has never published a list of them. */
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly operation: string;
  readonly resource: string;
  /** Worth retrying later without changes. */
  readonly retryable: boolean;
  /** How far this machine's clock is behind Smooch's; negative if it is ahead. */
  readonly clockSkewMs: number;
  /** It is unknown whether the request took effect. */
  readonly mayBeApplied: boolean;

  constructor(
    /** What failed, on which object, why. */
    readonly summary: string,
    /** What to do next. */
    readonly advice: string,
    private readonly subject: Subject,
    private readonly failure: Failure,
    /** An earlier attempt of the same call may have taken effect. */
    readonly mayBeRepeat: boolean,
  ) {
    super(`${summary} ${advice}`);
    this.operation = subject.operation;
    this.resource = subject.resource;
    this.status = failure.kind === "refused" ? failure.status : failure.kind === "absent" ? 404 : undefined;
    this.code = "code" in failure ? failure.code : undefined;
    this.requestId = "requestId" in failure ? failure.requestId : undefined;
    this.retryable =
      failure.kind === "refused"
        ? failure.status === 429 || failure.status >= 500
        : !["absent", "foreign", "oversized", "endless"].includes(failure.kind);
    this.clockSkewMs = failure.kind === "refused" ? failure.clockSkewMs : 0;
    this.mayBeApplied =
      failure.kind === "lost" ||
      failure.kind === "oversized" ||
      failure.kind === "unreadable" ||
      failure.kind === "misfit" ||
      (failure.kind === "refused" && (failure.status >= 500 || failure.status === 408));
  }

  /** Returns the same error with more specific advice, and a more specific reason if given. */
  withAdvice(advice: string, reason?: string): SmoochError {
    const summary = reason === undefined ? this.summary : summarize(this.subject, this.failure, reason);
    return new SmoochError(summary, advice, this.subject, this.failure, this.mayBeRepeat);
  }

  /** The API says that the object does not exist. It says the same for another account's credentials. */
  get isNotFound(): boolean {
    return this.status === 404;
  }
}

/** Returns undefined if Smooch says that the object does not exist. */
export async function ifFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SmoochError && error.isNotFound) return undefined;
    throw error;
  }
}

/** Rethrows any error that is not from the client: that is a bug. */
export function asSmoochError(error: unknown): SmoochError {
  if (error instanceof SmoochError) return error;
  throw error;
}

/** The object was created, but no response contains all of it. */
export class IncompleteCreateError extends Error {
  constructor(
    readonly id: string,
    /** Why reading it failed. */
    readonly reason: SmoochError,
    resource: string,
  ) {
    super(`Smooch created ${resource} with the id ${id}, but did not return all of it. ${reason.message}`);
  }
}

/** The client's errors are all created here. */
export function toSmoochError(
  subject: Subject,
  failure: Failure,
  baseUrl: string,
  mayBeRepeat: boolean,
): SmoochError {
  const summary = summarize(subject, failure, reasonOf(failure, baseUrl));
  return new SmoochError(summary, advice(failure, baseUrl), subject, failure, mayBeRepeat);
}

function summarize({ operation, resource }: Subject, failure: Failure, reason: string): string {
  const start = opening(failure, `${operation} ${resource}`, resource);
  const status = "status" in failure ? ` (HTTP ${failure.status})` : "";
  const request = "requestId" in failure ? ` [request ${failure.requestId}]` : "";
  return `${start}: ${sentencePart(reason)}${status}${request}.`;
}

function opening(failure: Failure, action: string, resource: string): string {
  switch (failure.kind) {
    case "unsent":
    case "stopped":
      return `Could not reach Smooch to ${action}`;
    case "lost":
    case "oversized":
    case "endless":
    case "unreadable":
    case "foreign":
      return `No usable response from Smooch to the request to ${action}`;
    case "misfit":
      return `The response from Smooch for ${resource} has an unexpected format`;
    case "absent":
      return `Could not ${action}`;
    case "refused":
      return `Smooch ${failure.status >= 500 ? "failed" : "refused"} to ${action}`;
  }
}

function givenReason({ status, code, description }: Extract<Failure, { kind: "refused" }>): string {
  return description || code || reasons[status] || "no reason given";
}

function reasonOf(failure: Failure, baseUrl: string): string {
  switch (failure.kind) {
    case "refused":
      return givenReason(failure);
    case "foreign":
      return `${baseUrl} returned ${failure.reason}, which is not the API's error for a missing object`;
    case "misfit":
      return failure.problem;
    case "absent":
      return "Smooch does not list it";
    case "unreadable":
      return `the response did not come from the API at ${baseUrl}`;
    case "endless":
      return `the list does not end: a page repeats earlier items at ${baseUrl}`;
    default:
      return `${failure.reason} at ${baseUrl}`;
  }
}

/** A larger clock difference makes tokens invalid. */
export const badSkewMs = 60_000;

function sentencePart(text: string): string {
  return printable(text.replace(/\s+/g, " ").trim().replace(/\.$/, ""), 300);
}

const reasons: Record<number, string> = {
  400: "the request is malformed",
  401: "the credentials are missing or invalid",
  402: "the account's plan does not allow it",
  403: "the credentials do not give access to it",
  404: "it does not exist",
  409: "another change of it was in progress",
  413: "the request is too large",
  429: "too many requests",
};

function advice(failure: Failure, baseUrl: string): string {
  switch (failure.kind) {
    case "unsent":
      return remedies[failure.nodeCode ?? ""] ?? "Check the network, smooch:region and smooch:baseUrl.";
    case "lost":
    case "stopped":
      return "Run the same command again.";
    case "oversized":
    case "endless":
    case "unreadable":
      return "Check smooch:baseUrl, and that no proxy responds instead of the API.";
    case "foreign":
      return "Check smooch:baseUrl (host, subdomain and path), smooch:apiVersion, smooch:region and the credentials.";
    case "absent":
      return String(nextSteps[404]);
    case "misfit":
      return "Check the object in Smooch. If it looks right there, upgrade pulumi-smooch.";
    case "refused":
      return adviceByStatus(failure, baseUrl);
  }
}

const trustIssuer =
  "If a proxy or a certificate authority of your own signs it, set NODE_EXTRA_CA_CERTS to the file of that authority's certificate.";
const checkDates = "Check this machine's clock; if it is right, the certificate has to be renewed.";
const checkHost = "Check the host name in smooch:region and smooch:baseUrl.";
const notTls =
  "The server there does not speak TLS: check that smooch:baseUrl or HTTPS_PROXY does not name a port for plain http.";

/** Advice by Node's error code. */
const remedies: Record<string, string> = {
  notRunning:
    "Nothing is listening there: start the emulator with `npm run emulator`, or `npx pulumi-smooch emulator --stack <name> --no-target-check`, or correct smooch:baseUrl.",
  SELF_SIGNED_CERT_IN_CHAIN: trustIssuer,
  DEPTH_ZERO_SELF_SIGNED_CERT: trustIssuer,
  UNABLE_TO_GET_ISSUER_CERT: trustIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: trustIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: trustIssuer,
  CERT_HAS_EXPIRED: checkDates,
  CERT_NOT_YET_VALID: checkDates,
  ERR_TLS_CERT_ALTNAME_INVALID: checkHost,
  ENOTFOUND: checkHost,
  EPROTO: notTls,
  ERR_SSL_WRONG_VERSION_NUMBER: notTls,
  ECONNREFUSED: "Check the address in smooch:region and smooch:baseUrl, and HTTPS_PROXY if it is set.",
};

function adviceByStatus(
  { status, clockSkewMs }: Extract<Failure, { kind: "refused" }>,
  baseUrl: string,
): string {
  if (status === 401 && Math.abs(clockSkewMs) > badSkewMs) {
    const minutes = Math.round(Math.abs(clockSkewMs) / 60_000);
    return `This machine's clock is ${minutes} min ${clockSkewMs > 0 ? "behind" : "ahead of"} Smooch's: set it, because tokens contain timestamps.`;
  }
  if (status === 401 && regionOf(baseUrl) === undefined) return checkKeyAndHost;
  if (status >= 500) return "Run the same command again in a while.";
  return nextSteps[status] ?? "Correct the program and run the same command again.";
}

const checkKeyAndHost =
  "Check smooch:accountKeyId and smooch:accountKeySecret, and smooch:baseUrl: keys belong to one region or host.";

const nextSteps: Record<number, string> = {
  401: "Check smooch:accountKeyId and smooch:accountKeySecret, and smooch:region: keys belong to one region.",
  402: "Delete an app that is no longer needed, or have the plan's quota raised.",
  403: 'Use an account key, or for what is in an app, except its keys, a key of that app: managing apps, their keys and service accounts needs the scope "account".',
  404: "If it was deleted elsewhere, `pulumi refresh` records that; otherwise check that the credentials belong to its account.",
  409: "Check whether it already exists or is being changed elsewhere, then run the same command again.",
  413: "Smooch takes at most 100 kB in one request: make settings and metadata smaller.",
  429: "Lower smooch:maxConcurrency, or run the same command again in a while.",
};
