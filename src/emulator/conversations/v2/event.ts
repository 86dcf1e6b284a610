import type { Webhook } from "../../kinds/webhook/objects";
import type { AppEvent, Conversation, User } from "../../model";
import { writeMessage } from "./message";
import { writeShortUser, writeUser } from "./user";

/** The name of an event in v2. */
export function nameEvent({ type }: AppEvent): string {
  return names[type];
}

const names: { readonly [Type in AppEvent["type"]]: string } = {
  message: "conversation:message",
  postback: "conversation:postback",
  read: "conversation:read",
  typing: "conversation:typing",
  conversationCreate: "conversation:create",
  conversationJoin: "conversation:join",
  conversationLeave: "conversation:leave",
  conversationRemove: "conversation:remove",
  userRemove: "user:remove",
};

/** Payload of a v2 webhook. */
export function writeV2Event(webhook: Webhook, event: AppEvent): object {
  const { id, app, at } = event;
  const write = webhook.includeFullUser ? writeUser : writeShortUser;
  return {
    app: { id: app.id },
    webhook: { id: webhook.id, version: "v2" },
    events: [
      {
        id,
        createdAt: new Date(at).toISOString(),
        type: nameEvent(event),
        payload: writePayload(event, write),
      },
    ],
  };
}

// No event here comes from a client or a device, so `includeFullSource` adds nothing.
const source = { type: "api:conversations" } as const;

/** `write` is how the webhook wants users whose form it decides. */
function writePayload(event: AppEvent, write: (user: User) => object): object {
  switch (event.type) {
    case "message": {
      const { message, user } = event;
      const isByUser = message.author === "user" && user !== undefined;
      return {
        conversation: writeShortConversation(event.conversation),
        message: writeMessage(message, isByUser ? write(user) : undefined),
      };
    }
    case "postback":
      return {
        postback: { payload: event.action.payload, metadata: event.action.metadata },
        conversation: writeShortConversation(event.conversation),
        user: write(event.user),
        source,
      };
    case "read":
      return writeActivity(event, "conversation:read", write);
    case "typing":
      return writeActivity(event, event.isTyping ? "typing:start" : "typing:stop", write);
    case "conversationCreate":
      return {
        conversation: writeShortConversation(event.conversation),
        creationReason: event.reason,
        source,
        user: event.user && write(event.user),
      };
    case "conversationJoin":
    case "conversationLeave":
      return {
        conversation: writeShortConversation(event.conversation),
        user: writeShortUser(event.user),
      };
    case "conversationRemove":
      return { conversation: writeShortConversation(event.conversation) };
    case "userRemove":
      return { user: writeShortUser(event.user) };
  }
}

function writeActivity(
  { conversation, user }: { readonly conversation: Conversation; readonly user: User },
  type: string,
  write: (user: User) => object,
): object {
  const author = { type: "user", userId: user.id, user: write(user) };
  return { conversation: writeShortConversation(conversation), activity: { type, author, source } };
}

function writeShortConversation({ id, type, metadata }: Conversation) {
  return { id, type, metadata };
}
