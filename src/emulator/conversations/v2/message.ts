import { z } from "zod";
import { type AppCall, withAnyScope } from "../../access";
import { metadata } from "../../fields";
import type { Message } from "../../model";
import { cutNewest, pageQuery } from "../../page";
import { type Answer, type Route, route } from "../../route";
import { parseSupported } from "../../supported";
import { deleteMessages, postMessage } from "../happen";
import { getConversation, getMessage } from "../objects";
import { parseContent, writeContent } from "./content";
import { findAuthor, someone } from "./participant";

const list = "/v2/apps/{appId}/conversations/{conversationId}/messages";
const one = `${list}/{messageId}`;

export const messageRoutes: Route[] = [
  route("postMessage", "POST", list, withAnyScope(post)),
  route("getMessages", "GET", list, withAnyScope(listNewest), pageQuery("v2")),
  route("deleteMessages", "DELETE", list, withAnyScope(removeAll)),
  route("deleteMessage", "DELETE", one, withAnyScope(remove)),
];

export const author = z.strictObject({
  type: z.enum(["user", "business"], { error: "must be user or business" }),
  ...someone,
  displayName: z.string().optional(),
  avatarUrl: z.string().min(1).max(2048).optional(),
});
const newMessage = z.strictObject({
  author,
  content: z.looseObject({ type: z.string() }),
  metadata: metadata.nullish(),
});

function post({ context, app, params, request }: AppCall): Answer {
  const conversation = getConversation(app, params("conversationId"));
  const { author, metadata } = parseSupported(newMessage, request);
  const content = parseContent(context, request);
  const user = findAuthor(app, conversation, author);
  const { type, displayName: name, avatarUrl } = author;
  const given = { author: type, content, name, avatarUrl, metadata };
  const { message } = postMessage(context, app, conversation, given, user);
  return { status: 201, body: { messages: [writeMessage(message)] } };
}

function listNewest({ app, params, request }: AppCall): Answer {
  const { messages } = getConversation(app, params("conversationId"));
  const { items, ...page } = cutNewest(messages, request);
  return { status: 200, body: { messages: items.map((message) => writeMessage(message)), ...page } };
}

function remove({ app, params }: AppCall): Answer {
  const conversation = getConversation(app, params("conversationId"));
  const message = getMessage(conversation, params("messageId"));
  deleteMessages(app, conversation, (other) => other === message);
  return { status: 200, body: {} };
}

function removeAll({ app, params }: AppCall): Answer {
  deleteMessages(app, getConversation(app, params("conversationId")), () => true);
  return { status: 200, body: {} };
}

/** `user` is what a webhook says about the author. */
export function writeMessage(message: Message, user?: object): object {
  const { id, author, authorId, name, avatarUrl, content, quotedMessage, metadata, receivedAt } = message;
  const userId = author === "user" ? authorId : undefined;
  return {
    id,
    received: new Date(receivedAt).toISOString(),
    author: { type: author, userId, displayName: name, avatarUrl, user },
    content: writeContent(content),
    source: { type: "api:conversations" },
    quotedMessage: quotedMessage && { type: "message", message: writeMessage(quotedMessage) },
    metadata,
  };
}
