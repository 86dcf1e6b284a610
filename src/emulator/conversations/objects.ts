import { Collection } from "../children";
import type { Context } from "../context";
import { ApiError, conflict } from "../errors";
import {
  type App,
  type Conversation,
  type Media,
  type Message,
  type Participant,
  savedConversation,
  savedMedia,
  savedUser,
  type User,
} from "../model";

export const users = new Collection<User>("users", savedUser);
export const conversations = new Collection<Conversation>("conversations", savedConversation);
export const media = new Collection<Media>("media", savedMedia);

export type NewUser = { readonly [Name in keyof User]?: User[Name] | undefined };

export function createUser({ host, identifiers }: Context, app: App, given: NewUser): User {
  if (given.externalId !== undefined && findUser(app, given.externalId) !== undefined) {
    throw conflict("The app already has a user with this id.");
  }
  return users.put(app, {
    id: identifiers.objectId(),
    externalId: given.externalId,
    profile: given.profile ?? {},
    signedUpAt: given.signedUpAt ?? new Date(host.now()).toISOString(),
    metadata: given.metadata ?? {},
    credentialRequired: given.credentialRequired ?? false,
  });
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

export function getConversation(app: App, conversationId: string): Conversation {
  const conversation = conversations.of(app).get(conversationId);
  if (conversation === undefined) throw conversationNotFound("The app has no conversation with this id.");
  return conversation;
}

export function conversationsOf(app: App, user: User): Conversation[] {
  return conversations.listOf(app).filter((conversation) => findParticipant(conversation, user));
}

/** The user's first personal conversation, if any. */
export function findDefaultConversation(app: App, user: User): Conversation | undefined {
  return conversations
    .listOf(app)
    .find((conversation) => conversation.isDefault && findParticipant(conversation, user));
}

/** The user's default conversation; throws a 404 if there is none yet. */
export function getDefaultConversation(app: App, user: User): Conversation {
  const conversation = findDefaultConversation(app, user);
  if (conversation === undefined) throw conversationNotFound("The app user has no conversation yet.");
  return conversation;
}

export function findParticipant({ participants }: Conversation, { id }: User): Participant | undefined {
  return participants.find(({ userId }) => userId === id);
}

/** The user of a personal conversation; undefined for a group. */
export function findPerson(app: App, { type, participants: [only] }: Conversation): User | undefined {
  return type === "personal" && only !== undefined ? users.of(app).get(only.userId) : undefined;
}

export function getMessage({ messages }: Conversation, messageId: string): Message {
  const message = messages.find(({ id }) => id === messageId);
  if (message === undefined) {
    throw new ApiError(404, "not_found", "The conversation has no message with this id.");
  }
  return message;
}

export function conversationNotFound(description: string): ApiError {
  return new ApiError(404, "conversation_not_found", description);
}

/** The user's given name and surname, as far as they are known. */
export function friendlyName({ profile: { givenName, surname } }: User): string | undefined {
  const names = [givenName, surname].filter((part) => part !== undefined);
  return names.length === 0 ? undefined : names.join(" ");
}
