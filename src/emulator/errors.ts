/** A refusal, before a generation gives it its wire form. Codes: legacy.md 7.2, v2.md 8.1. */
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
/** Credentials that do not hold. */
export const invalidAuth = (description: string) => new ApiError(401, "invalid_auth", description);
export const paymentRequired = (description: string) => new ApiError(402, "payment_required", description);
export const forbidden = (description: string) => new ApiError(403, "forbidden", description);
export const appNotFound = () =>
  new ApiError(404, "app_not_found", "There is no app with this id in the account.");
export const integrationNotFound = () =>
  new ApiError(404, "integration_not_found", "The app has no integration with this id.");
export const userNotFound = () =>
  new ApiError(404, "user_not_found", "The app has no user with this id or external id.");
export const conversationNotFound = (description: string) =>
  new ApiError(404, "conversation_not_found", description);
/** What a path that no API has is answered with. */
export const routeNotFound = () => new ApiError(404, "route_not_found", "Route not found");
export const notFound = (description: string) => new ApiError(404, "not_found", description);
export const conflict = (description: string) => new ApiError(409, "conflict", description);
// legacy.md 7.2 and 7.3 name no codes for these two.
export const payloadTooLarge = (description: string) => new ApiError(413, "payload_too_large", description);
export const tooManyRequests = (seconds: number) =>
  new ApiError(429, "too_many_requests", `Too many calls. Try again in ${seconds} s.`, {
    "retry-after": String(seconds),
  });
const unknownCode = "emulator_unknown_request";

/** The real platform may well know this request; the emulator does not, and must not pretend. */
export const unknownRequest = (description: string) => new ApiError(501, unknownCode, description);

// A status of 501 may have been planned as well.
export function isUnknownRequest({ code }: ApiError): boolean {
  return code === unknownCode;
}
