import { z } from "zod";
import { type Access, type AppCall, withAndWithoutApp } from "../../access";
import { parseQuery } from "../../input";
import type { Conversation, Message } from "../../model";
import { type Answer, type Incoming, type Route, route } from "../../route";
import { createConversation, deleteMessages, postMessage } from "../happen";
import { findDefaultConversation, getDefaultConversation, getMessage, getUser } from "../objects";
import { parseMessage, writeContent } from "./content";

export function messageRoutes(apiVersion: "v1" | "v1.1"): Route[] {
  return withAndWithoutApp(apiVersion, "/appusers/{userId}/messages", routesUnder);
}

function routesUnder(path: string, allow: Access): Route[] {
  const one = `${path}/{messageId}`;
  return [
    route("postMessage", "POST", path, allow(post)),
    route("getMessages", "GET", path, allow(list), ["before", "after"]),
    route("deleteMessages", "DELETE", path, allow(removeAll)),
    route("deleteMessage", "DELETE", one, allow(remove)),
  ];
}

/** The v1 and v1.1 names of message authors. */
export const legacyRoles = { user: "appUser", business: "appMaker" } as const;

// The documented page limit.
const maxMessages = 100;

function post({ context, app, params, request }: AppCall): Answer {
  const user = getUser(app, params("userId"));
  const given = parseMessage(context, request);
  const before = findDefaultConversation(app, user) ?? createConversation(context, app, user, "message");
  const author = given.author === "user" ? user : undefined;
  const { message, conversation } = postMessage(context, app, before, given, author);
  return {
    status: 201,
    body: { message: writeLegacyMessage(message), conversation: writeLegacyConversation(conversation) },
  };
}

const seconds = z
  .string()
  .regex(/^\d+(\.\d+)?$/, { error: "must be a time in seconds" })
  .transform(Number)
  .optional();
const pageWire = z
  .object({ before: seconds, after: seconds })
  .refine(({ before, after }) => before === undefined || after === undefined, {
    error: "before and after cannot be combined",
  });

function list({ app, params, request }: AppCall): Answer {
  const { before, after } = parseQuery(pageWire, request);
  const conversation = getDefaultConversation(app, getUser(app, params("userId")));
  const { messages } = conversation;
  const page =
    after === undefined
      ? messages.filter(({ receivedAt }) => receivedAt < (before ?? Infinity) * 1000).slice(-maxMessages)
      : messages.filter(({ receivedAt }) => receivedAt > after * 1000).slice(0, maxMessages);
  const last = page.at(-1);
  const hasNext = last !== undefined && last !== messages.at(-1);
  return {
    status: 200,
    body: {
      conversation: writeLegacyConversation(conversation),
      messages: page.map(writeLegacyMessage),
      ...(hasNext && { next: linkAfter(request, last) }),
    },
  };
}

function linkAfter({ headers, path }: Incoming, { receivedAt }: Message): string {
  const host = headers.get("host");
  return `${host === undefined ? "" : `http://${host}`}${path}?after=${receivedAt / 1000}`;
}

function remove({ app, params }: AppCall): Answer {
  const conversation = getDefaultConversation(app, getUser(app, params("userId")));
  const message = getMessage(conversation, params("messageId"));
  deleteMessages(app, conversation, (other) => other === message);
  return { status: 200, body: {} };
}

function removeAll({ app, params }: AppCall): Answer {
  const conversation = getDefaultConversation(app, getUser(app, params("userId")));
  deleteMessages(app, conversation, () => true);
  return { status: 200, body: {} };
}

export function writeLegacyMessage(message: Message): object {
  return {
    _id: message.id,
    ...writeContent(message.content),
    role: legacyRoles[message.author],
    authorId: message.authorId,
    name: message.name,
    email: message.email,
    avatarUrl: message.avatarUrl,
    metadata: message.metadata,
    // Seconds since the epoch, with a fractional part.
    received: message.receivedAt / 1000,
  };
}

export function writeLegacyConversation({ id, participants }: Conversation): object {
  return { _id: id, unreadCount: participants[0]?.unreadCount ?? 0 };
}
