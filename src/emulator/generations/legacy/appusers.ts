import { z } from "zod";
import type { Access, AppCall } from "../../access";
import { withApp, withImpliedApp } from "../../access";
import { flatObject, isoTime, text } from "../../fields";
import { parseBody } from "../../input";
import type { App } from "../../objects/app";
import { findDefaultConversation } from "../../objects/conversation";
import type { User } from "../../objects/user";
import { createUser, getUser } from "../../objects/user";
import type { Answer, Route } from "../../route";
import type { Dialect } from "./dialect";

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

export function appUserRoutes({ version, hasCredentialRequired }: Dialect): Route[] {
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
    ...routesUnder(`/${version}/apps/{appId}/appusers`, withApp),
    ...routesUnder(`/${version}/appusers`, withImpliedApp),
  ];
}
