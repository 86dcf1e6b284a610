import type { Context } from "../context";
import { conflict, notFound } from "../errors";
import type { App } from "./app";

export interface AppUserProfile {
  readonly userId: string;
  readonly givenName?: string | undefined;
  readonly surname?: string | undefined;
  readonly email?: string | undefined;
  readonly signedUpAt?: string | undefined;
  readonly properties?: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly credentialRequired?: boolean | undefined;
}

export interface AppUser extends AppUserProfile {
  readonly id: string;
  readonly signedUpAt: string;
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  readonly credentialRequired: boolean;
  /** Begins with the first message. */
  conversation: Conversation | undefined;
}

export interface Conversation {
  readonly id: string;
  unreadCount: number;
  readonly messages: Message[];
}

export interface MessageContent {
  readonly role: "appUser" | "appMaker";
  readonly text: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly avatarUrl?: string | undefined;
}

export interface Message extends MessageContent {
  readonly id: string;
  readonly authorId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

export function createAppUser(
  { host, identifiers, history }: Context,
  app: App,
  profile: AppUserProfile,
): AppUser {
  if (findAppUser(app, profile.userId) !== undefined) {
    throw conflict("The app already has an app user with this userId.");
  }
  const user: AppUser = {
    ...profile,
    id: identifiers.objectId(),
    signedUpAt: profile.signedUpAt ?? new Date(host.now()).toISOString(),
    properties: profile.properties ?? {},
    credentialRequired: profile.credentialRequired ?? false,
    conversation: undefined,
  };
  history.beforeWrite(app);
  app.users.set(user.id, user);
  return user;
}

/** By the platform's id or by the business's own userId, which stand for each other in every path. */
export function getAppUser(app: App, idOrUserId: string): AppUser {
  const user = findAppUser(app, idOrUserId);
  if (user === undefined) throw notFound("The app has no app user with this id or userId.");
  return user;
}

function findAppUser(app: App, idOrUserId: string): AppUser | undefined {
  return app.users.get(idOrUserId) ?? [...app.users.values()].find((user) => user.userId === idOrUserId);
}

export function getConversation(user: AppUser): Conversation {
  if (user.conversation === undefined) throw notFound("The app user has no conversation yet.");
  return user.conversation;
}

export function postMessage(context: Context, app: App, user: AppUser, content: MessageContent): Message {
  const { host, identifiers, deliveries, history } = context;
  history.beforeWrite(app);
  user.conversation ??= { id: identifiers.objectId(), unreadCount: 0, messages: [] };
  const message: Message = {
    ...content,
    name: content.name ?? (content.role === "appUser" ? friendlyName(user) : undefined),
    id: identifiers.objectId(),
    // The documents show an opaque author for the business; its app is the nearest thing there is.
    authorId: content.role === "appUser" ? user.id : app.id,
    receivedAt: host.now(),
  };
  user.conversation.messages.push(message);
  if (content.role === "appMaker") user.conversation.unreadCount += 1;
  deliveries.start({ trigger: `message:${content.role}`, app, user, message });
  return message;
}

export function copyAppUser(user: AppUser): AppUser {
  const { conversation } = user;
  return {
    ...user,
    conversation: conversation && { ...conversation, messages: [...conversation.messages] },
  };
}

function friendlyName({ givenName, surname }: AppUser): string | undefined {
  const names = [givenName, surname].filter((part) => part !== undefined);
  return names.length === 0 ? undefined : names.join(" ");
}
