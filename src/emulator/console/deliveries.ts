import { maxAnswerBytes, type Deliveries as Sender } from "../conversations/deliveries";
import type { Delivery, DeliveryAttempt } from "../conversations/delivery";
import { conflict, notFound } from "../errors";
import { append } from "../journal";
import type { Webhook } from "../kinds/webhook/objects";
import type { Route } from "../route";
import type { Deliveries, DeliveryDetails, DeliverySummary, DeliveryTry } from "./contract";
import { withoutUrlSecrets } from "./disclosure";
import { excerptOf } from "./excerpt";
import { cut, listNewest, listQuery } from "./log";
import type { Redactor } from "./redactor";
import { consoleRoute } from "./route";

const maxAnswerLength = 4 * 1024;
const maxExcerptLength = 100;

interface Entry {
  readonly seq: number;
  readonly at: number;
  readonly delivery: Delivery;
  readonly target: string;
  /** What the search looks in: without the secrets that were known when it was sent. */
  readonly payload: string;
  /** With secrets. */
  readonly excerpt: string | undefined;
  resentFrom: number | undefined;
  readonly tries: DeliveryTry[];
}

/** The most recent deliveries to webhooks, with each attempt. */
export class DeliveryLog {
  readonly #entries: Entry[] = [];
  readonly #byDelivery = new WeakMap<Delivery, Entry>();
  readonly #sender: Sender;
  readonly #redactor: Redactor;
  readonly #size: number;
  readonly #now: () => number;
  #made = 0;

  constructor(sender: Sender, redactor: Redactor, size: number, now: () => number) {
    this.#sender = sender;
    this.#redactor = redactor;
    this.#size = size;
    this.#now = now;
  }

  record(delivery: Delivery, webhook: Webhook, attempt: DeliveryAttempt | undefined): void {
    const entry = this.#byDelivery.get(delivery) ?? this.#add(delivery, webhook);
    if (attempt !== undefined) entry.tries.push(this.#describe(attempt));
  }

  clear(): void {
    this.#entries.length = 0;
  }

  get routes(): Route[] {
    const list = ({ request }: Parameters<Route["answer"]>[0]): Deliveries => {
      const { entries, hasMore } = listNewest(this.#entries, request, describe);
      return { deliveries: entries.map((entry) => this.#summarize(entry)), hasMore };
    };
    return [
      consoleRoute("GET", "deliveries", list, listQuery),
      consoleRoute("GET", "deliveries/{seq}", ({ params }): DeliveryDetails => {
        return this.#detail(this.#find(params("seq")));
      }),
      consoleRoute("POST", "deliveries/{seq}/resend", ({ params }): DeliveryDetails => {
        const original = this.#find(params("seq"));
        const sent = this.#sender.resend(original.delivery);
        const entry = sent && this.#byDelivery.get(sent);
        if (entry === undefined) throw conflict("The webhook of this delivery no longer exists.");
        entry.resentFrom = original.seq;
        return this.#detail(entry);
      }),
    ];
  }

  #add(delivery: Delivery, webhook: Webhook): Entry {
    this.#made += 1;
    const entry: Entry = {
      seq: this.#made,
      at: this.#now(),
      delivery,
      target: this.#redactor.text(withoutUrlSecrets(webhook.target)),
      payload: this.#redactor.body(delivery.body),
      excerpt: excerptOf(delivery.body),
      resentFrom: undefined,
      tries: [],
    };
    this.#byDelivery.set(delivery, entry);
    append(this.#entries, entry, this.#size);
    return entry;
  }

  #find(seq: string): Entry {
    const entry = this.#entries.find((each) => String(each.seq) === seq);
    if (entry === undefined) throw notFound("There is no delivery with this number.");
    return entry;
  }

  #summarize({ seq, at, delivery, target, excerpt }: Entry): DeliverySummary {
    const { appId, webhookId, trigger, state, attempts, lastStatus } = delivery;
    return {
      seq,
      at,
      appId,
      webhookId,
      target,
      trigger,
      ...(excerpt !== undefined && { excerpt: cut(this.#redactor.text(excerpt), maxExcerptLength) }),
      state,
      attempts,
      lastStatus,
    };
  }

  #detail(entry: Entry): DeliveryDetails {
    const { delivery, resentFrom, tries } = entry;
    return {
      ...this.#summarize(entry),
      ...(resentFrom !== undefined && { resentFrom }),
      payload: this.#redactor.body(delivery.body),
      tries,
    };
  }

  #describe({ error, responseBody, ...rest }: DeliveryAttempt): DeliveryTry {
    return {
      ...rest,
      error: error === undefined ? undefined : this.#redactor.text(error),
      responseBody: cut(this.#redactor.foreignBody(withoutTornEnd(responseBody)), maxAnswerLength),
    };
  }
}

function describe({ target, payload, delivery }: Entry): string {
  const { appId, webhookId, trigger, state, lastStatus } = delivery;
  return [appId, webhookId, target, trigger, state, lastStatus, payload].join(" ");
}

/** What was read of a longer body may end in the middle of a secret, which would not be recognized. */
function withoutTornEnd(body: string): string {
  return Buffer.byteLength(body) < maxAnswerBytes ? body : body.replace(/[^\s"',;<>()[\]{}]*$/, "");
}
