import type { Slot } from "./children";

export interface Account {
  readonly id: string;
}

/** People make one on their account page; no call of the API does. */
export interface AccountKey {
  readonly id: string;
  readonly accountId: string;
  readonly secret: string;
  /** Whether the secret was handed in: it may be a real one. */
  readonly isGiven: boolean;
  /** The apps that a service key was given, and those it made; undefined: all of the account. */
  readonly grantedApps: Set<string> | undefined;
  readonly revokedApps: Set<string>;
}

/** Flat, as apps and users carry it. */
export type Metadata = Readonly<Record<string, string | number | boolean>>;

/** Those of every API version, by the names that v1.1 and v2 give them. */
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

/** A change replaces it in the store; its children's slots stay the same. */
export interface App {
  readonly id: string;
  readonly accountId: string;
  readonly token: string;
  readonly name: string;
  readonly settings: AppSettings;
  readonly metadata: Metadata | undefined;
  /** Everything else that belongs to it, by type: it disappears with the app. */
  readonly children: readonly Slot<unknown>[];
}

export interface UserProfile {
  readonly givenName?: string | undefined;
  readonly surname?: string | undefined;
  readonly email?: string | undefined;
  readonly avatarUrl?: string | undefined;
  readonly locale?: string | undefined;
}

/** Someone who writes to the business: an app user in v1 and v1.1. */
export interface User {
  readonly id: string;
  /** The business's own id for the user; optional in v2 only. */
  readonly externalId: string | undefined;
  readonly profile: UserProfile;
  readonly signedUpAt: string;
  readonly metadata: Metadata;
  readonly credentialRequired: boolean;
}

/** Of one user with the business: `personal` in v2. */
export interface Conversation {
  readonly id: string;
  readonly userId: string;
  /** True for a user's first one. It is the only one that v1 and v1.1 know. */
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

/** A new message, in no API version's terms: the only event of an app that the emulator supports. */
export interface AppEvent {
  readonly id: string;
  readonly app: App;
  readonly user: User;
  readonly conversation: Conversation;
  readonly message: Message;
}
