/**
 * `pulumi-smooch/emulator`: a stateful Smooch API for tests, and for trying things out without an account.
 *
 * {@link startEmulator} starts one on a loopback port; {@link Emulator} is the same without a socket.
 */
export type { AccountCredentials } from "./core";
export { Emulator } from "./core";
export type { EmulatorRequest, EmulatorResponse } from "./exchange";
export type {
  ConnectionFault,
  Fault,
  FaultCondition,
  FaultCounts,
  FaultKind,
  FaultPlan,
  FaultRule,
  HangFault,
  LatencyFault,
  NotJsonFault,
  RateLimitedFault,
  StaleReadFault,
  StatusFault,
} from "./faults/plan";
export type { EmulatorHost, OutgoingAnswer, OutgoingRequest, RealHost } from "./host";
export { realHost } from "./host";
export type { RequestRecord, UnknownRequest } from "./journal";
export type { AppSnapshot } from "./kinds/app";
export type { IntegrationSnapshot } from "./kinds/integration";
export type { IntegrationKeySnapshot } from "./kinds/integration-key";
export type { KeySnapshot } from "./kinds/key";
export type { MenuSnapshot } from "./kinds/menu";
export type { ServiceAccountSnapshot } from "./kinds/service-account";
export type { ServiceAccountKeySnapshot } from "./kinds/service-account-key";
export type { SwitchboardSnapshot } from "./kinds/switchboard";
export type { SwitchboardIntegrationSnapshot } from "./kinds/switchboard-integration";
export type { TemplateSnapshot } from "./kinds/template";
export type { WebhookSnapshot } from "./kinds/webhook";
export type { EmulatorOptions } from "./options";
export type { Overlay } from "./overlay";
export type { Profile, ProfileChanges } from "./profile";
export type { RunningEmulator, StartOptions } from "./server";
export { startEmulator } from "./server";
export type {
  AppUserSnapshot,
  DeliverySnapshot,
  EmulatorSnapshot,
  EmulatorState,
} from "./snapshot";
