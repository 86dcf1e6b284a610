import type { Webhook } from "../kinds/webhook/objects";
import type { AppEvent } from "../model";
import { findLegacyTriggers, writeV1_1Event, writeV1Event } from "./legacy/event";
import { nameEvent, writeV2Event } from "./v2/event";

/** The payload for a webhook that subscribes to the event, in the format of the API version that created it. */
export function writeEvent(webhook: Webhook, event: AppEvent): object {
  switch (webhook.version) {
    case "v1":
      return writeV1Event(event);
    case "v1.1":
      return writeV1_1Event(webhook, event);
    case "v2":
      return writeV2Event(webhook, event);
  }
}

/** The event's name in the webhook's API version; undefined if the webhook does not subscribe to it. */
export function findTrigger({ version, triggers }: Webhook, event: AppEvent): string | undefined {
  const [name, ...wider] = version === "v2" ? [nameEvent(event)] : findLegacyTriggers(version, event);
  return [name, ...wider].some((trigger) => trigger !== undefined && triggers.includes(trigger))
    ? name
    : undefined;
}
