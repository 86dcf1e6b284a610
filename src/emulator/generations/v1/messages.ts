import { z } from "zod";
import type { AppCall } from "../../access";
import { withApp, withImpliedApp } from "../../access";
import { unknownRequest } from "../../errors";
import { parseBody } from "../../input";
import type { Conversation, Message } from "../../objects/appuser";
import { getAppUser, getConversation, postMessage } from "../../objects/appuser";
import type { Answer, Route } from "../../route";
import { text } from "./fields";

export const messageRoutes: readonly Route[] = [
  ...routesUnder("/v1/apps/{appId}/appusers/{userId}/messages", withApp),
  ...routesUnder("/v1/appusers/{userId}/messages", withImpliedApp),
];

function routesUnder(path: string, allow: typeof withApp): Route[] {
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
  const user = getAppUser(app, params("userId"));
  requirePlainText(parseBody(anyMessageWire, request));
  const message = postMessage(context, app, user, parseBody(textMessageWire, request));
  const conversation = writeConversation(getConversation(user));
  return { status: 201, body: { message: writeMessage(message), conversation } };
}

function list({ app, params }: AppCall): Answer {
  const conversation = getConversation(getAppUser(app, params("userId")));
  const messages = conversation.messages.slice(-maxMessages).map(writeMessage);
  return { status: 200, body: { conversation: writeConversation(conversation), messages } };
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
    role: message.role,
    authorId: message.authorId,
    name: message.name,
    avatarUrl: message.avatarUrl,
    received: message.receivedAt / 1000,
  };
}

function writeConversation({ id, unreadCount }: Conversation): { _id: string; unreadCount: number } {
  return { _id: id, unreadCount };
}
