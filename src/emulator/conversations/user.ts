import { z } from "zod";
import { type Access, type AppCall, withAnyScope, withApp, withImpliedApp } from "../access";
import type { ApiVersion } from "../api-version";
import { flatObject, isoTime, metadata, text } from "../fields";
import { parseBody } from "../input";
import type { App, User } from "../model";
import type { Answer, Route } from "../route";
import type { AppUserSnapshot } from "../snapshot";
import type { Store } from "../store";
import { parseSupported } from "../supported";
import { conversations, createUser, findDefaultConversation, getUser, users } from "./objects";

/** Users, as far as they are needed to trigger a webhook. */
export function userRoutes(apiVersion: ApiVersion): Route[] {
  return apiVersion === "v2" ? v2Routes : legacyRoutes(apiVersion);
}

export function snapshotUsers({ apps }: Store): AppUserSnapshot[] {
  return [...apps.values()].flatMap((app) =>
    users.listOf(app).map(({ id, externalId }) => ({
      id,
      appId: app.id,
      ...(externalId !== undefined && { userId: externalId }),
      messageIds: conversations
        .listOf(app)
        .filter(({ userId }) => userId === id)
        .flatMap(({ messages }) => messages.map((message) => message.id)),
    })),
  );
}

interface NewAppUser {
  readonly userId: string;
  readonly givenName?: string | undefined;
  readonly surname?: string | undefined;
  readonly email?: string | undefined;
  readonly signedUpAt?: string | undefined;
  readonly properties?: User["metadata"] | undefined;
  readonly credentialRequired?: boolean | undefined;
}

const fullWire = z.strictObject({
  userId: text,
  givenName: z.string().optional(),
  surname: z.string().optional(),
  email: z.string().optional(),
  signedUpAt: isoTime.optional(),
  properties: flatObject.optional(),
  credentialRequired: z.boolean().optional(),
});

interface AppUserWire {
  readonly _id: string;
  readonly userId: string | undefined;
  readonly givenName: string | undefined;
  readonly surname: string | undefined;
  readonly email: string | undefined;
  readonly signedUpAt: string;
  readonly properties: User["metadata"];
  readonly conversationStarted: boolean;
  readonly credentialRequired: boolean | undefined;
  readonly clients: readonly [];
}

function legacyRoutes(apiVersion: "v1" | "v1.1"): Route[] {
  const hasCredentialRequired = apiVersion === "v1";
  const createWire: z.ZodType<NewAppUser> = hasCredentialRequired
    ? fullWire
    : fullWire.omit({ credentialRequired: true });

  function create({ context, app, request }: AppCall): Answer {
    const { userId, properties, signedUpAt, credentialRequired, ...profile } = parseBody(createWire, request);
    const user = createUser(context, app, {
      externalId: userId,
      profile,
      signedUpAt,
      metadata: properties,
      credentialRequired,
    });
    return { status: 201, body: { appUser: writeAppUser(app, user) } };
  }

  function get({ app, params }: AppCall): Answer {
    return { status: 200, body: { appUser: writeAppUser(app, getUser(app, params("userId"))) } };
  }

  function writeAppUser(app: App, user: User): AppUserWire {
    const { givenName, surname, email } = user.profile;
    return {
      _id: user.id,
      userId: user.externalId,
      givenName,
      surname,
      email,
      signedUpAt: user.signedUpAt,
      properties: user.metadata,
      conversationStarted: findDefaultConversation(app, user) !== undefined,
      credentialRequired: hasCredentialRequired ? user.credentialRequired : undefined,
      clients: [],
    };
  }

  function routesUnder(users: string, allow: Access): Route[] {
    const path = `${users}/{userId}`;
    return [
      { operation: "createAppUser", method: "POST", path: users, query: [], answer: allow(create) },
      { operation: "getAppUser", method: "GET", path, query: [], answer: allow(get) },
    ];
  }

  return [
    ...routesUnder(`/${apiVersion}/apps/{appId}/appusers`, withApp),
    ...routesUnder(`/${apiVersion}/appusers`, withImpliedApp),
  ];
}

const v2Routes: Route[] = [
  {
    operation: "createAppUser",
    method: "POST",
    path: "/v2/apps/{appId}/users",
    query: [],
    answer: withAnyScope(createUserV2),
  },
];

const upTo = (length: number) => z.string().min(1).max(length).optional();
const createShape = {
  externalId: upTo(1024),
  signedUpAt: isoTime.optional(),
  profile: z
    .strictObject({
      givenName: upTo(128),
      surname: upTo(128),
      email: upTo(128),
      avatarUrl: upTo(2048),
      locale: upTo(64),
    })
    .optional(),
  metadata: metadata.nullish(),
};

export interface UserWire extends ShortUserWire {
  readonly signedUpAt: string;
  readonly profile: User["profile"];
  readonly metadata: User["metadata"];
  readonly identities: readonly [];
}

export interface ShortUserWire {
  readonly id: string;
  readonly authenticated: false;
  readonly externalId: string | undefined;
}

function createUserV2({ context, app, request }: AppCall): Answer {
  const { metadata, ...given } = parseSupported("a user", createShape, request);
  const user = createUser(context, app, { ...given, metadata: metadata ?? undefined });
  return { status: 201, body: { user: writeUser(user) } };
}

export function writeUser(user: User): UserWire {
  const { signedUpAt, profile, metadata } = user;
  return { ...writeShortUser(user), signedUpAt, profile, metadata, identities: [] };
}

export function writeShortUser({ id, externalId }: User): ShortUserWire {
  return { id, authenticated: false, externalId };
}
