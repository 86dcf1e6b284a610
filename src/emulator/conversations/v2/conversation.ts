import { z } from "zod";
import { type AppCall, withAnyScope } from "../../access";
import { badRequest, unknownRequest } from "../../errors";
import { metadata, shortText } from "../../fields";
import { parseBody } from "../../input";
import type { App, Conversation, User } from "../../model";
import { cutPage, pageQuery } from "../../page";
import { type Answer, type Route, route } from "../../route";
import { parseSupported } from "../../supported";
import { createConversation, createGroup, deleteConversation } from "../happen";
import {
  conversations,
  conversationsOf,
  findDefaultConversation,
  getConversation,
  getUser,
} from "../objects";
import { findNamed, maxParticipants, someone } from "./participant";

const list = "/v2/apps/{appId}/conversations";
const one = `${list}/{conversationId}`;
const filter = ["filter[userId]", "filter[userExternalId]"] as const;

export const conversationRoutes: Route[] = [
  route("createConversation", "POST", list, withAnyScope(create)),
  route("listConversations", "GET", list, withAnyScope(listOfUser), [...filter, ...pageQuery("v2")]),
  route("getConversation", "GET", one, withAnyScope(get)),
  route("updateConversation", "PATCH", one, withAnyScope(update)),
  route("deleteConversation", "DELETE", one, withAnyScope(remove)),
];

const description = {
  displayName: shortText.nullish(),
  description: shortText.nullish(),
  iconUrl: z.string().min(1).max(2048).nullish(),
  metadata: metadata.nullish(),
};
const newConversation = z.strictObject({
  ...description,
  type: z.enum(["personal", "sdkGroup"], { error: "must be personal or sdkGroup" }),
  participants: z
    .array(z.strictObject(someone))
    .max(maxParticipants, { error: `must not contain more than ${maxParticipants} participants` })
    .default([]),
});

function create({ context, app, request }: AppCall): Answer {
  const given = parseSupported(newConversation, request);
  const { type, participants, ...description } = given;
  const members = participants.map((participant, n) => findNamed(app, participant, `participants.${n}`));
  if (new Set(members).size < members.length) throw badRequest("participants: must not name a user twice");
  const conversation =
    type === "sdkGroup"
      ? createGroup(context, app, members, description)
      : createConversation(context, app, requirePerson(app, members), "none", description);
  return { status: 201, body: { conversation: writeConversation(conversation) } };
}

function requirePerson(app: App, [user, ...others]: readonly User[]): User {
  if (user === undefined || others.length > 0) {
    throw badRequest("participants: must contain exactly one participant");
  }
  if (findDefaultConversation(app, user) !== undefined && !app.settings.multiConvoEnabled) {
    throw unknownRequest("It does not support a user's second conversation without `multiConvoEnabled`.");
  }
  return user;
}

function listOfUser({ app, request }: AppCall): Answer {
  const given = filter.map((parameter) => request.query.getAll(parameter).at(-1));
  const [name, other] = given.filter((value) => value !== undefined);
  if (name === undefined || other !== undefined) {
    throw badRequest("filter: needs either userId or userExternalId");
  }
  const user = getUser(app, name);
  const { items, ...page } = cutPage(conversationsOf(app, user), request);
  return { status: 200, body: { conversations: items.map(writeConversation), ...page } };
}

function get({ app, params }: AppCall): Answer {
  const conversation = getConversation(app, params("conversationId"));
  return { status: 200, body: { conversation: writeConversation(conversation) } };
}

function update({ app, params, request }: AppCall): Answer {
  const before = getConversation(app, params("conversationId"));
  const change = parseBody(z.strictObject(description), request);
  const conversation = conversations.put(app, { ...before, ...change });
  return { status: 200, body: { conversation: writeConversation(conversation) } };
}

function remove({ context, app, params }: AppCall): Answer {
  const conversation = getConversation(app, params("conversationId"));
  if (conversation.isDefault) {
    throw badRequest("The default conversation cannot be deleted; its messages can.");
  }
  deleteConversation(context, app, conversation);
  return { status: 200, body: {} };
}

function writeConversation(conversation: Conversation) {
  const { id, type, isDefault, displayName, description, iconUrl, metadata } = conversation;
  const { createdAt, businessLastRead, messages } = conversation;
  return {
    id,
    type,
    isDefault,
    displayName,
    description,
    iconUrl,
    metadata,
    businessLastRead: businessLastRead === undefined ? undefined : new Date(businessLastRead).toISOString(),
    lastUpdatedAt: new Date(messages.at(-1)?.receivedAt ?? createdAt).toISOString(),
    createdAt: new Date(createdAt).toISOString(),
  };
}
