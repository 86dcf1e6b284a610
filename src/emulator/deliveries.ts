import type { EmulatorHost } from "./host";
import { append } from "./journal";
import type { App } from "./objects/app";
import type { Conversation, Message } from "./objects/conversation";
import type { User } from "./objects/user";
import type { Webhook } from "./objects/webhook";
import type { Rules } from "./options";
import type { Store } from "./store";
import { findTrigger } from "./triggers";

/** A new message, in no generation's words: of all that happens in an app the emulator plays this. */
export interface AppEvent {
  readonly id: string;
  readonly app: App;
  readonly user: User;
  readonly conversation: Conversation;
  readonly message: Message;
}

export interface Delivery {
  readonly webhookId: string;
  readonly appId: string;
  /** In the words of the webhook's generation. */
  readonly trigger: string;
  /** What is sent, as JSON text. */
  readonly body: string;
  /** Calls made so far, the first one included. */
  attempts: number;
  /** Status of the last answer; undefined when there was none. */
  lastStatus: number | undefined;
  /** `abandoned`: the webhook or its app was deleted, or the emulator closed, before a repeat was due. */
  state: "pending" | "delivered" | "failed" | "abandoned";
}

// legacy.md 4.6, v2.md 5.2
const timeoutMs = 20_000;
const maxRepeats = 5;
const finalStatuses = [400, 401, 403, 404, 406];

/** Brings events to webhooks, and repeats as the retry policy of legacy.md 4.6 says. */
export class Deliveries {
  /** The newest ones; what is dropped from here is delivered all the same. */
  readonly all: Delivery[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #store: Store;
  readonly #host: EmulatorHost;
  readonly #rules: Rules;
  readonly #writeBody: (webhook: Webhook, event: AppEvent) => string;
  #closed = false;

  constructor(
    store: Store,
    host: EmulatorHost,
    rules: Rules,
    writeBody: (webhook: Webhook, event: AppEvent) => string,
  ) {
    this.#store = store;
    this.#host = host;
    this.#rules = rules;
    this.#writeBody = writeBody;
  }

  start(event: AppEvent): void {
    for (const webhook of event.app.webhooks.values()) {
      const trigger = findTrigger(webhook, event);
      if (trigger === undefined) continue;
      const delivery: Delivery = {
        webhookId: webhook.id,
        appId: event.app.id,
        trigger,
        body: this.#writeBody(webhook, event),
        attempts: 0,
        lastStatus: undefined,
        state: "pending",
      };
      append(this.all, delivery, this.#rules.logSize);
      const run = this.#deliver(delivery, event.app, webhook).finally(() => this.#running.delete(run));
      this.#running.add(run);
    }
  }

  /** Resolves when no delivery is pending any more. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  close(): void {
    this.#closed = true;
  }

  async #deliver(delivery: Delivery, app: App, webhook: Webhook): Promise<void> {
    const isWanted = () =>
      !this.#closed && this.#store.apps.get(app.id) === app && app.webhooks.get(webhook.id) === webhook;

    for (let repeats = 0; ; repeats++) {
      delivery.attempts += 1;
      delivery.lastStatus = await this.#attempt(webhook, delivery.body);
      if (isSuccess(delivery.lastStatus)) {
        delivery.state = "delivered";
        return;
      }
      if (repeats === maxRepeats || isFinal(delivery.lastStatus)) {
        delivery.state = "failed";
        return;
      }
      if (isWanted()) await this.#host.sleep(this.#rules.retryDelayMs * 2 ** repeats);
      if (!isWanted()) {
        delivery.state = "abandoned";
        return;
      }
    }
  }

  async #attempt(webhook: Webhook, body: string): Promise<number | undefined> {
    try {
      const answer = await this.#host.send({
        method: "POST",
        url: webhook.target,
        headers: { "content-type": "application/json", "x-api-key": webhook.secret },
        body,
        timeoutMs,
      });
      return answer.status;
    } catch {
      return undefined;
    }
  }
}

function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function isFinal(status: number | undefined): boolean {
  return status !== undefined && finalStatuses.includes(status);
}
