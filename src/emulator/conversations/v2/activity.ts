import { z } from "zod";
import { type AppCall, withAnyScope } from "../../access";
import { badRequest } from "../../errors";
import { type Answer, type Route, route } from "../../route";
import { parseSupported } from "../../supported";
import { readByBusiness, readByUser, typeByBusiness } from "../happen";
import { getConversation } from "../objects";
import { author } from "./message";
import { findAuthor } from "./participant";

const path = "/v2/apps/{appId}/conversations/{conversationId}/activity";

export const activityRoutes: Route[] = [route("postActivity", "POST", path, withAnyScope(post))];

const activity = z.strictObject({
  author,
  type: z.enum(["conversation:read", "typing:start", "typing:stop"], {
    error: "must be conversation:read, typing:start or typing:stop",
  }),
});

function post({ context, app, params, request }: AppCall): Answer {
  const conversation = getConversation(app, params("conversationId"));
  const { author, type } = parseSupported(activity, request);
  const user = findAuthor(app, conversation, author);
  if (user === undefined) {
    if (type === "conversation:read") readByBusiness(context, app, conversation);
    else typeByBusiness(context, conversation, type === "typing:start");
  } else {
    if (type !== "conversation:read") {
      throw badRequest("type: must be conversation:read if the author is a user");
    }
    readByUser(context, app, conversation, user);
  }
  return { status: 200, body: {} };
}
