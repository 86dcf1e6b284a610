/**
 * `pulumi-smooch/emulator`: a stateful Smooch API for tests and for trying things out without an account.
 *
 * {@link startEmulator} starts one on a loopback port; {@link Emulator} is the same without a socket.
 *
 * TypeScript 3.8 must be able to load the typings of everything exported here. So no import in this folder has a
 * `type` modifier inside its braces, because the compiler copies it into the declarations.
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
export type { EmulatorHost, OutgoingRequest, RealHost } from "./host";
export { realHost } from "./host";
export type { RequestRecord, UnknownRequest } from "./journal";
export type {
  AppSnapshot,
  IntegrationSnapshot,
  KeySnapshot,
  WebhookSnapshot,
} from "./kinds/snapshots";
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
