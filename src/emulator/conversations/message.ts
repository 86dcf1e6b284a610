import { z } from "zod";
import { type Access, type AppCall, withAnyScope, withApp, withImpliedApp } from "../access";
import type { ApiVersion } from "../api-version";
import { badRequest, unknownRequest } from "../errors";
import { metadata, text } from "../fields";
import { parseBody } from "../input";
import type { App, Conversation, Message, User } from "../model";
import type { Answer, Route } from "../route";
import { parseSupported, requireSupported } from "../supported";
import {
  conversationNotFound,
  findDefaultConversation,
  getConversation,
  getUser,
  newConversation,
  postMessage,
} from "./objects";
import { nameSomeone, type Someone, someone } from "./participant";

/** Plain-text messages: enough to trigger a webhook. */
export function messageRoutes(apiVersion: ApiVersion): Route[] {
  if (apiVersion === "v2") {
    const path = "/v2/apps/{appId}/conversations/{conversationId}/messages";
    return [{ operation: "postMessage", method: "POST", path, query: [], answer: withAnyScope(post) }];
  }
  return [
    ...legacyRoutes(`/${apiVersion}/apps/{appId}/appusers/{userId}/messages`, withApp),
    ...legacyRoutes(`/${apiVersion}/appusers/{userId}/messages`, withImpliedApp),
  ];
}

/** The v1 and v1.1 names of message authors. */
export const legacyRoles = { user: "appUser", business: "appMaker" } as const;

function legacyRoutes(path: string, allow: Access): Route[] {
  return [
    { operation: "postMessage", method: "POST", path, query: [], answer: allow(postLegacy) },
    { operation: "getMessages", method: "GET", path, query: [], answer: allow(list) },
  ];
}

const legacyContent = {
  role: z.enum(["appUser", "appMaker"], { error: "must be appUser or appMaker" }),
  type: z.string().default("text"),
  name: z.string().optional(),
  email: z.string().optional(),
  avatarUrl: z.string().optional(),
};
const anyLegacyWire = z.looseObject(legacyContent);
const legacyWire = z.object({ ...legacyContent, text });

export interface LegacyMessageWire {
  readonly _id: string;
  readonly type: "text";
  readonly text: string;
  readonly role: "appUser" | "appMaker";
  readonly authorId: string;
  readonly name: string | undefined;
  readonly avatarUrl: string | undefined;
  /** Seconds since the epoch, with a fractional part. */
  readonly received: number;
}

// The documented page limit.
const maxMessages = 100;

function postLegacy({ context, app, params, request }: AppCall): Answer {
  const user = getUser(app, params("userId"));
  requirePlainText(parseBody(anyLegacyWire, request));
  const { role, type: _, ...given } = parseBody(legacyWire, request);
  const before = findDefaultConversation(app, user) ?? newConversation(context, app, user);
  const author = role === "appUser" ? "user" : "business";
  const { message, conversation } = postMessage(context, app, before, { ...given, author });
  return {
    status: 201,
    body: { message: writeLegacyMessage(message), conversation: writeLegacyConversation(conversation) },
  };
}

function list({ app, params }: AppCall): Answer {
  const conversation = requireConversation(app, getUser(app, params("userId")));
  const messages = conversation.messages.slice(-maxMessages).map(writeLegacyMessage);
  return { status: 200, body: { conversation: writeLegacyConversation(conversation), messages } };
}

function requireConversation(app: App, user: User): Conversation {
  const conversation = findDefaultConversation(app, user);
  if (conversation === undefined) throw conversationNotFound("The app user has no conversation yet.");
  return conversation;
}

/** Smooch has images, buttons and more; the emulator supports plain text, which is enough to trigger a webhook. */
function requirePlainText(message: z.infer<typeof anyLegacyWire>): void {
  requireText(message.type);
  requireSupported("a message", legacyWire.shape, message);
}

function requireText(type: string): void {
  if (type !== "text") throw unknownRequest("It supports messages of the type `text` only.");
}

export function writeLegacyMessage(message: Message): LegacyMessageWire {
  return {
    _id: message.id,
    type: "text",
    text: message.text,
    role: legacyRoles[message.author],
    authorId: message.authorId,
    name: message.name,
    avatarUrl: message.avatarUrl,
    received: message.receivedAt / 1000,
  };
}

function writeLegacyConversation({ id, unreadCount }: Conversation): { _id: string; unreadCount: number } {
  return { _id: id, unreadCount };
}

const authorShape = {
  type: z.enum(["user", "business"], { error: "must be user or business" }),
  ...someone,
  displayName: z.string().optional(),
  avatarUrl: z.string().min(1).max(2048).optional(),
};
const contentShape = { type: z.literal("text"), text: z.string().min(1).max(4096) };
const messageShape = {
  author: z.looseObject(authorShape),
  content: z.looseObject({ type: z.string() }),
  metadata: metadata.nullish(),
};

export interface MessageWire {
  readonly id: string;
  /** For example `2020-09-30T13:46:02.733Z`. */
  readonly received: string;
  readonly author: {
    readonly type: "user" | "business";
    readonly userId: string | undefined;
    readonly displayName: string | undefined;
    readonly avatarUrl: string | undefined;
  };
  readonly content: { readonly type: "text"; readonly text: string };
  readonly source: { readonly type: "api:conversations" };
  readonly metadata: Message["metadata"];
}

function post({ context, app, params, request }: AppCall): Answer {
  const conversation = getConversation(app, params("conversationId"));
  const { author, content, metadata } = parseSupported("a message", messageShape, request);
  requireSupported("an author", authorShape, author);
  requireText(content.type);
  requireSupported("a message's content", contentShape, content);
  const { text } = parseBody(z.object({ content: z.object(contentShape) }), request).content;
  requireParticipant(app, conversation, author);
  const { message } = postMessage(context, app, conversation, {
    author: author.type,
    text,
    name: author.displayName,
    avatarUrl: author.avatarUrl,
    metadata,
  });
  return { status: 201, body: { messages: [writeMessage(message)] } };
}

function requireParticipant(
  app: App,
  conversation: Conversation,
  author: Someone & { readonly type: "user" | "business" },
): void {
  if (author.type === "business") {
    if ((author.userId ?? author.userExternalId) === undefined) return;
    throw badRequest("author: may name a user only if its type is `user`");
  }
  if (getUser(app, nameSomeone(author, "author")).id === conversation.userId) return;
  throw badRequest("author: is not a participant of the conversation");
}

export function writeMessage(message: Message): MessageWire {
  const { id, author, authorId, name, avatarUrl, text, metadata, receivedAt } = message;
  const userId = author === "user" ? authorId : undefined;
  return {
    id,
    received: new Date(receivedAt).toISOString(),
    author: { type: author, userId, displayName: name, avatarUrl },
    content: { type: "text", text },
    source: { type: "api:conversations" },
    metadata,
  };
}
