import type { ApiVersion } from "./api-version";

/** An error response, independent of the API version. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    readonly description: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(description);
  }
}

export const badRequest = (description: string) => new ApiError(400, "bad_request", description);
/** No credentials at all. */
export const unauthorized = (description: string) => new ApiError(401, "unauthorized", description);
/** Credentials that are not valid. */
export const invalidAuth = (description: string) => new ApiError(401, "invalid_auth", description);
export const paymentRequired = (description: string) => new ApiError(402, "payment_required", description);
export const forbidden = (description: string) => new ApiError(403, "forbidden", description);
/** The response to a path that no API version has. */
export const routeNotFound = () => new ApiError(404, "route_not_found", "Route not found");
export const notFound = (description: string) => new ApiError(404, "not_found", description);
export const conflict = (description: string) => new ApiError(409, "conflict", description);
// The documentation gives no codes for these two.
export const payloadTooLarge = (description: string) => new ApiError(413, "payload_too_large", description);
export const tooManyRequests = (seconds: number) =>
  new ApiError(429, "too_many_requests", `Too many calls. Try again in ${seconds} s.`, {
    "retry-after": String(seconds),
  });
const unknownCode = "emulator_unknown_request";

/** Smooch may support this request; the emulator does not, and must not pretend to. */
export const unknownRequest = (description: string) => new ApiError(501, unknownCode, description);

// Checks the code, because a planned fault may answer 501 too.
export function isUnknownRequest({ code }: ApiError): boolean {
  return code === unknownCode;
}

/** An error in the format of an API version. */
export function writeError({ code, description }: ApiError, apiVersion: ApiVersion): unknown {
  // v2 uses one code for every 401.
  if (apiVersion === "v2")
    return { errors: [{ code: code === "invalid_auth" ? "unauthorized" : code, title: description }] };
  return { error: { code: legacyCodes[code] ?? code, description } };
}

// v1 and v1.1 have no specific codes for missing users and conversations.
const legacyCodes: { readonly [code: string]: string } = {
  user_not_found: "not_found",
  conversation_not_found: "not_found",
};
