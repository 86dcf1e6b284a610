import type { Properties } from "../../provider/kind";
import { defaultTriggers } from "../../provider/kinds/triggers";
import { clean } from "../../provider/values";
import type { ApiVersion } from "../../smooch/api-version";
import { type ChannelField, channelOf, commonFields } from "../../smooch/channels";
import type { App } from "../../smooch/endpoints/app";
import type { SeenIntegration, SeenWebhook } from "../shared/account/contents";

/** What an app has without anybody's asking for it (legacy.md 2.2, v2.md 2), by the first generation that knows it. */
const settings: Readonly<Record<string, { since: readonly ApiVersion[]; value: boolean | number }>> = {
  maskCreditCardNumbers: { since: ["v1", "v1.1", "v2"], value: true },
  useAnimalNames: { since: ["v1", "v1.1", "v2"], value: false },
  conversationRetentionSeconds: { since: ["v1.1", "v2"], value: 0 },
  echoPostback: { since: ["v1.1", "v2"], value: false },
  ignoreAutoConversationStart: { since: ["v1.1", "v2"], value: false },
  multiConvoEnabled: { since: ["v2"], value: false },
  appLocalizationEnabled: { since: ["v2"], value: true },
  endSessionEnabled: { since: ["v2"], value: false },
  disableConversationReopen: { since: ["v2"], value: false },
};

/** Arguments that say what an app is like, and nothing that goes without saying. The name is left to the caller. */
export function declareApp({ settings: actual = {}, metadata }: App, version: ApiVersion): Properties {
  const chosen = Object.entries(settings).flatMap(([name, { since, value }]) => {
    const now = actual[name];
    return since.includes(version) && now !== undefined && now !== value ? [[name, now] as const] : [];
  });
  return withoutBlank({ settings: Object.fromEntries(chosen), metadata });
}

export function declareWebhook(webhook: SeenWebhook, version: ApiVersion): Properties {
  const { target, triggers, displayName, includeFullUser, includeClient } = webhook;
  const isUsual = triggers.join() === defaultTriggers[webhook.version].join();
  const asks = webhook.version !== "v1";
  return withoutBlank({
    target,
    ...(!isUsual && { triggers }),
    ...(webhook.version !== version && { version: webhook.version }),
    ...(webhook.version === "v2" && { displayName }),
    ...(asks && includeFullUser && { includeFullUser }),
    ...(asks && includeClient && { includeClient }),
  });
}

/** What a channel has without anybody's asking for it (legacy.md 5.2, v2.md 4.2). */
const usual: Readonly<Record<string, unknown>> = {
  brandColor: "65758e",
  conversationColor: "0099ff",
  actionColor: "0099ff",
  displayStyle: "button",
  buttonWidth: "58",
  buttonHeight: "58",
  fixedIntroPane: false,
  showAIDisclaimer: true,
  canUserSeeConversationList: true,
  storyRepliesEnabled: true,
  storyMentionsEnabled: true,
  hsmFallbackLanguage: "en_US",
};

export function declareIntegration(integration: SeenIntegration, version: ApiVersion): Properties {
  const known = Object.entries(fieldsOf(integration.type)).filter(
    ([name, field]) => isIn(field, version) && !field.secret && integration[name] !== usual[name],
  );
  const given = known.map(([name]) => [name, integration[name]]);
  return { type: integration.type, ...withoutBlank(Object.fromEntries(given)) };
}

/**
 * The credentials to ask the user for: those that an integration of this type cannot be made without. Where there
 * are several ways to make one, all of them.
 */
export function credentialsOf(type: string, version: ApiVersion): string[] {
  const secrets = Object.entries(fieldsOf(type)).filter(([, field]) => field.secret && isIn(field, version));
  const required = secrets.filter(([, field]) => field.required?.includes(version));
  return (required.length > 0 ? required : secrets).map(([name]) => name);
}

function fieldsOf(type: string): Readonly<Record<string, ChannelField>> {
  const channel = channelOf(type);
  const common = Object.entries(commonFields).filter(([name]) => !channel?.without?.includes(name));
  return { ...Object.fromEntries(common), ...channel?.fields };
}

function isIn({ in: versions }: ChannelField, version: ApiVersion): boolean {
  return versions === undefined || versions.includes(version);
}

/** Empty texts, lists and objects say the same as nothing. */
function withoutBlank(args: Properties): Properties {
  const set = Object.entries(clean(args)).filter(([, value]) =>
    typeof value === "object" && value !== null ? Object.keys(value).length > 0 : value !== "",
  );
  return Object.fromEntries(set);
}
