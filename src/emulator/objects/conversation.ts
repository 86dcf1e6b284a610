import type { Context } from "../context";
import { conversationNotFound } from "../errors";
import type { App, Metadata } from "./app";
import type { User } from "./user";

/** Of one user with the business: `personal` in the words of v2. */
export interface Conversation {
  readonly id: string;
  readonly userId: string;
  /** True for a user's first one. It is the only one that the older generations know. */
  readonly isDefault: boolean;
  readonly displayName?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly iconUrl?: string | null | undefined;
  readonly metadata?: Metadata | null | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  unreadCount: number;
  readonly messages: Message[];
}

export interface MessageContent {
  readonly author: "user" | "business";
  readonly text: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly avatarUrl?: string | undefined;
  readonly metadata?: Metadata | null | undefined;
}

export interface Message extends MessageContent {
  readonly id: string;
  readonly authorId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

type Looks = Pick<Conversation, "displayName" | "description" | "iconUrl" | "metadata">;

export function createConversation(context: Context, app: App, user: User, looks: Looks): Conversation {
  const conversation = newConversation(context, app, user, looks);
  context.history.beforeWrite(app);
  app.conversations.set(conversation.id, conversation);
  return conversation;
}

/** One that the app holds from its first message on. */
export function newConversation(
  { host, identifiers }: Context,
  app: App,
  user: User,
  looks: Looks = {},
): Conversation {
  return {
    ...looks,
    id: identifiers.objectId(),
    userId: user.id,
    isDefault: findDefaultConversation(app, user) === undefined,
    createdAt: host.now(),
    unreadCount: 0,
    messages: [],
  };
}

export function getConversation(app: App, conversationId: string): Conversation {
  const conversation = app.conversations.get(conversationId);
  if (conversation === undefined) throw conversationNotFound("The app has no conversation with this id.");
  return conversation;
}

/** The user's first conversation, if there is one. */
export function findDefaultConversation(app: App, user: User): Conversation | undefined {
  return [...app.conversations.values()].find(({ userId, isDefault }) => userId === user.id && isDefault);
}

export function postMessage(
  context: Context,
  app: App,
  conversation: Conversation,
  content: MessageContent,
): Message {
  const { host, identifiers, deliveries, history } = context;
  const user = app.users.get(conversation.userId);
  if (user === undefined) throw new Error(`Conversation ${conversation.id} has lost its user.`);
  history.beforeWrite(app);
  const message: Message = {
    ...content,
    name: content.name ?? (content.author === "user" ? friendlyName(user) : undefined),
    id: identifiers.objectId(),
    // The documents show an opaque author for the business; its app is the nearest thing there is.
    authorId: content.author === "user" ? user.id : app.id,
    receivedAt: host.now(),
  };
  app.conversations.set(conversation.id, conversation);
  conversation.messages.push(message);
  if (content.author === "business") conversation.unreadCount += 1;
  deliveries.start({ id: identifiers.objectId(), app, user, conversation, message });
  return message;
}

export function copyConversation(conversation: Conversation): Conversation {
  return { ...conversation, messages: [...conversation.messages] };
}

function friendlyName({ profile: { givenName, surname } }: User): string | undefined {
  const names = [givenName, surname].filter((part) => part !== undefined);
  return names.length === 0 ? undefined : names.join(" ");
}
