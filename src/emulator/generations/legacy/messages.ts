import { z } from "zod";
import type { Access, AppCall } from "../../access";
import { withApp, withImpliedApp } from "../../access";
import { conversationNotFound, unknownRequest } from "../../errors";
import { text } from "../../fields";
import { parseBody } from "../../input";
import type { App } from "../../objects/app";
import type { Conversation, Message } from "../../objects/conversation";
import { findDefaultConversation, newConversation, postMessage } from "../../objects/conversation";
import type { User } from "../../objects/user";
import { getUser } from "../../objects/user";
import type { Answer, Route } from "../../route";
import { legacyRoles } from "../../triggers";
import type { Dialect } from "./dialect";

export function messageRoutes(version: Dialect["version"]): Route[] {
  return [
    ...routesUnder(`/${version}/apps/{appId}/appusers/{userId}/messages`, withApp),
    ...routesUnder(`/${version}/appusers/{userId}/messages`, withImpliedApp),
  ];
}

function routesUnder(path: string, allow: Access): Route[] {
  return [
    { operation: "postMessage", method: "POST", path, query: [], answer: allow(post) },
    { operation: "getMessages", method: "GET", path, query: [], answer: allow(list) },
  ];
}

const content = {
  role: z.enum(["appUser", "appMaker"], { error: "must be appUser or appMaker" }),
  type: z.string().default("text"),
  name: z.string().optional(),
  email: z.string().optional(),
  avatarUrl: z.string().optional(),
};
const anyMessageWire = z.looseObject(content);
const textMessageWire = z.object({ ...content, text });

export interface MessageWire {
  readonly _id: string;
  readonly type: "text";
  readonly text: string;
  readonly role: "appUser" | "appMaker";
  readonly authorId: string;
  readonly name: string | undefined;
  readonly avatarUrl: string | undefined;
  /** Seconds since the epoch, with decimals. */
  readonly received: number;
}

// The documents' own limit for one answer.
const maxMessages = 100;

function post({ context, app, params, request }: AppCall): Answer {
  const user = getUser(app, params("userId"));
  requirePlainText(parseBody(anyMessageWire, request));
  const { role, type: _, ...given } = parseBody(textMessageWire, request);
  const conversation = findDefaultConversation(app, user) ?? newConversation(context, app, user);
  const author = role === "appUser" ? "user" : "business";
  const message = postMessage(context, app, conversation, { ...given, author });
  return {
    status: 201,
    body: { message: writeMessage(message), conversation: writeConversation(conversation) },
  };
}

function list({ app, params }: AppCall): Answer {
  const conversation = requireConversation(app, getUser(app, params("userId")));
  const messages = conversation.messages.slice(-maxMessages).map(writeMessage);
  return { status: 200, body: { conversation: writeConversation(conversation), messages } };
}

function requireConversation(app: App, user: User): Conversation {
  const conversation = findDefaultConversation(app, user);
  if (conversation === undefined) throw conversationNotFound("The app user has no conversation yet.");
  return conversation;
}

/** The platform knows images, buttons and more; the emulator plays plain text, which is enough for a webhook to ring. */
function requirePlainText(message: z.infer<typeof anyMessageWire>): void {
  if (message.type !== "text") {
    throw unknownRequest("It plays messages of the type `text` only.");
  }
  const unknown = Object.keys(message).filter((field) => !(field in textMessageWire.shape));
  if (unknown.length > 0) {
    throw unknownRequest(`It does not play these fields of a message: ${unknown.join(", ")}.`);
  }
}

export function writeMessage(message: Message): MessageWire {
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

function writeConversation({ id, unreadCount }: Conversation): { _id: string; unreadCount: number } {
  return { _id: id, unreadCount };
}
