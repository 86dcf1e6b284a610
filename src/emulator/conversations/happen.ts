import type { Context } from "../context";
import { ApiError } from "../errors";
import type { App, AppEvent, Conversation, Message, NewMessage, Participant, User } from "../model";
import type { Action } from "./content";
import {
  conversations,
  conversationsOf,
  findDefaultConversation,
  findParticipant,
  findPerson,
  friendlyName,
  users,
} from "./objects";

type Description = Pick<Conversation, "displayName" | "description" | "iconUrl" | "metadata">;
type Reason = Extract<AppEvent, { type: "conversationCreate" }>["reason"];

/** Creates a personal conversation with a user. */
export function createConversation(
  context: Context,
  app: App,
  user: User,
  reason: Reason,
  description: Description = {},
): Conversation {
  const isDefault = findDefaultConversation(app, user) === undefined;
  return addConversation(context, app, { ...description, type: "personal", isDefault }, [user], reason);
}

/** Creates a conversation with any number of users. */
export function createGroup(
  context: Context,
  app: App,
  members: readonly User[],
  description: Description,
): Conversation {
  return addConversation(
    context,
    app,
    { ...description, type: "sdkGroup", isDefault: false },
    members,
    "none",
  );
}

function addConversation(
  context: Context,
  app: App,
  given: Description & Pick<Conversation, "type" | "isDefault">,
  members: readonly User[],
  reason: Reason,
): Conversation {
  const conversation = conversations.put(app, {
    ...given,
    id: context.identifiers.objectId(),
    participants: members.map((user) => newParticipant(context, user)),
    createdAt: context.host.now(),
    messages: [],
  });
  const user = findPerson(app, conversation);
  context.publish({ ...stamp(context, app), type: "conversationCreate", conversation, user, reason });
  return conversation;
}

export function deleteConversation(context: Context, app: App, conversation: Conversation): void {
  conversations.of(app).delete(conversation.id);
  context.publish({ ...stamp(context, app), type: "conversationRemove", conversation });
}

/** Adds a user to a group. */
export function join(context: Context, app: App, before: Conversation, user: User): Participant {
  const participant = newParticipant(context, user);
  const participants = [...before.participants, participant];
  const conversation = conversations.put(app, { ...before, participants });
  context.publish({ ...stamp(context, app), type: "conversationJoin", conversation, user });
  return participant;
}

/** Removes a user from a group. */
export function leave(context: Context, app: App, before: Conversation, user: User): void {
  const participants = before.participants.filter(({ userId }) => userId !== user.id);
  const conversation = conversations.put(app, { ...before, participants });
  context.publish({ ...stamp(context, app), type: "conversationLeave", conversation, user });
}

// The documented maximum of a conversation.
const maxMessages = 30_000;

/** Adds a message of the business, or of `author`, who must be a participant. */
export function postMessage(
  context: Context,
  app: App,
  before: Conversation,
  given: NewMessage,
  author: User | undefined,
): { message: Message; conversation: Conversation } {
  if (before.messages.length >= maxMessages) {
    throw new ApiError(423, "locked", `The conversation has ${maxMessages} messages, the maximum.`);
  }
  const message: Message = {
    ...given,
    name: given.name ?? (author && friendlyName(author)),
    id: context.identifiers.objectId(),
    // The documentation shows an opaque author id for the business; the app's id is the closest equivalent.
    authorId: author?.id ?? app.id,
    receivedAt: context.host.now(),
  };
  if (author === undefined) context.typing.stop(before.id);
  const conversation = conversations.put(app, {
    ...before,
    participants: before.participants.map((participant) =>
      participant.userId === author?.id
        ? participant
        : { ...participant, unreadCount: participant.unreadCount + 1 },
    ),
    messages: [...before.messages, message],
  });
  const user = author ?? findPerson(app, conversation);
  context.publish({ ...stamp(context, app), type: "message", user, conversation, message });
  return { message, conversation };
}

/** A user taps a postback button. With the app's setting `echoPostback`, the button's text becomes a message. */
export function postback(
  context: Context,
  app: App,
  conversation: Conversation,
  user: User,
  message: Message,
  action: Action,
): void {
  context.publish({ ...stamp(context, app), type: "postback", user, conversation, message, action });
  if (!app.settings.echoPostback) return;
  const { text, payload } = action;
  postMessage(context, app, conversation, { author: "user", content: { type: "text", text, payload } }, user);
}

/** A user has read the conversation. */
export function readByUser(context: Context, app: App, before: Conversation, user: User): Conversation {
  const lastRead = context.host.now();
  const conversation = conversations.put(app, {
    ...before,
    participants: before.participants.map((participant) =>
      participant.userId === user.id ? { ...participant, unreadCount: 0, lastRead } : participant,
    ),
  });
  context.publish({ ...stamp(context, app), type: "read", user, conversation });
  return conversation;
}

export function readByBusiness(context: Context, app: App, before: Conversation): void {
  conversations.put(app, { ...before, businessLastRead: context.host.now() });
}

/** A user starts or stops typing. */
export function typeByUser(
  context: Context,
  app: App,
  conversation: Conversation,
  user: User,
  isTyping: boolean,
): void {
  context.publish({ ...stamp(context, app), type: "typing", user, conversation, isTyping });
}

/** The business starts or stops typing. */
export function typeByBusiness({ host, typing }: Context, { id }: Conversation, isTyping: boolean): void {
  if (isTyping) typing.start(id, host.now());
  else typing.stop(id);
}

export function deleteMessages(
  app: App,
  before: Conversation,
  isDeleted: (message: Message) => boolean,
): void {
  conversations.put(app, {
    ...before,
    messages: before.messages.filter((message) => !isDeleted(message)),
  });
}

/** Deletes a user with their personal conversations, and takes them out of groups. */
export function deleteUser(context: Context, app: App, user: User): void {
  for (const conversation of conversationsOf(app, user)) {
    if (conversation.type === "personal") {
      conversations.of(app).delete(conversation.id);
      continue;
    }
    const others = conversation.participants.filter(
      (participant) => participant !== findParticipant(conversation, user),
    );
    conversations.put(app, { ...conversation, participants: others });
  }
  users.of(app).delete(user.id);
  context.publish({ ...stamp(context, app), type: "userRemove", user });
}

function newParticipant({ identifiers }: Context, { id }: User): Participant {
  return { id: identifiers.objectId(), userId: id, unreadCount: 0 };
}

function stamp({ identifiers, host }: Context, app: App) {
  return { id: identifiers.objectId(), at: host.now(), app };
}
