import type { ApiVersion } from "../api-version";
import type { EmulatorHost } from "../host";
import { append } from "../journal";
import { type Webhook, webhooks } from "../kinds/webhook/objects";
import type { App, AppEvent } from "../model";
import type { Observer } from "../observer";
import type { Rules } from "../options";
import type { Store } from "../store";
import type { Delivery, DeliveryAttempt } from "./delivery";
import { findTrigger, writeEvent } from "./event";

/** More than is ever shown, so that a secret at the cut is recognized. */
export const maxAnswerBytes = 8 * 1024;

// The documented retry policy: v1 and v1.1 promise five retries, v2 five attempts.
const timeoutMs = 20_000;
const maxRepeats: { readonly [V in ApiVersion]: number } = { v1: 5, "v1.1": 5, v2: 4 };
const finalStatuses = [400, 401, 403, 404, 406];

/** Delivers events to webhooks and retries failed deliveries. */
export class Deliveries {
  /** The most recent deliveries; those dropped from this list are still delivered. */
  readonly all: Delivery[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #store: Store;
  readonly #host: EmulatorHost;
  readonly #rules: Rules;
  #observer: Observer | undefined;
  #closed = false;

  constructor(store: Store, host: EmulatorHost, rules: Rules) {
    this.#store = store;
    this.#host = host;
    this.#rules = rules;
  }

  observe(observer: Observer): void {
    this.#observer = observer;
  }

  start(event: AppEvent): void {
    for (const webhook of webhooks.listOf(event.app)) {
      const trigger = findTrigger(webhook, event);
      if (trigger === undefined) continue;
      const body = JSON.stringify(writeEvent(webhook, event));
      this.#begin({ webhookId: webhook.id, appId: event.app.id, trigger, body }, event.app, webhook);
    }
  }

  /** Sends the payload of a delivery once more; returns undefined if its webhook is gone. */
  resend({ webhookId, appId, trigger, body }: Delivery): Delivery | undefined {
    const app = this.#store.apps.get(appId);
    const webhook = app && webhooks.of(app).get(webhookId);
    return webhook && this.#begin({ webhookId, appId, trigger, body }, app, webhook);
  }

  /** Resolves when no delivery is pending. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  close(): void {
    this.#closed = true;
  }

  #begin(
    given: Pick<Delivery, "webhookId" | "appId" | "trigger" | "body">,
    app: App,
    webhook: Webhook,
  ): Delivery {
    const delivery: Delivery = { ...given, attempts: 0, lastStatus: undefined, state: "pending" };
    append(this.all, delivery, this.#rules.logSize);
    this.#observer?.delivered(delivery, webhook);
    const run = this.#deliver(delivery, app, webhook).finally(() => {
      this.#running.delete(run);
      this.#observer?.delivered(delivery, webhook);
    });
    this.#running.add(run);
    return delivery;
  }

  async #deliver(delivery: Delivery, app: App, { id }: Webhook): Promise<void> {
    const find = () => (this.#store.holds(app) ? webhooks.of(app).get(id) : undefined);

    for (let webhook = find(), repeats = 0; webhook !== undefined; webhook = find(), repeats++) {
      delivery.attempts += 1;
      const attempt = await this.#attempt(webhook, delivery.body);
      delivery.lastStatus = attempt.status;
      this.#observer?.delivered(delivery, webhook, attempt);
      if (isSuccess(delivery.lastStatus)) {
        delivery.state = "delivered";
        return;
      }
      if (repeats === maxRepeats[webhook.version] || isFinal(delivery.lastStatus)) {
        delivery.state = "failed";
        return;
      }
      if (!this.#closed && find() !== undefined)
        await this.#host.sleep(this.#rules.retryDelayMs * 2 ** repeats);
      if (this.#closed) break;
    }
    delivery.state = "abandoned";
  }

  async #attempt(webhook: Webhook, body: string): Promise<DeliveryAttempt> {
    const at = this.#host.now();
    const end = (status: number | undefined, error: string | undefined, responseBody: string) => {
      return { at, durationMs: this.#host.now() - at, status, error, responseBody };
    };
    try {
      const answer = await this.#host.send({
        method: "POST",
        url: webhook.target,
        headers: { "content-type": "application/json", "x-api-key": webhook.secret },
        body,
        timeoutMs,
        ...(this.#observer && { maxAnswerBytes }),
      });
      return end(answer.status, undefined, answer.body ?? "");
    } catch (error) {
      return end(undefined, error instanceof Error ? error.message : String(error), "");
    }
  }
}

function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function isFinal(status: number | undefined): boolean {
  return status !== undefined && finalStatuses.includes(status);
}
