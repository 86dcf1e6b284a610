import { z } from "zod";
import { type Access, type AppCall, withAndWithoutApp } from "../../access";
import { notFound } from "../../errors";
import { parseBody } from "../../input";
import { type Answer, type Route, route } from "../../route";
import { actionsOf } from "../content";
import { postback, readByBusiness, readByUser, typeByBusiness } from "../happen";
import { getDefaultConversation, getUser } from "../objects";
import { writeLegacyConversation } from "./message";

/** A user's only conversation in v1 and v1.1. */
export function conversationRoutes(apiVersion: "v1" | "v1.1"): Route[] {
  return withAndWithoutApp(apiVersion, "/appusers/{userId}/conversation", routesUnder);
}

function routesUnder(path: string, allow: Access): Route[] {
  return [
    route("getConversation", "GET", path, allow(get)),
    route("postActivity", "POST", `${path}/activity`, allow(act)),
    route("postPostback", "POST", `${path}/postback`, allow(press)),
    route("resetUnreadCount", "POST", `${path}/read`, allow(reset)),
  ];
}

function get({ app, params }: AppCall): Answer {
  const conversation = getDefaultConversation(app, getUser(app, params("userId")));
  return { status: 200, body: { conversation: writeLegacyConversation(conversation) } };
}

const actor = { name: z.string().optional(), avatarUrl: z.string().optional() };
const typingWire = z.strictObject({
  ...actor,
  role: z.literal("appMaker", { error: "must be appMaker" }),
  type: z.enum(["typing:start", "typing:stop"], { error: "must be typing:start or typing:stop" }),
});
const readWire = z.strictObject({
  ...actor,
  role: z.enum(["appMaker", "appUser"], { error: "must be appMaker or appUser" }),
  type: z.literal("conversation:read"),
});
const activityWires = {
  v1: typingWire,
  "v1.1": z.discriminatedUnion("type", [typingWire, readWire], {
    error: "must be conversation:read, typing:start or typing:stop",
  }),
} as const;

function act({ context, app, params, request }: AppCall): Answer {
  const user = getUser(app, params("userId"));
  const wire: z.ZodType<z.infer<typeof readWire> | z.infer<typeof typingWire>> =
    activityWires[request.apiVersion === "v1" ? "v1" : "v1.1"];
  const { role, type } = parseBody(wire, request);
  const conversation = getDefaultConversation(app, user);
  if (type !== "conversation:read") typeByBusiness(context, conversation, type === "typing:start");
  else if (role === "appMaker") readByBusiness(context, app, conversation);
  else readByUser(context, app, conversation, user);
  const after = getDefaultConversation(app, user);
  return { status: 200, body: { conversation: writeLegacyConversation(after) } };
}

const postbackWire = z.strictObject({ actionId: z.string() });

function press({ context, app, params, request }: AppCall): Answer {
  const user = getUser(app, params("userId"));
  const { actionId } = parseBody(postbackWire, request);
  const conversation = getDefaultConversation(app, user);
  for (const message of conversation.messages) {
    const action = actionsOf(message.content).find(({ id, type }) => id === actionId && type === "postback");
    if (action === undefined) continue;
    postback(context, app, conversation, user, message, action);
    return { status: 200, body: {} };
  }
  throw notFound("The conversation has no postback action with this id.");
}

function reset({ context, app, params, request }: AppCall): Answer {
  const user = getUser(app, params("userId"));
  parseBody(z.strictObject({}), request);
  readByUser(context, app, getDefaultConversation(app, user), user);
  return { status: 200, body: {} };
}
