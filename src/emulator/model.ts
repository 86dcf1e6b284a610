import { z } from "zod";
import type { Slot } from "./children";
import { type Action, savedContent } from "./conversations/content";
import { flatObject, type Stored } from "./fields";

/** Changes replace the object in the store but keep its `children`. */
export interface Account {
  readonly id: string;
  /** Everything that belongs to the account itself, by type. */
  readonly children: readonly Slot<unknown>[];
}

/** What authenticates with account scope: a key of the account page, or one of a service account. */
export interface AccountKey {
  readonly id: string;
  readonly accountId: string;
  readonly secret: string;
  /** Whether the secret was supplied: it may be a real one. */
  readonly isGiven: boolean;
  /** For a service key, the apps it was given and those it created; undefined means all apps of the account. */
  readonly grantedApps: Set<string> | undefined;
  readonly revokedApps: Set<string>;
  /** The service account that the key belongs to: it may use the apps that this service account created. */
  readonly serviceAccountId?: string | undefined;
}

/** The metadata of apps and users, which is not nested. */
export type Metadata = Stored<typeof flatObject>;

const optionalText = z.string().optional();

export const savedApp = z.object({
  id: z.string(),
  accountId: z.string(),
  token: z.string(),
  name: z.string(),
  /** The settings of all API versions, by their names in v1.1 and v2. */
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
  metadata: flatObject.optional(),
  /** The service account that created the app, if any. */
  serviceAccountId: optionalText,
});

export type AppSettings = App["settings"];

/** Changes replace the object in the store but keep its `children`. */
export interface App extends Stored<typeof savedApp> {
  /** Everything that belongs to the app, by type; it is deleted with the app. */
  readonly children: readonly Slot<unknown>[];
}

export const savedUser = z.object({
  id: z.string(),
  /** The business's own id for the user; optional only in v2. */
  externalId: optionalText,
  profile: z.object({
    givenName: optionalText,
    surname: optionalText,
    email: optionalText,
    avatarUrl: optionalText,
    locale: optionalText,
  }),
  signedUpAt: z.string(),
  metadata: flatObject,
  credentialRequired: z.boolean(),
});

export type UserProfile = User["profile"];

/** A customer of the business: an app user in v1 and v1.1. */
export interface User extends Stored<typeof savedUser> {}

const plainMessage = z.object({
  author: z.enum(["user", "business"]),
  content: savedContent,
  name: optionalText,
  email: optionalText,
  avatarUrl: optionalText,
  metadata: flatObject.nullish(),
  id: z.string(),
  authorId: z.string(),
  /** Milliseconds since the epoch. */
  receivedAt: z.number(),
});
/** `quotedMessage` is the form that a `formResponse` answers. */
const savedMessage = plainMessage.extend({ quotedMessage: plainMessage.optional() });

export interface Message extends Stored<typeof savedMessage> {}

/** What a caller says about a new message. */
export type NewMessage = Omit<Message, "id" | "authorId" | "receivedAt">;

export const savedConversation = z.object({
  id: z.string(),
  type: z.enum(["personal", "sdkGroup"]),
  participants: z.array(
    z.object({
      id: z.string(),
      userId: z.string(),
      /** Messages of others that the user has not read. */
      unreadCount: z.number(),
      /** Milliseconds since the epoch. */
      lastRead: z.number().optional(),
    }),
  ),
  /** True for the user's first personal conversation, the only one visible in v1 and v1.1. */
  isDefault: z.boolean(),
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  iconUrl: z.string().nullish(),
  metadata: flatObject.nullish(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  /** Milliseconds since the epoch. */
  businessLastRead: z.number().optional(),
  messages: z.array(savedMessage),
});

/** A conversation between the business and one user (`personal`) or several (`sdkGroup`, in v2 only). */
export interface Conversation extends Stored<typeof savedConversation> {}

/** A user who takes part in a conversation. */
export type Participant = Conversation["participants"][number];

export const savedMedia = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  base64: z.string(),
});

/** A file that a user uploaded in the console's chat. */
export interface Media extends Stored<typeof savedMedia> {}

interface AnyEvent {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly app: App;
}

interface ConversationEvent extends AnyEvent {
  readonly conversation: Conversation;
}

/** An event that one user causes or that concerns one user. */
interface UserEvent extends ConversationEvent {
  readonly user: User;
}

/** What happens in an app, independent of the API version. */
export type AppEvent =
  | (ConversationEvent & {
      readonly type: "message";
      /** The author, or the only participant. Undefined for a message of the business to a group. */
      readonly user: User | undefined;
      readonly message: Message;
    })
  | (UserEvent & { readonly type: "postback"; readonly message: Message; readonly action: Action })
  | (UserEvent & { readonly type: "read" })
  | (UserEvent & { readonly type: "typing"; readonly isTyping: boolean })
  | (ConversationEvent & {
      readonly type: "conversationCreate";
      /** Undefined for a group. */
      readonly user: User | undefined;
      readonly reason: "message" | "none" | "startConversation";
    })
  | (UserEvent & { readonly type: "conversationJoin" | "conversationLeave" })
  | (ConversationEvent & { readonly type: "conversationRemove" })
  | (AnyEvent & { readonly type: "userRemove"; readonly user: User });
