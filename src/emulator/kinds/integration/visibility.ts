import type { Visibilities } from "../kind";
import { v1_1Channels, v1Channels } from "./channels-legacy";
import { v2Channels } from "./channels-v2";

/**
 * The fields that are not credentials, in any channel and API version. A new field is a secret until it is added here.
 * The documentation marks too few: v2 returns LINE's secrets, for example.
 */
const plainFields = [
  "accountId",
  "accountSid",
  "actionColor",
  "appId",
  "attachmentsEnabled",
  "autoUpdateBadge",
  "backgroundImageUrl",
  "botId",
  "botName",
  "brandColor",
  "businessIconUrl",
  "businessId",
  "businessManagerId",
  "businessName",
  "businessUsername",
  "buttonHeight",
  "buttonIconUrl",
  "buttonWidth",
  "canUserCreateMoreConversations",
  "canUserSeeConversationList",
  "channelId",
  "conversationColor",
  "defaultResponderId",
  "deploymentId",
  "displayStyle",
  "domain",
  "envName",
  "fixedIntroPane",
  "fromAddress",
  "hideUnsubscribeLink",
  "hsmFallbackLanguage",
  "incomingAddress",
  "integrationOrder",
  "lineId",
  "messagingServiceSid",
  "mspId",
  "name",
  "originWhitelist",
  "originator",
  "pageId",
  "pageName",
  "phoneNumber",
  "phoneNumberId",
  "phoneNumberSid",
  "prechatCapture",
  "production",
  "qrCodeUrl",
  "senderId",
  "shortId",
  "showAIDisclaimer",
  "smoochAddress",
  "storyMentionsEnabled",
  "storyRepliesEnabled",
  "tier",
  "uri",
  "userId",
  "username",
];

const known = [v1Channels, v1_1Channels, v2Channels]
  .flatMap((channels) => Object.values(channels))
  .flatMap(({ fields }) => Object.keys(fields));

/** The visibility of the fields of every type of integration. */
export const fieldVisibility: Visibilities = {
  ...Object.fromEntries(known.map((name) => [name, "secret"])),
  ...Object.fromEntries(plainFields.map((name) => [name, "plain"])),
  baseUrl: "url",
};
