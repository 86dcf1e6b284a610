import { OpenAPIBackend } from "openapi-backend";
import { type Correction, corrections } from "./corrections";
import { loadDescription } from "./description";
import { allowExceptions, errorCodes, splitUpdates, updateOf } from "./exceptions";
import { scopeOf } from "./scope";
import { tighten } from "./strict";
import { isNode, nodesIn } from "./tree";

/** A request as it goes over the wire. */
export interface SentRequest {
  readonly method: string;
  /** With or without `/sc` at the start. */
  readonly path: string;
  /** Without the question mark. */
  readonly query?: string | undefined;
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body?: string | undefined;
}

export interface GivenAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: string;
}

/** How an exchange violates the description. */
export interface Verdict {
  /** The operation's name in the description, e.g. `CreateApp`; undefined if the description lacks it. */
  readonly operation: string | undefined;
  readonly request: readonly string[];
  readonly answer: readonly string[];
}

export type CheckExchange = (request: SentRequest, answer: GivenAnswer) => Verdict;

/** Loads a check of exchanges against the official description of v2, corrected and made strict. */
export async function loadChecker(applied: readonly Correction[] = corrections): Promise<CheckExchange> {
  const description = await loadDescription(applied);
  if (!isNode(description)) throw new Error("The description is not an object.");
  if (applied.some(({ name }) => name === "update of any type")) splitUpdates(description);
  allowExceptions(description);
  tighten(description);
  const api = new OpenAPIBackend({
    definition: description,
    quick: true,
    strict: true,
    // Only users and conversations have formats, and this package does not manage those.
    ajvOpts: { allErrors: true, discriminator: true, formats: { email: true, uri: true } },
  });
  await api.init();
  return (request, answer) => checkExchange(api, request, answer);
}

function checkExchange(api: OpenAPIBackend, request: SentRequest, answer: GivenAnswer): Verdict {
  const path = request.path.replace(/^\/sc\//, "/");
  const operation = path.startsWith("/v2/")
    ? api.router.matchOperation({ method: request.method, path, headers: {} })
    : undefined;
  const operationId = operation?.operationId;
  if (operation === undefined || operationId === undefined) {
    return { operation: undefined, request: [`unknown operation ${request.method} ${path}`], answer: [] };
  }
  const body = parse(request.body);
  const given = parse(answer.body);
  const isSuccess = answer.status < 300;
  const sent = { method: request.method, path, query: request.query ?? "", headers: {}, body: body.value };
  const updated = operationId === "UpdateIntegration" && isSuccess ? typeOf(given.value) : undefined;
  const requestViolations = [
    ...carriesBody(request, operation.requestBody !== undefined),
    ...body.violations,
    ...errorsOf(() => api.validator.validateRequest(sent, operation)),
    ...(updated === undefined ? [] : errorsOf(() => api.validator.validateRequest(sent, updateOf(updated)))),
  ];
  const listed = Object.keys(operation.responses ?? {});
  const scope = scopeOf(request.headers);
  const scopes = nodesIn(operation.security).flatMap((way) => Object.values(way).flat());
  return {
    operation: operationId,
    request: requestViolations.map((violation) => `${operationId}: ${violation}`),
    answer: [
      ...(listed.includes(String(answer.status)) ? [] : [`status ${answer.status} is not listed`]),
      ...(header(answer, "content-type")?.startsWith("application/json") ? [] : ["content-type is not JSON"]),
      ...given.violations,
      ...errorsOf(() => api.validator.validateResponse(given.value, operation, answer.status)),
      ...(isSuccess ? [] : errorEntries(answer.status, given.value)),
      ...(isSuccess && !scopes.includes(scope)
        ? [`success for scope ${scope}; allowed: ${scopes.join(", ")}`]
        : []),
    ].map((violation) => `${operationId} ${answer.status}: ${violation}`),
  };
}

function parse(text: string | undefined): { value: unknown; violations: string[] } {
  if (text === undefined || text === "") return { value: undefined, violations: [] };
  try {
    return { value: JSON.parse(text), violations: [] };
  } catch {
    return { value: undefined, violations: ["the body is not JSON"] };
  }
}

function header({ headers }: Pick<GivenAnswer, "headers">, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** v2's reference: a request has a JSON body if one is described, and no body otherwise. */
function carriesBody(request: SentRequest, isDescribed: boolean): string[] {
  if (!isDescribed) return request.body ? ["a body where none is described"] : [];
  return header(request, "content-type")?.startsWith("application/json")
    ? []
    : ["content-type is not application/json"];
}

function typeOf(body: unknown): string | undefined {
  return isNode(body) && isNode(body.integration) && typeof body.integration.type === "string"
    ? body.integration.type
    : undefined;
}

interface Result {
  errors?: { instancePath: string; message?: string; params: object }[] | null;
}

function errorsOf(validate: () => Result): string[] {
  try {
    return (validate().errors ?? []).map(({ instancePath, message, params }) => {
      const details = Object.values(params).filter((value) => typeof value !== "object");
      return `${instancePath || "/"} ${message ?? "is wrong"} (${details.join(", ")})`;
    });
  } catch (error) {
    // If Ajv refuses the schema, nothing can be checked against it.
    return [`cannot be checked: ${error instanceof Error ? error.message : error}`];
  }
}

/** v2's reference: only a 400 may have several entries, and each status has its own codes. */
function errorEntries(status: number, body: unknown): string[] {
  const entries = isNode(body) ? nodesIn(body.errors) : [];
  const codes = errorCodes[status];
  const strange = entries.map(({ code }) => String(code)).filter((code) => codes?.includes(code) === false);
  return [
    ...(entries.length === 0 ? ["/errors is empty"] : []),
    ...(entries.length > 1 && status !== 400 ? ["/errors has several entries"] : []),
    ...strange.map((code) => `code ${code} is not one of ${codes?.join(", ")}`),
  ];
}
