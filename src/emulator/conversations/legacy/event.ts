import type { Webhook } from "../../kinds/webhook/objects";
import type { AppEvent, User } from "../../model";
import { withLegacyId } from "./content";
import { legacyRoles, writeLegacyMessage } from "./message";

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

// Users join and leave groups only.
function isLegacyEvent(event: AppEvent): event is LegacyEvent {
  if (!("conversation" in event && "user" in event)) return false;
  return event.user !== undefined && event.conversation.type === "personal";
}

/** Payload of a v1 webhook. */
export function writeV1Event(event: AppEvent): object {
  const { user } = requireLegacyEvent(event);
  const { id, externalId } = user;
  // The reference shows the short form for this trigger only.
  const isShort = event.type === "read";
  return writeCommon("v1", event, isShort ? { _id: id, userId: externalId } : writeFullAppUser(user));
}

/** Payload of a v1.1 webhook. Nothing here comes from a channel, so `client` and `integrationId` never appear. */
export function writeV1_1Event({ includeFullUser }: Webhook, event: AppEvent): object {
  const { user, conversation } = requireLegacyEvent(event);
  const short = { _id: user.id, userId: user.externalId, conversationStarted: true };
  return {
    ...writeCommon("v1.1", event, includeFullUser ? { ...writeFullAppUser(user), ...short } : short),
    conversation: { _id: conversation.id },
    version: "v1.1",
  };
}

const source = { type: "api" };

function writeCommon(version: "v1" | "v1.1", event: AppEvent, appUser: object): object {
  const [trigger] = findLegacyTriggers(version, event);
  return { trigger, app: { _id: event.app.id }, ...writeDetails(event), appUser };
}

function writeDetails(event: AppEvent): object {
  // The timestamp is in seconds since the epoch, with a fractional part.
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

function writeFullAppUser({ id, externalId, profile, metadata, signedUpAt }: User): object {
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
