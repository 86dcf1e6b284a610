import type { Webhook } from "../kinds/webhook/objects";
import type { AppEvent, Conversation, User } from "../model";
import {
  type LegacyMessageWire,
  legacyRoles,
  type MessageWire,
  writeLegacyMessage,
  writeMessage,
} from "./message";
import { type ShortUserWire, type UserWire, writeShortUser, writeUser } from "./user";

/** The payload for a webhook, in the format of the API version that created it. */
export function writeEvent(webhook: Webhook, event: AppEvent): object {
  switch (webhook.version) {
    case "v1":
      return writeV1Event(webhook, event);
    case "v1.1":
      return writeV1_1Event(webhook, event);
    case "v2":
      return writeV2Event(webhook, event);
  }
}

/** The event's name in the webhook's API version; undefined if the webhook does not subscribe to it. */
export function findTrigger({ version, triggers }: Webhook, { message }: AppEvent): string | undefined {
  const name = version === "v2" ? "conversation:message" : `message:${legacyRoles[message.author]}`;
  // In v1 and v1.1, `message` covers both roles and `*` everything.
  const names = version === "v2" ? [name] : [name, "message", "*"];
  return names.some((listened) => triggers.includes(listened)) ? name : undefined;
}

/** Payload of a v1 webhook. */
interface V1EventWire {
  readonly trigger: string | undefined;
  readonly app: { readonly _id: string };
  readonly messages: readonly (LegacyMessageWire & { readonly source: { readonly type: "api" } })[];
  readonly appUser: FullAppUserWire | ShortAppUserWire;
}

/** Payload of a v1.1 webhook. No message here comes from a channel, so `client` and `integrationId` never appear. */
interface V1_1EventWire extends V1EventWire {
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

function writeV1Event(webhook: Webhook, event: AppEvent): V1EventWire {
  return {
    trigger: findTrigger(webhook, event),
    app: { _id: event.app.id },
    messages: [{ ...writeLegacyMessage(event.message), source: { type: "api" } }],
    appUser: writeFullAppUser(event.user),
  };
}

function writeV1_1Event(webhook: Webhook, event: AppEvent): V1_1EventWire {
  const { id, externalId } = event.user;
  const short = { _id: id, userId: externalId, conversationStarted: true } as const;
  return {
    ...writeV1Event(webhook, event),
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

/** Payload of a v2 webhook. */
interface V2EventWire {
  readonly app: { readonly id: string };
  readonly webhook: { readonly id: string; readonly version: "v2" };
  readonly events: readonly [
    {
      readonly id: string;
      readonly createdAt: string;
      readonly type: "conversation:message";
      readonly payload: {
        readonly conversation: {
          readonly id: string;
          readonly type: "personal";
          readonly metadata: Conversation["metadata"];
        };
        readonly message: EventMessageWire;
      };
    },
  ];
}

interface EventMessageWire extends Omit<MessageWire, "author"> {
  readonly author: MessageWire["author"] & { readonly user?: UserWire | ShortUserWire };
}

/** No message here comes from a client or a device, so `includeFullSource` adds nothing. */
function writeV2Event(webhook: Webhook, { id, app, conversation, user, message }: AppEvent): V2EventWire {
  const wire = writeMessage(message);
  const author = webhook.includeFullUser ? writeUser(user) : writeShortUser(user);
  const event = {
    id,
    createdAt: wire.received,
    type: "conversation:message",
    payload: {
      conversation: { id: conversation.id, type: "personal", metadata: conversation.metadata },
      message: {
        ...wire,
        author: { ...wire.author, ...(message.author === "user" && { user: author }) },
      },
    },
  } as const;
  return { app: { id: app.id }, webhook: { id: webhook.id, version: "v2" }, events: [event] };
}
