import type { Slot } from "./children";
import type { Action, Content } from "./conversations/content";

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
export type Metadata = Readonly<Record<string, string | number | boolean>>;

/** The settings of all API versions, by their names in v1.1 and v2. */
export interface AppSettings {
  readonly maskCreditCardNumbers: boolean;
  readonly useAnimalNames: boolean;
  readonly echoPostback: boolean;
  readonly multiConvoEnabled: boolean;
  readonly appLocalizationEnabled: boolean;
  readonly conversationRetentionSeconds?: number | undefined;
  readonly ignoreAutoConversationStart?: boolean | undefined;
  readonly endSessionEnabled?: boolean | undefined;
  readonly disableConversationReopen?: boolean | undefined;
}

/** Changes replace the object in the store but keep its `children`. */
export interface App {
  readonly id: string;
  readonly accountId: string;
  readonly token: string;
  readonly name: string;
  readonly settings: AppSettings;
  readonly metadata: Metadata | undefined;
  /** The service account that created the app, if any. */
  readonly serviceAccountId?: string | undefined;
  /** Everything that belongs to the app, by type; it is deleted with the app. */
  readonly children: readonly Slot<unknown>[];
}

export interface UserProfile {
  readonly givenName?: string | undefined;
  readonly surname?: string | undefined;
  readonly email?: string | undefined;
  readonly avatarUrl?: string | undefined;
  readonly locale?: string | undefined;
}

/** A customer of the business: an app user in v1 and v1.1. */
export interface User {
  readonly id: string;
  /** The business's own id for the user; optional only in v2. */
  readonly externalId: string | undefined;
  readonly profile: UserProfile;
  readonly signedUpAt: string;
  readonly metadata: Metadata;
  readonly credentialRequired: boolean;
}

/** A user who takes part in a conversation. */
export interface Participant {
  readonly id: string;
  readonly userId: string;
  /** Messages of others that the user has not read. */
  readonly unreadCount: number;
  /** Milliseconds since the epoch. */
  readonly lastRead?: number | undefined;
}

/** A conversation between the business and one user (`personal`) or several (`sdkGroup`, in v2 only). */
export interface Conversation {
  readonly id: string;
  readonly type: "personal" | "sdkGroup";
  readonly participants: readonly Participant[];
  /** True for the user's first personal conversation, the only one visible in v1 and v1.1. */
  readonly isDefault: boolean;
  readonly displayName?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly iconUrl?: string | null | undefined;
  readonly metadata?: Metadata | null | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly businessLastRead?: number | undefined;
  readonly messages: readonly Message[];
}

/** What a caller says about a new message. */
export interface NewMessage {
  readonly author: "user" | "business";
  readonly content: Content;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly avatarUrl?: string | undefined;
  readonly metadata?: Metadata | null | undefined;
  /** The form that a `formResponse` answers. */
  readonly quotedMessage?: Message | undefined;
}

export interface Message extends NewMessage {
  readonly id: string;
  readonly authorId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** A file that a user uploaded in the console's chat. */
export interface Media {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly base64: string;
}

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
