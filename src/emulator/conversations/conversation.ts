import { z } from "zod";
import { type AppCall, withAnyScope } from "../access";
import type { ApiVersion } from "../api-version";
import { unknownRequest } from "../errors";
import { metadata, shortText } from "../fields";
import { parseBody } from "../input";
import type { Conversation } from "../model";
import type { Answer, Route } from "../route";
import { parseSupported, requireSupported } from "../supported";
import { createConversation, findDefaultConversation, getUser } from "./objects";
import { nameSomeone, someone } from "./participant";

/** Personal conversations. v1 and v1.1 have no call for them: a user's first message starts one. */
export function conversationRoutes(apiVersion: ApiVersion): Route[] {
  if (apiVersion !== "v2") return [];
  const path = "/v2/apps/{appId}/conversations";
  return [{ operation: "createConversation", method: "POST", path, query: [], answer: withAnyScope(create) }];
}

const conversationShape = {
  type: z.enum(["personal", "sdkGroup"], { error: "must be personal or sdkGroup" }),
  participants: z.array(z.looseObject(someone)).length(1, { error: "must contain exactly one participant" }),
  displayName: shortText.nullish(),
  description: shortText.nullish(),
  iconUrl: z.string().min(1).max(2048).nullish(),
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

function create({ context, app, request }: AppCall): Answer {
  requirePersonal(parseBody(z.looseObject({ type: conversationShape.type }), request));
  const given = parseSupported("a conversation", conversationShape, request);
  const { type: _, participants, ...description } = given;
  const [participant = {}] = participants;
  requireSupported("a participant", someone, participant);
  const user = getUser(app, nameSomeone(participant, "participants.0"));
  if (findDefaultConversation(app, user) !== undefined && !app.settings.multiConvoEnabled) {
    throw unknownRequest("It does not support a user's second conversation without `multiConvoEnabled`.");
  }
  const conversation = createConversation(context, app, user, description);
  return { status: 201, body: { conversation: writeConversation(conversation) } };
}

function requirePersonal({ type }: { type: string }): void {
  if (type !== "personal") throw unknownRequest("It supports conversations of the type `personal` only.");
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
