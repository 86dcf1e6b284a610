import type { AppEvent } from "../../deliveries";
import type { User } from "../../objects/user";
import type { Webhook } from "../../objects/webhook";
import { findTrigger } from "../../triggers";
import type { MessageWire } from "./messages";
import { writeMessage } from "./messages";

/** What a webhook of v1 receives (legacy.md 4.6). */
interface EventWire {
  readonly trigger: string | undefined;
  readonly app: { readonly _id: string };
  readonly messages: readonly (MessageWire & { readonly source: { readonly type: "api" } })[];
  readonly appUser: FullAppUserWire | ShortAppUserWire;
}

/** The same in v1.1. Nobody here writes from a channel, so `client` and the source's `integrationId` never appear. */
interface EventV1_1Wire extends EventWire {
  readonly version: "v1.1";
  readonly conversation: { readonly _id: string };
}

interface FullAppUserWire {
  readonly _id: string;
  readonly userId: string | undefined;
  readonly givenName: string | undefined;
  readonly surname: string | undefined;
  readonly email: string | undefined;
  readonly properties: User["metadata"];
  readonly signedUpAt: string;
  readonly conversationStarted?: true;
  readonly clients: readonly [];
}

interface ShortAppUserWire {
  readonly _id: string;
  readonly userId: string | undefined;
  readonly conversationStarted: true;
}

export function writeEventV1(webhook: Webhook, event: AppEvent): EventWire {
  return {
    trigger: findTrigger(webhook, event),
    app: { _id: event.app.id },
    messages: [{ ...writeMessage(event.message), source: { type: "api" } }],
    appUser: writeFullAppUser(event.user),
  };
}

export function writeEventV1_1(webhook: Webhook, event: AppEvent): EventV1_1Wire {
  const { id, externalId } = event.user;
  const short = { _id: id, userId: externalId, conversationStarted: true } as const;
  return {
    ...writeEventV1(webhook, event),
    appUser: webhook.includeFullUser ? { ...writeFullAppUser(event.user), ...short } : short,
    conversation: { _id: event.conversation.id },
    version: "v1.1",
  };
}

function writeFullAppUser({ id, externalId, profile, metadata, signedUpAt }: User): FullAppUserWire {
  return {
    _id: id,
    userId: externalId,
    givenName: profile.givenName,
    surname: profile.surname,
    email: profile.email,
    properties: metadata,
    signedUpAt,
    clients: [],
  };
}
