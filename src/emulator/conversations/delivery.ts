export interface Delivery {
  readonly webhookId: string;
  readonly appId: string;
  /** The trigger's name in the webhook's API version. */
  readonly trigger: string;
  /** The JSON that is sent. */
  readonly body: string;
  /** Number of attempts so far, including the first. */
  attempts: number;
  /** Status of the last response; undefined if there was none. */
  lastStatus: number | undefined;
  /** `abandoned`: the webhook or its app was deleted, or the emulator closed, before the next retry. */
  state: "pending" | "delivered" | "failed" | "abandoned";
}

/** One attempt of a delivery. */
export interface DeliveryAttempt {
  readonly at: number;
  readonly durationMs: number;
  /** Undefined if there was no response; `error` then says why. */
  readonly status: number | undefined;
  readonly error: string | undefined;
  /** The beginning of the response's body. */
  readonly responseBody: string;
}
