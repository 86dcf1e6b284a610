import type { ApiVersion } from "../api-version";
import type { Route } from "../route";
import { conversationRoutes as legacyConversationRoutes } from "./legacy/conversation";
import { messageRoutes as legacyMessageRoutes } from "./legacy/message";
import { userRoutes as legacyUserRoutes } from "./legacy/user";
import { activityRoutes } from "./v2/activity";
import { conversationRoutes } from "./v2/conversation";
import { messageRoutes } from "./v2/message";
import { participantRoutes } from "./v2/participant";
import { userRoutes } from "./v2/user";

/** Users, their conversations and messages. */
export function conversationRoutesOf(apiVersion: ApiVersion): Route[] {
  if (apiVersion === "v2") {
    return [...userRoutes, ...conversationRoutes, ...participantRoutes, ...messageRoutes, ...activityRoutes];
  }
  return [
    ...legacyUserRoutes(apiVersion),
    ...legacyConversationRoutes(apiVersion),
    ...legacyMessageRoutes(apiVersion),
  ];
}
