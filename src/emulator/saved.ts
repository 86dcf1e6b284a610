import { z } from "zod";
import type { Account, AccountKey } from "./objects/account";
import type { App, Metadata } from "./objects/app";
import type { Conversation, Message } from "./objects/conversation";
import type { Integration } from "./objects/integration";
import type { AppKey } from "./objects/key";
import type { User } from "./objects/user";
import type { Webhook } from "./objects/webhook";
import { Store } from "./store";

/** All that exists, as text that {@link readSaved} understands. Every secret is in it. */
export function writeSaved({ accounts, accountKeys, apps }: Store): string {
  const saved = { version: 1, accounts, accountKeys, apps };
  const plain = (_: string, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value.values()] : value;
  return `${JSON.stringify(saved, plain, 1)}\n`;
}

/** Throws where the text is something else. */
export function readSaved(text: string): Store {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's message would quote the text, and so the secrets in it.
  }
  const { data } = schema.safeParse(json);
  if (data === undefined) throw new Error("It is not a state that this version of the emulator has saved.");
  return new Store(byId(data.accounts), byId(data.accountKeys), byId(data.apps));
}

function byId<T extends { readonly id: string }>(objects: readonly T[]): Map<string, T> {
  return new Map(objects.map((object) => [object.id, object]));
}

function mapOf<T extends { readonly id: string }>(object: z.ZodType<T>) {
  return z.array(object).transform(byId);
}

const setOf = z.array(z.string()).transform((values) => new Set(values));
const optionalText = z.string().optional();
const metadata: z.ZodType<Metadata> = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const account: z.ZodType<Account> = z.object({ id: z.string() });

const accountKey: z.ZodType<AccountKey> = z.object({
  id: z.string(),
  accountId: z.string(),
  secret: z.string(),
  isGiven: z.boolean(),
  // Absent where a key may use all apps.
  grantedApps: setOf.optional().transform((apps) => apps),
  revokedApps: setOf,
});

const key: z.ZodType<AppKey> = z.object({ id: z.string(), name: z.string(), secret: z.string() });

const integration: z.ZodType<Integration> = z.object({
  id: z.string(),
  type: z.string(),
  displayName: z
    .string()
    .nullish()
    .transform((name) => name),
  fields: z.record(z.string(), z.unknown()),
});

const webhook: z.ZodType<Webhook> = z.object({
  id: z.string(),
  secret: z.string(),
  version: z.enum(["v1", "v1.1", "v2"]),
  integrationId: z.string(),
  target: z.string(),
  triggers: z.array(z.string()),
  includeFullUser: z.boolean(),
  includeFullSource: z.boolean(),
  // Whatever waited for a target's answer is over.
  updating: z.boolean().transform(() => false),
});

const user: z.ZodType<User> = z.object({
  id: z.string(),
  externalId: optionalText.transform((id) => id),
  profile: z.object({
    givenName: optionalText,
    surname: optionalText,
    email: optionalText,
    avatarUrl: optionalText,
    locale: optionalText,
  }),
  signedUpAt: z.string(),
  metadata,
  credentialRequired: z.boolean(),
});

const message: z.ZodType<Message> = z.object({
  author: z.enum(["user", "business"]),
  text: z.string(),
  name: optionalText,
  email: optionalText,
  avatarUrl: optionalText,
  metadata: metadata.nullish(),
  id: z.string(),
  authorId: z.string(),
  receivedAt: z.number(),
});

const conversation: z.ZodType<Conversation> = z.object({
  id: z.string(),
  userId: z.string(),
  isDefault: z.boolean(),
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  iconUrl: z.string().nullish(),
  metadata: metadata.nullish(),
  createdAt: z.number(),
  unreadCount: z.number(),
  messages: z.array(message),
});

const app: z.ZodType<App> = z.object({
  id: z.string(),
  accountId: z.string(),
  token: z.string(),
  name: z.string(),
  settings: z.object({
    maskCreditCardNumbers: z.boolean(),
    useAnimalNames: z.boolean(),
    echoPostback: z.boolean(),
    multiConvoEnabled: z.boolean(),
    appLocalizationEnabled: z.boolean(),
    conversationRetentionSeconds: z.number().optional(),
    ignoreAutoConversationStart: z.boolean().optional(),
    endSessionEnabled: z.boolean().optional(),
    disableConversationReopen: z.boolean().optional(),
  }),
  metadata: metadata.optional().transform((values) => values),
  keys: mapOf(key),
  integrations: mapOf(integration),
  webhooks: mapOf(webhook),
  users: mapOf(user),
  conversations: mapOf(conversation),
});

const schema = z.object({
  version: z.literal(1),
  accounts: z.array(account),
  accountKeys: z.array(accountKey),
  apps: z.array(app),
});
