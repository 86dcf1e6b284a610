/** All that a Pulumi program imports. */
export type { SmoochAppResult, SmoochKeyResult } from "./functions/functions";
export { getApp, getKeyJwt, getKeys } from "./functions/functions";
export type { SmoochAppArgs, SmoochAppSettings } from "./resources/app";
export { SmoochApp } from "./resources/app";
export type * from "./resources/channels/index";
export type { AdoptedIntegrationArgs } from "./resources/integration";
export { SmoochIntegration } from "./resources/integration";
export type { SmoochIntegrationKeyArgs } from "./resources/integration-key";
export { SmoochIntegrationKey } from "./resources/integration-key";
export type { SmoochKeyArgs } from "./resources/key";
export { SmoochKey } from "./resources/key";
export type { SmoochMenuArgs, SmoochMenuItem } from "./resources/menu";
export { SmoochMenu } from "./resources/menu";
export type { SmoochProviderArgs } from "./resources/provider";
export { SmoochProvider } from "./resources/provider";
export type { SmoochServiceAccountArgs } from "./resources/service-account";
export { SmoochServiceAccount } from "./resources/service-account";
export type { SmoochServiceAccountKeyArgs } from "./resources/service-account-key";
export { SmoochServiceAccountKey } from "./resources/service-account-key";
export type { SmoochSwitchboardArgs, SmoochSwitchboardEntry } from "./resources/switchboard";
export { SmoochSwitchboard } from "./resources/switchboard";
export type { SmoochSwitchboardIntegrationArgs } from "./resources/switchboard-integration";
export { SmoochSwitchboardIntegration } from "./resources/switchboard-integration";
export type { SmoochTemplateArgs } from "./resources/template";
export { SmoochTemplate } from "./resources/template";
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
