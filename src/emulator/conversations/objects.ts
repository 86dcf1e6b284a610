import { z } from "zod";
import { Collection } from "../children";
import type { Context } from "../context";
import { ApiError, conflict } from "../errors";
import { flatObject } from "../fields";
import type { App, Conversation, Message, MessageContent, User } from "../model";

const optionalText = z.string().optional();

export const users = new Collection<User>(
  "users",
  z.object({
    id: z.string(),
    externalId: optionalText.transform((id) => id),
    profile: z.object({
      givenName: optionalText,
      surname: optionalText,
      email: optionalText,
      avatarUrl: optionalText,
      locale: optionalText,
    }),
    signedUpAt: z.string(),
    metadata: flatObject,
    credentialRequired: z.boolean(),
  }),
);

const savedMessage = z.object({
  author: z.enum(["user", "business"]),
  text: z.string(),
  name: optionalText,
  email: optionalText,
  avatarUrl: optionalText,
  metadata: flatObject.nullish(),
  id: z.string(),
  authorId: z.string(),
  receivedAt: z.number(),
});

export const conversations = new Collection<Conversation>(
  "conversations",
  z.object({
    id: z.string(),
    userId: z.string(),
    isDefault: z.boolean(),
    displayName: z.string().nullish(),
    description: z.string().nullish(),
    iconUrl: z.string().nullish(),
    metadata: flatObject.nullish(),
    createdAt: z.number(),
    unreadCount: z.number(),
    messages: z.array(savedMessage),
  }),
);

export type NewUser = { readonly [Name in keyof User]?: User[Name] | undefined };

export function createUser({ host, identifiers }: Context, app: App, given: NewUser): User {
  if (given.externalId !== undefined && findUser(app, given.externalId) !== undefined) {
    throw conflict("The app already has a user with this id.");
  }
  const user: User = {
    id: identifiers.objectId(),
    externalId: given.externalId,
    profile: given.profile ?? {},
    signedUpAt: given.signedUpAt ?? new Date(host.now()).toISOString(),
    metadata: given.metadata ?? {},
    credentialRequired: given.credentialRequired ?? false,
  };
  users.of(app).set(user.id, user);
  return user;
}

/** Finds a user by Smooch's id or by the business's own: every path accepts both. */
export function getUser(app: App, idOrExternalId: string): User {
  const user = findUser(app, idOrExternalId);
  if (user === undefined) {
    throw new ApiError(404, "user_not_found", "The app has no user with this id or external id.");
  }
  return user;
}

function findUser(app: App, idOrExternalId: string): User | undefined {
  return (
    users.of(app).get(idOrExternalId) ??
    users.listOf(app).find(({ externalId }) => externalId === idOrExternalId)
  );
}

type Description = Pick<Conversation, "displayName" | "description" | "iconUrl" | "metadata">;

export function createConversation(
  context: Context,
  app: App,
  user: User,
  description: Description,
): Conversation {
  const conversation = newConversation(context, app, user, description);
  conversations.of(app).set(conversation.id, conversation);
  return conversation;
}

/** Creates a conversation without adding it to the app, which happens with the first message. */
export function newConversation(
  { host, identifiers }: Context,
  app: App,
  user: User,
  description: Description = {},
): Conversation {
  return {
    ...description,
    id: identifiers.objectId(),
    userId: user.id,
    isDefault: findDefaultConversation(app, user) === undefined,
    createdAt: host.now(),
    unreadCount: 0,
    messages: [],
  };
}

export function getConversation(app: App, conversationId: string): Conversation {
  const conversation = conversations.of(app).get(conversationId);
  if (conversation === undefined) throw conversationNotFound("The app has no conversation with this id.");
  return conversation;
}

/** The user's first conversation, if any. */
export function findDefaultConversation(app: App, user: User): Conversation | undefined {
  return conversations.listOf(app).find(({ userId, isDefault }) => userId === user.id && isDefault);
}

export function postMessage(
  { host, identifiers, publish }: Context,
  app: App,
  before: Conversation,
  content: MessageContent,
): { message: Message; conversation: Conversation } {
  const user = users.of(app).get(before.userId);
  if (user === undefined) throw new Error(`Conversation ${before.id} has no user.`);
  const message: Message = {
    ...content,
    name: content.name ?? (content.author === "user" ? friendlyName(user) : undefined),
    id: identifiers.objectId(),
    // The documentation shows an opaque author id for the business; the app's id is the closest equivalent.
    authorId: content.author === "user" ? user.id : app.id,
    receivedAt: host.now(),
  };
  const conversation: Conversation = {
    ...before,
    unreadCount: before.unreadCount + (content.author === "business" ? 1 : 0),
    messages: [...before.messages, message],
  };
  conversations.of(app).set(conversation.id, conversation);
  publish({ id: identifiers.objectId(), app, user, conversation, message });
  return { message, conversation };
}

export function conversationNotFound(description: string): ApiError {
  return new ApiError(404, "conversation_not_found", description);
}

function friendlyName({ profile: { givenName, surname } }: User): string | undefined {
  const names = [givenName, surname].filter((part) => part !== undefined);
  return names.length === 0 ? undefined : names.join(" ");
}
