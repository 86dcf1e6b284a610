import type { Context } from "../context";
import { actionsOf, complete, type NewContent } from "../conversations/content";
import { answerForm } from "../conversations/form";
import { createConversation, postback, postMessage, readByUser, typeByUser } from "../conversations/happen";
import { addMedia } from "../conversations/media";
import {
  conversations,
  createUser,
  findDefaultConversation,
  findParticipant,
  friendlyName,
  getConversation,
  getMessage,
  users,
} from "../conversations/objects";
import { badRequest } from "../errors";
import type { App, Conversation, Message, User } from "../model";
import type {
  ChatConversation,
  ChatMessage,
  ChatMessages,
  ChatUser,
  ChatUsers,
  NewChatUser,
  UserAction,
} from "./contract";

const maxUsers = 200;

/** The users whose name or ids contain the text; those with the latest message come first. */
export function listChatUsers(app: App, search = ""): ChatUsers {
  const wanted = search.toLowerCase();
  const byUser = new Map<string, Conversation[]>();
  for (const conversation of conversations.listOf(app)) {
    for (const { userId } of conversation.participants) {
      byUser.set(userId, [...(byUser.get(userId) ?? []), conversation]);
    }
  }
  const found = users
    .listOf(app)
    .map((user) => describeUser(user, byUser.get(user.id) ?? []))
    .filter(({ id, externalId = "", name }) =>
      [id, externalId, name].some((text) => text.toLowerCase().includes(wanted)),
    )
    .sort((one, other) => latest(other) - latest(one));
  return { users: found.slice(0, maxUsers), hasMore: found.length > maxUsers };
}

function latest({ conversations }: ChatUser): number {
  return Math.max(0, ...conversations.map(({ lastMessageAt = 0 }) => lastMessageAt));
}

export function createChatUser(
  context: Context,
  app: App,
  { externalId, givenName, surname }: NewChatUser,
): ChatUser {
  const user = createUser(context, app, { externalId, profile: { givenName, surname } });
  return describeUser(user, []);
}

/** The user starts a conversation, as if with a channel's own button. */
export function startChat(context: Context, app: App, user: User): ChatConversation {
  if (findDefaultConversation(app, user) !== undefined && !app.settings.multiConvoEnabled) {
    throw badRequest("The user already has a conversation, and the app's `multiConvoEnabled` is off.");
  }
  return describeConversation(createConversation(context, app, user, "startConversation"), user);
}

/** The messages before one of them, or the latest ones; oldest first. */
export function listChatMessages(
  context: Context,
  conversation: Conversation,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): ChatMessages {
  const { messages } = conversation;
  const end = before === undefined ? messages.length : messages.indexOf(getMessage(conversation, before));
  const start = Math.max(0, end - limit);
  return describe(context, conversation, messages.slice(start, end), start > 0);
}

/** What the user of a conversation does; returns the messages that it adds. `origin` begins the URLs of uploads. */
export function act(
  context: Context,
  app: App,
  before: Conversation,
  action: UserAction,
  origin: string,
): ChatMessages {
  const user = getActor(app, before);
  carryOut(context, app, before, user, action, origin);
  const conversation = getConversation(app, before.id);
  const added = conversation.messages.slice(before.messages.length);
  return describe(context, conversation, added, before.messages.length > 0);
}

function carryOut(
  context: Context,
  app: App,
  conversation: Conversation,
  user: User,
  action: UserAction,
  origin: string,
): void {
  const post = (content: NewContent, quotedMessage?: Message, before = conversation) =>
    postMessage(
      context,
      app,
      before,
      { author: "user", content: complete(context.identifiers, content), quotedMessage },
      user,
    );
  switch (action.type) {
    case "text":
      post({ type: "text", text: action.text, payload: action.payload });
      return;
    case "image":
    case "file": {
      const { type, name: altText } = action;
      const { url: mediaUrl, mediaType, size: mediaSize } = addMedia(context, app, action, origin);
      post({ type, mediaUrl, mediaType, mediaSize, altText });
      return;
    }
    case "location":
      post({ type: "location", coordinates: { lat: action.latitude, long: action.longitude } });
      return;
    case "postback": {
      const message = getMessage(conversation, action.messageId);
      const pressed = actionsOf(message.content).find(({ id }) => id === action.actionId);
      if (pressed?.type !== "postback") throw badRequest("actionId: the message has no such postback");
      postback(context, app, conversation, user, message, pressed);
      return;
    }
    case "formResponse": {
      const form = getMessage(conversation, action.messageId);
      const { content, submitted } = answerForm(form, action.fields);
      const messages = conversation.messages.map((message) => (message === form ? submitted : message));
      post(content, submitted, { ...conversation, messages });
      return;
    }
    case "read":
      readByUser(context, app, conversation, user);
      return;
    case "typing":
      typeByUser(context, app, conversation, user, action.isTyping);
      return;
  }
}

/** The user of a personal conversation, or the first of a group. */
function getActor(app: App, { participants: [first] }: Conversation): User {
  const user = first && users.of(app).get(first.userId);
  if (user === undefined) throw badRequest("The conversation has no participant.");
  return user;
}

function describeUser(user: User, conversations: readonly Conversation[]): ChatUser {
  return {
    id: user.id,
    externalId: user.externalId,
    name: friendlyName(user) ?? user.externalId ?? "Anonymous user",
    conversations: conversations.map((conversation) => describeConversation(conversation, user)),
  };
}

function describeConversation(conversation: Conversation, user: User): ChatConversation {
  const { id, displayName, isDefault, messages } = conversation;
  return {
    id,
    name: displayName ?? undefined,
    isDefault,
    lastMessageAt: messages.at(-1)?.receivedAt,
    unread: findParticipant(conversation, user)?.unreadCount ?? 0,
  };
}

function describe(
  { host, typing }: Context,
  { id }: Conversation,
  messages: readonly Message[],
  hasMore: boolean,
): ChatMessages {
  return {
    messages: messages.map(describeMessage),
    hasMore,
    isTyping: typing.isTyping(id, host.now()),
  };
}

function describeMessage({ id, receivedAt, author, name, avatarUrl, content }: Message): ChatMessage {
  return { id, at: receivedAt, author, authorName: name, avatarUrl, content };
}
