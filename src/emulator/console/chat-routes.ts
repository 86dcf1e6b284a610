import { z } from "zod";
import type { Context } from "../context";
import { getConversation, getUser } from "../conversations/objects";
import { ApiError } from "../errors";
import { wholeNumber } from "../fields";
import { parseBody, parseQuery } from "../input";
import type { App } from "../model";
import type { Call, Route } from "../route";
import { act, createChatUser, listChatMessages, listChatUsers, startChat } from "./chat";
import type { NewChatUser, UserAction } from "./contract";
import { consoleRoute } from "./route";

/** The console's chat: a developer plays the users of an app. The contract describes the requests and responses. */
export function chatRoutes(): Route[] {
  const messages = "conversations/{conversationId}/messages";
  return [
    route("GET", "users", ({ app, request }) => listChatUsers(app, parseQuery(searchWire, request).search), [
      "search",
    ]),
    route("POST", "users", ({ context, app, request }) =>
      createChatUser(context, app, parseBody(newUserWire, request)),
    ),
    route("POST", "users/{userId}/conversations", ({ context, app, params }) =>
      startChat(context, app, getUser(app, params("userId"))),
    ),
    route(
      "GET",
      messages,
      ({ context, app, params, request }) =>
        listChatMessages(
          context,
          getConversation(app, params("conversationId")),
          parseQuery(pageWire, request),
        ),
      ["before", "limit"],
    ),
    route("POST", messages, ({ context, app, params, request }) => {
      const conversation = getConversation(app, params("conversationId"));
      const host = request.headers.get("host") ?? "127.0.0.1";
      return act(context, app, conversation, parseBody(actionWire, request), `http://${host}`);
    }),
  ];
}

const searchWire = z.object({ search: z.string().optional() });
const pageWire = z.object({
  before: z
    .string()
    .optional()
    .transform((id) => id),
  limit: wholeNumber(1, 200).default(50),
});

const name = z.string().min(1).max(128).optional();
const newUserWire: z.ZodType<NewChatUser> = z.strictObject({
  externalId: z.string().min(1).max(1024).optional(),
  givenName: name,
  surname: name,
});

const text = z.string().min(1, { error: "must not be empty" }).max(4096);
const upload = { name: z.string().min(1).max(255), mediaType: z.string(), base64: z.base64() };
const actionWire: z.ZodType<UserAction> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text, payload: z.string().optional() }),
  z.strictObject({ type: z.literal("postback"), messageId: z.string(), actionId: z.string() }),
  z.strictObject({ ...upload, type: z.literal("image") }),
  z.strictObject({ ...upload, type: z.literal("file") }),
  z.strictObject({
    type: z.literal("location"),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  z.strictObject({
    type: z.literal("formResponse"),
    messageId: z.string(),
    fields: z.record(z.string(), z.string()),
  }),
  z.strictObject({ type: z.literal("read") }),
  z.strictObject({ type: z.literal("typing"), isTyping: z.boolean() }),
]);

/** A route of the console below an app. */
function route(
  method: string,
  path: string,
  act: (call: Call & { readonly app: App }) => object,
  query: readonly string[] = [],
): Route {
  const withApp = (call: Call) => act({ ...call, app: getApp(call.context, call.params("appId")) });
  return consoleRoute(method, `apps/{appId}/${path}`, withApp, query);
}

function getApp({ store }: Context, appId: string): App {
  const app = store.apps.get(appId);
  if (app === undefined) throw new ApiError(404, "app_not_found", "There is no app with this id.");
  return app;
}
