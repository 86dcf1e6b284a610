import type { Webhook } from "../../kinds/webhook/objects";
import type { AppEvent, User } from "../../model";
import { withLegacyId } from "./content";
import { type LegacyMessageWire, legacyRoles, writeLegacyMessage } from "./message";

/** The events that v1 and v1.1 have; in both, all of them concern a user's own conversation. */
type LegacyEvent = Extract<
  AppEvent,
  { type: "message" | "postback" | "read" | "typing" | "conversationCreate" }
> & { readonly user: User };

/** The event's name in v1 or v1.1, then what covers it too. Empty if that API version does not have the event. */
export function findLegacyTriggers(version: "v1" | "v1.1", event: AppEvent): string[] {
  if (!isLegacyEvent(event)) return [];
  switch (event.type) {
    case "message":
      return [`message:${legacyRoles[event.message.author]}`, "message", "*"];
    case "postback":
      return ["postback", "*"];
    case "read":
      return ["conversation:read", "*"];
    case "typing":
      // `*` does not cover it: clients list both.
      return version === "v1" ? [] : ["typing:appUser"];
    case "conversationCreate":
      // Only if the user starts it; a message of the business or a call does not.
      return event.reason === "startConversation" ? ["conversation:start", "*"] : [];
  }
}

function isLegacyEvent(event: AppEvent): event is LegacyEvent {
  switch (event.type) {
    case "message":
    case "postback":
    case "read":
    case "typing":
    case "conversationCreate":
      return event.user !== undefined && event.conversation.type === "personal";
    default:
      return false;
  }
}

/** Payload of a v1 webhook, without what depends on the trigger. */
interface V1EventWire {
  readonly trigger: string | undefined;
  readonly app: { readonly _id: string };
  readonly appUser: FullAppUserWire | ShortAppUserWire;
  readonly messages?: readonly (LegacyMessageWire & { readonly source: { readonly type: "api" } })[];
  readonly postbacks?: readonly [{ readonly message: LegacyMessageWire; readonly action: object }];
  readonly activity?: { readonly type: "typing:start" | "typing:stop" };
  readonly source?: { readonly type: "api" };
  /** Seconds since the epoch, with a fractional part. */
  readonly timestamp?: number;
}

/** Payload of a v1.1 webhook. Nothing here comes from a channel, so `client` and `integrationId` never appear. */
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
  readonly conversationStarted?: true;
}

export function writeV1Event(event: AppEvent): V1EventWire {
  const { user } = requireLegacyEvent(event);
  const { id, externalId } = user;
  // The reference shows the short form for this trigger only.
  const isShort = event.type === "read";
  return writeCommon("v1", event, isShort ? { _id: id, userId: externalId } : writeFullAppUser(user));
}

export function writeV1_1Event({ includeFullUser }: Webhook, event: AppEvent): V1_1EventWire {
  const { user, conversation } = requireLegacyEvent(event);
  const short = { _id: user.id, userId: user.externalId, conversationStarted: true } as const;
  return {
    ...writeCommon("v1.1", event, includeFullUser ? { ...writeFullAppUser(user), ...short } : short),
    conversation: { _id: conversation.id },
    version: "v1.1",
  };
}

const source = { type: "api" } as const;

function writeCommon(
  version: "v1" | "v1.1",
  event: AppEvent,
  appUser: FullAppUserWire | ShortAppUserWire,
): V1EventWire {
  const [trigger] = findLegacyTriggers(version, event);
  return { trigger, app: { _id: event.app.id }, ...writeDetails(event), appUser };
}

function writeDetails(event: AppEvent): Partial<V1EventWire> {
  const sourced = { source, timestamp: event.at / 1000 };
  switch (event.type) {
    case "message":
      return { messages: [{ ...writeLegacyMessage(event.message), source }] };
    case "postback": {
      const message = { ...writeLegacyMessage(event.message), source };
      return { postbacks: [{ message, action: withLegacyId(event.action) }] };
    }
    case "typing":
      return { ...sourced, activity: { type: event.isTyping ? "typing:start" : "typing:stop" } };
    default:
      return sourced;
  }
}

function requireLegacyEvent(event: AppEvent): LegacyEvent {
  if (isLegacyEvent(event)) return event;
  throw new Error(`v1 and v1.1 have no event for ${event.type}.`);
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
