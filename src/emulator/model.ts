import type { Slot } from "./children";

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

/** A user's conversation with the business: `personal` in v2. */
export interface Conversation {
  readonly id: string;
  readonly userId: string;
  /** True for the user's first conversation, the only one visible in v1 and v1.1. */
  readonly isDefault: boolean;
  readonly displayName?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly iconUrl?: string | null | undefined;
  readonly metadata?: Metadata | null | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly unreadCount: number;
  readonly messages: readonly Message[];
}

export interface MessageContent {
  readonly author: "user" | "business";
  readonly text: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly avatarUrl?: string | undefined;
  readonly metadata?: Metadata | null | undefined;
}

export interface Message extends MessageContent {
  readonly id: string;
  readonly authorId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** A new message, independent of the API version: the only event of an app that the emulator supports. */
export interface AppEvent {
  readonly id: string;
  readonly app: App;
  readonly user: User;
  readonly conversation: Conversation;
  readonly message: Message;
}
