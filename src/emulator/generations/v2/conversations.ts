import { z } from "zod";
import type { AppCall } from "../../access";
import { withApp } from "../../access";
import { badRequest, unknownRequest } from "../../errors";
import { metadata, shortText } from "../../fields";
import { parseBody } from "../../input";
import type { App } from "../../objects/app";
import type { Conversation, Message } from "../../objects/conversation";
import {
  createConversation,
  findDefaultConversation,
  getConversation,
  postMessage,
} from "../../objects/conversation";
import { getUser } from "../../objects/user";
import type { Answer, Route } from "../../route";
import { parsePlayed, requirePlayed } from "./played";

const conversations = "/v2/apps/{appId}/conversations";
const messages = `${conversations}/{conversationId}/messages`;

/** Enough of them for a webhook to ring: personal conversations of plain text. */
export const conversationRoutes: readonly Route[] = [
  {
    operation: "createConversation",
    method: "POST",
    path: conversations,
    query: [],
    answer: withApp(create),
  },
  { operation: "postMessage", method: "POST", path: messages, query: [], answer: withApp(post) },
];

const someone = { userId: z.string().optional(), userExternalId: z.string().optional() };
const conversationShape = {
  type: z.enum(["personal", "sdkGroup"], { error: "must be personal or sdkGroup" }),
  participants: z.array(z.looseObject(someone)).length(1, { error: "must hold exactly one participant" }),
  displayName: shortText.nullish(),
  description: shortText.nullish(),
  iconUrl: z.string().min(1).max(2048).nullish(),
  metadata: metadata.nullish(),
};

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

interface ConversationWire {
  readonly id: string;
  readonly type: "personal";
  readonly isDefault: boolean;
  readonly displayName: string | null | undefined;
  readonly description: string | null | undefined;
  readonly iconUrl: string | null | undefined;
  readonly metadata: Conversation["metadata"];
  readonly lastUpdatedAt: string;
  readonly createdAt: string;
}

export interface MessageWire {
  readonly id: string;
  /** As in 2020-09-30T13:46:02.733Z. */
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

function create({ context, app, request }: AppCall): Answer {
  requirePersonal(parseBody(z.looseObject({ type: conversationShape.type }), request));
  const given = parsePlayed("a conversation", conversationShape, request);
  const { type: _, participants, ...looks } = given;
  const [participant = {}] = participants;
  requirePlayed("a participant", someone, participant);
  const user = getUser(app, nameSomeone(participant, "participants.0"));
  if (findDefaultConversation(app, user) !== undefined && !app.settings.multiConvoEnabled) {
    throw unknownRequest("It does not play a user's second conversation without `multiConvoEnabled`.");
  }
  const conversation = createConversation(context, app, user, looks);
  return { status: 201, body: { conversation: writeConversation(conversation) } };
}

function post({ context, app, params, request }: AppCall): Answer {
  const conversation = getConversation(app, params("conversationId"));
  const { author, content, metadata } = parsePlayed("a message", messageShape, request);
  requirePlayed("an author", authorShape, author);
  if (content.type !== "text") throw unknownRequest("It plays messages of the type `text` only.");
  requirePlayed("a message's content", contentShape, content);
  const { text } = parseBody(z.object({ content: z.object(contentShape) }), request).content;
  requireParticipant(app, conversation, author);
  const message = postMessage(context, app, conversation, {
    author: author.type,
    text,
    name: author.displayName,
    avatarUrl: author.avatarUrl,
    metadata,
  });
  return { status: 201, body: { messages: [writeMessage(message)] } };
}

function requirePersonal({ type }: { type: string }): void {
  if (type !== "personal") throw unknownRequest("It plays conversations of the type `personal` only.");
}

type Someone = z.infer<z.ZodObject<typeof someone>>;

function nameSomeone({ userId, userExternalId }: Someone, where: string): string {
  const name = userId ?? userExternalId;
  if (name === undefined) throw badRequest(`${where}: needs a userId or a userExternalId`);
  return name;
}

function requireParticipant(
  app: App,
  conversation: Conversation,
  author: Someone & { readonly type: "user" | "business" },
): void {
  if (author.type === "business") {
    if ((author.userId ?? author.userExternalId) === undefined) return;
    throw badRequest("author: has a user with the type `user` only");
  }
  if (getUser(app, nameSomeone(author, "author")).id === conversation.userId) return;
  throw badRequest("author: is not a participant of the conversation");
}

function writeConversation(conversation: Conversation): ConversationWire {
  const { id, isDefault, displayName, description, iconUrl, metadata, createdAt, messages } = conversation;
  const lastUpdatedAt = messages.at(-1)?.receivedAt ?? createdAt;
  return {
    id,
    type: "personal",
    isDefault,
    displayName,
    description,
    iconUrl,
    metadata,
    lastUpdatedAt: new Date(lastUpdatedAt).toISOString(),
    createdAt: new Date(createdAt).toISOString(),
  };
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
