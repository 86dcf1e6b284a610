/** All that a Pulumi program imports. */
export type { SmoochAppResult, SmoochKeyResult } from "./functions/functions";
export { getApp, getKeyJwt, getKeys } from "./functions/functions";
export type { SmoochAppArgs, SmoochAppSettings } from "./resources/app";
export { SmoochApp } from "./resources/app";
export type * from "./resources/channels/index";
export type { AdoptedIntegrationArgs } from "./resources/integration";
export { SmoochIntegration } from "./resources/integration";
export type { SmoochKeyArgs } from "./resources/key";
export { SmoochKey } from "./resources/key";
export type { SmoochProviderArgs } from "./resources/provider";
export { SmoochProvider } from "./resources/provider";
export type { SmoochWebhookArgs } from "./resources/webhook";
export { SmoochWebhook } from "./resources/webhook";
export type { JwtOptions, KeyPair, TokenScope } from "./smooch/jwt";
export { signJwt } from "./smooch/jwt";
export type {
  SmoochTrigger,
  SmoochTriggerV1,
  SmoochTriggerV1_1,
  SmoochTriggerV2,
} from "./smooch/triggers";
