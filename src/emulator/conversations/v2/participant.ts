import { z } from "zod";
import { type AppCall, withAnyScope } from "../../access";
import { ApiError, badRequest } from "../../errors";
import { parseBody } from "../../input";
import type { App, Conversation, Participant, User } from "../../model";
import { cutPage, pageQuery } from "../../page";
import { type Answer, type Route, route } from "../../route";
import { parseSupported } from "../../supported";
import { join, leave } from "../happen";
import { findParticipant, getConversation, getUser, users } from "../objects";

const path = "/v2/apps/{appId}/conversations/{conversationId}";

export const participantRoutes: Route[] = [
  route("listParticipants", "GET", `${path}/participants`, withAnyScope(list), pageQuery("v2")),
  route("joinConversation", "POST", `${path}/join`, withAnyScope(joinGroup)),
  route("leaveConversation", "POST", `${path}/leave`, withAnyScope(leaveGroup)),
];

/** How v2 identifies a user: by Smooch's id or by the business's own. */
export const someone = { userId: z.string().optional(), userExternalId: z.string().optional() };

type Someone = z.infer<z.ZodObject<typeof someone>>;

/** Finds the user that a request names. `where` is the place in the request. */
export function findNamed(app: App, { userId, userExternalId }: Someone, where: string): User {
  const name = userId ?? userExternalId;
  if (name === undefined) throw badRequest(`${where}: needs a userId or a userExternalId`);
  return getUser(app, name);
}

/** Finds the participant that an author names; undefined for the business, which has no user. */
export function findAuthor(
  app: App,
  conversation: Conversation,
  author: Someone & { readonly type: "user" | "business" },
): User | undefined {
  if (author.type === "business") {
    if ((author.userId ?? author.userExternalId) === undefined) return undefined;
    throw badRequest("author: may name a user only if its type is `user`");
  }
  const user = findNamed(app, author, "author");
  if (findParticipant(conversation, user) !== undefined) return user;
  throw badRequest("author: is not a participant of the conversation");
}

/** The documented maximum of a group. */
export const maxParticipants = 10;

function list({ app, params, request }: AppCall): Answer {
  const { participants } = getConversation(app, params("conversationId"));
  const { items, ...page } = cutPage(participants, request);
  return { status: 200, body: { participants: items.map((one) => writeParticipant(app, one)), ...page } };
}

function joinGroup({ context, app, params, request }: AppCall): Answer {
  const conversation = getGroup(app, params("conversationId"));
  const user = findNamed(app, parseSupported(z.strictObject(someone), request), "participant");
  if (findParticipant(conversation, user) !== undefined) {
    throw badRequest("The user is already a participant of the conversation.");
  }
  if (conversation.participants.length >= maxParticipants) {
    throw badRequest(`The conversation already has ${maxParticipants} participants, the maximum.`);
  }
  const participant = join(context, app, conversation, user);
  return { status: 201, body: { participant: writeParticipant(app, participant) } };
}

const leaveWire = z.strictObject({ ...someone, participantId: z.string().optional() });

function leaveGroup({ context, app, params, request }: AppCall): Answer {
  const conversation = getGroup(app, params("conversationId"));
  const { participantId, ...named } = parseBody(leaveWire, request);
  const participant =
    participantId === undefined
      ? findParticipant(conversation, findNamed(app, named, "participant"))
      : conversation.participants.find(({ id }) => id === participantId);
  const user = participant && users.of(app).get(participant.userId);
  if (user === undefined) throw new ApiError(404, "not_found", "The conversation has no such participant.");
  leave(context, app, conversation, user);
  return { status: 200, body: {} };
}

function getGroup(app: App, conversationId: string): Conversation {
  const conversation = getConversation(app, conversationId);
  if (conversation.type === "sdkGroup") return conversation;
  throw badRequest("Only the participants of a conversation of the type `sdkGroup` can change.");
}

function writeParticipant(app: App, { id, userId, unreadCount, lastRead }: Participant) {
  return {
    id,
    userId,
    userExternalId: users.of(app).get(userId)?.externalId,
    unreadCount,
    clientAssociations: [],
    lastRead: lastRead === undefined ? undefined : new Date(lastRead).toISOString(),
  };
}
