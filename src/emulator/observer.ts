import type { Delivery, DeliveryAttempt } from "./conversations/delivery";
import type { EmulatorResponse } from "./exchange";
import type { FaultKind } from "./faults/plan";
import type { Webhook } from "./kinds/webhook/objects";
import type { Incoming, Match } from "./route";

/** A request to the Smooch API, as it was received and answered. */
export interface HandledRequest {
  readonly request: Incoming;
  readonly match: Match | undefined;
  readonly response: EmulatorResponse;
  readonly fault: FaultKind | undefined;
  /** When it arrived. */
  readonly at: number;
  readonly durationMs: number;
}

/** Learns of everything that happens in an emulator. */
export interface Observer {
  /** A request was answered, or left without an answer by a fault. */
  handled(request: HandledRequest): void;
  /** A delivery was created, attempted or ended. */
  delivered(delivery: Delivery, webhook: Webhook, attempt?: DeliveryAttempt): void;
  /** Anything else may have changed. */
  changed(): void;
  /** The logs were emptied. */
  forgotten(): void;
}
