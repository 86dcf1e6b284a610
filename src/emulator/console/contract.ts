/**
 * The local API between the emulator and its console page, under `/_emulator/console/`. Types only: the page and the
 * server import the same ones. Every request carries the page's token in the header `x-console-token`, except the
 * event stream, which cannot send headers and has it as the query `token`. Times are milliseconds since the epoch on
 * the emulator's clock. Nothing here holds a secret but {@link Revealed}.
 */

/** What changed; the page then asks again for what it shows. */
export type Topic = "objects" | "requests" | "deliveries" | "conversations" | "control";

/** `GET events`: server-sent events with the name `changed`, at most ten a second. The first names every topic. */
export interface Changed {
  readonly topics: readonly Topic[];
}

/** `GET overview`: everything that the page lists on its left side. */
export interface Overview {
  readonly version: string;
  readonly url: string;
  readonly now: number;
  readonly kinds: readonly KindDescription[];
  readonly accounts: readonly OwnerSummary[];
  readonly apps: readonly OwnerSummary[];
}

export interface KindDescription {
  /** For example `integrationKey`. */
  readonly name: string;
  /** For people, for example `integration key`. */
  readonly label: string;
  /** For example `integrationKeys`. */
  readonly plural: string;
}

/** An account or an app. */
export interface OwnerSummary {
  readonly id: string;
  /** The app's name; the id of an account. */
  readonly name: string;
  /** Undefined if the id does not tell. */
  readonly createdAt: number | undefined;
  /** The account of an app; undefined for an account. */
  readonly accountId?: string | undefined;
  /** How many objects of each kind it holds, by kind; kinds without objects are left out. */
  readonly counts: { readonly [kind: string]: number };
}

/**
 * `GET owners/{id}`: an account or an app with everything that it holds, by kind and in order of creation. An app is the
 * first of its objects, so that its own properties are shown like all others.
 */
export interface Owner extends OwnerSummary {
  readonly objects: readonly ConsoleObject[];
  /** The account's own keys; undefined for an app. */
  readonly accountKeys?: readonly AccountKeySummary[] | undefined;
}

export interface AccountKeySummary {
  readonly id: string;
  /** Whether the secret was supplied by the user: it may be a real one, and is never shown. */
  readonly isGiven: boolean;
  readonly isServiceKey: boolean;
}

export interface ConsoleObject {
  readonly kind: string;
  readonly id: string;
  /** What people call it: a name, a display name, a webhook's host, or undefined. */
  readonly name: string | undefined;
  readonly createdAt: number | undefined;
  /** The objects that hold it below the owner, outermost first; for example the integration of an integration key. */
  readonly holders: readonly string[];
  /** Its properties as plain JSON, with every secret replaced by `…`. */
  readonly properties: { readonly [name: string]: unknown };
  /** Whether `POST objects/{id}/reveal` returns something. */
  readonly hasSecret: boolean;
}

/** `POST objects/{id}/reveal`, also for the id of an account key: its secrets by property. 403 if the user supplied it. */
export interface Revealed {
  readonly secrets: { readonly [property: string]: string };
}

/** `GET requests?search={text}&limit={n}`: newest first. The limit is 200 if not given, and 1,000 at most. */
export interface Requests {
  readonly requests: readonly RequestSummary[];
  /** Whether older ones that match were left out. */
  readonly hasMore: boolean;
}

export interface RequestSummary {
  /** Counts the requests since the start. */
  readonly seq: number;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly apiVersion: string | undefined;
  /** 0 if a fault left the request without a response. */
  readonly status: number;
  readonly fault?: string | undefined;
  readonly durationMs: number;
}

/**
 * `GET requests/{seq}`. Bodies are without secrets and cut at 64 kB. A body that is not JSON is only described, and one of
 * an older request than the last 1,000 is no longer kept; both are then a remark in parentheses.
 */
export interface RequestDetails extends RequestSummary {
  readonly requestBody: string;
  readonly responseBody: string;
}

/** `GET deliveries?search={text}&limit={n}`: newest first. The search looks in payloads too. Limits as for requests. */
export interface Deliveries {
  readonly deliveries: readonly DeliverySummary[];
  readonly hasMore: boolean;
}

export interface DeliverySummary {
  readonly seq: number;
  readonly at: number;
  readonly appId: string;
  readonly webhookId: string;
  /** The webhook's URL without user info and query, because they may be secret. */
  readonly target: string;
  readonly trigger: string;
  /** Who wrote a message and how it begins, or what a postback carries; absent for other events. */
  readonly excerpt?: string | undefined;
  readonly state: "pending" | "delivered" | "failed" | "abandoned";
  readonly attempts: number;
  readonly lastStatus: number | undefined;
}

/** `GET deliveries/{seq}`. `POST deliveries/{seq}/resend` sends the same payload once more and returns a new one. */
export interface DeliveryDetails extends DeliverySummary {
  /** The delivery whose payload this one sends again; absent if it is not sent again. */
  readonly resentFrom?: number | undefined;
  readonly payload: string;
  readonly tries: readonly DeliveryTry[];
}

export interface DeliveryTry {
  readonly at: number;
  readonly durationMs: number;
  /** Undefined if there was no response; `error` then says why. */
  readonly status: number | undefined;
  readonly error: string | undefined;
  /** The response's body, cut at 4 kB. */
  readonly responseBody: string;
}

/** `GET control`. `PUT control/faults` takes a fault plan, `PUT control/clock` `{offsetMs}`, `POST control/reset` `{}`. */
export interface Control {
  readonly faults: object;
  /** The rules of the plan that can still happen, for people: `createKey: reset-after, 0 of 1 times so far`. */
  readonly activeFaults: readonly string[];
  readonly met: { readonly [fault: string]: number };
  readonly clockOffsetMs: number;
  readonly profile: { readonly [setting: string]: unknown };
}

/** `GET apps/{appId}/users?search={text}`: latest message first, 200 at most. `POST` takes {@link NewChatUser}. */
export interface ChatUsers {
  readonly users: readonly ChatUser[];
  readonly hasMore: boolean;
}

export interface NewChatUser {
  readonly externalId?: string | undefined;
  readonly givenName?: string | undefined;
  readonly surname?: string | undefined;
}

export interface ChatUser {
  readonly id: string;
  readonly externalId: string | undefined;
  /** The external id if the user has no name, and `Anonymous user` without either. */
  readonly name: string;
  readonly conversations: readonly ChatConversation[];
}

export interface ChatConversation {
  readonly id: string;
  readonly name: string | undefined;
  readonly isDefault: boolean;
  readonly lastMessageAt: number | undefined;
  /** Messages of the business that the user has not read. */
  readonly unread: number;
}

/**
 * `GET apps/{appId}/conversations/{conversationId}/messages?before={messageId}&limit={n}`: oldest first, the latest 50
 * by default, 200 at most. `POST` takes a {@link UserAction} and returns this without older messages.
 * `POST apps/{appId}/users/{userId}/conversations` starts a conversation and returns a {@link ChatConversation}.
 */
export interface ChatMessages {
  readonly messages: readonly ChatMessage[];
  readonly hasMore: boolean;
  /** Whether the business is typing. */
  readonly isTyping: boolean;
}

/** What a user does in the chat. An image or file is base64, at most 1 MB. */
export type UserAction =
  | { readonly type: "text"; readonly text: string; readonly payload?: string | undefined }
  | { readonly type: "postback"; readonly messageId: string; readonly actionId: string }
  | {
      readonly type: "image" | "file";
      readonly name: string;
      readonly mediaType: string;
      readonly base64: string;
    }
  | { readonly type: "location"; readonly latitude: number; readonly longitude: number }
  | {
      readonly type: "formResponse";
      readonly messageId: string;
      readonly fields: { readonly [name: string]: string };
    }
  | { readonly type: "read" }
  | { readonly type: "typing"; readonly isTyping: boolean };

/** A message of any type, in the form of v2's `content`; a type that the documents do not describe has only its type. */
export interface ChatMessage {
  readonly id: string;
  readonly at: number;
  readonly author: "user" | "business";
  readonly authorName: string | undefined;
  readonly avatarUrl: string | undefined;
  readonly content: { readonly type: string; readonly [property: string]: unknown };
}
