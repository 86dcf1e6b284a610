import type { z } from "zod";
import { badRequest, payloadTooLarge } from "./errors";
import { describeIssues } from "./issues";
import type { Incoming } from "./route";

const maxBodyBytes = 100 * 1024;
/** The console uploads files of up to 1 MB as base64. */
const maxUploadBytes = 1.5 * 1024 * 1024;

/** How large the body of a request to this path or URL may be. */
export function bodyLimit(path: string): number {
  return path.startsWith("/_emulator/console/") ? maxUploadBytes : maxBodyBytes;
}

/** What is nested much deeper cannot be copied or written as JSON again. */
const maxDepth = 100;

/** Fields that only v2 itself sets: requests may contain them, but they are ignored. */
const readOnlyFields = ["id", "secret", "status", "version", "webhookSecret"];

/** The JSON body, validated by `schema`. `ignored` are further fields that are accepted without effect. */
export function parseBody<T>(schema: z.ZodType<T>, request: Incoming, ignored: readonly string[] = []): T {
  const body = readJson(request);
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const isDropped = (field: string) =>
    request.unknownFields !== "strict" ||
    ignored.includes(field) ||
    (request.apiVersion === "v2" && readOnlyFields.includes(field));
  return parse(schema, withoutUnknownFields(body, error.issues, isDropped));
}

/** The query parameters, validated by `schema`. */
export function parseQuery<T>(schema: z.ZodType<T>, request: Incoming): T {
  return parse(schema, Object.fromEntries(request.query));
}

export function requireAcceptableSize({ body, path }: Incoming): void {
  const limit = bodyLimit(path);
  if (Buffer.byteLength(body) > limit) {
    throw payloadTooLarge(`The body is larger than ${limit / 1024} kB.`);
  }
}

function readJson({ headers, body }: Incoming): unknown {
  if (body === "") return {};
  const mediaType = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json")
    throw badRequest("A body needs the header `content-type: application/json`.");
  const value = parseJson(body);
  if (isDeeper(value, maxDepth)) {
    throw badRequest(`The body must not have more than ${maxDepth} levels of objects and lists.`);
  }
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("The body is not valid JSON.");
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw badRequest(describeIssues(parsed.error));
}

function withoutUnknownFields(
  body: unknown,
  issues: readonly z.core.$ZodIssue[],
  isDropped: (field: string) => boolean,
): unknown {
  const copy = structuredClone(body);
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const holder: object = issue.path.reduce((value, part) => Object(Reflect.get(value, part)), Object(copy));
    for (const key of issue.keys.filter(isDropped)) Reflect.deleteProperty(holder, key);
  }
  return copy;
}
