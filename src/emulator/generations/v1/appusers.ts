import { z } from "zod";
import type { AppCall } from "../../access";
import { withApp, withImpliedApp } from "../../access";
import { parseBody } from "../../input";
import type { AppUser } from "../../objects/appuser";
import { createAppUser, getAppUser } from "../../objects/appuser";
import type { Answer, Route } from "../../route";
import { flatObject, text } from "./fields";

export const appUserRoutes: readonly Route[] = [
  ...routesUnder("/v1/apps/{appId}/appusers", withApp),
  ...routesUnder("/v1/appusers", withImpliedApp),
];

function routesUnder(users: string, allow: typeof withApp): Route[] {
  const path = `${users}/{userId}`;
  return [
    { operation: "createAppUser", method: "POST", path: users, query: [], answer: allow(create) },
    { operation: "getAppUser", method: "GET", path, query: [], answer: allow(get) },
  ];
}

const createWire = z.strictObject({
  userId: text,
  givenName: z.string().optional(),
  surname: z.string().optional(),
  email: z.string().optional(),
  signedUpAt: z.iso.datetime({ error: "must be a time like 2018-10-06T03:38:02.346Z" }).optional(),
  properties: flatObject.optional(),
  credentialRequired: z.boolean().optional(),
});

interface AppUserWire {
  readonly _id: string;
  readonly userId: string;
  readonly givenName: string | undefined;
  readonly surname: string | undefined;
  readonly email: string | undefined;
  readonly signedUpAt: string;
  readonly properties: AppUser["properties"];
  readonly conversationStarted: boolean;
  readonly credentialRequired: boolean;
  readonly clients: readonly [];
}

function create({ context, app, request }: AppCall): Answer {
  const user = createAppUser(context, app, parseBody(createWire, request));
  return { status: 201, body: { appUser: writeAppUser(user) } };
}

function get({ app, params }: AppCall): Answer {
  return { status: 200, body: { appUser: writeAppUser(getAppUser(app, params("userId"))) } };
}

function writeAppUser(user: AppUser): AppUserWire {
  return {
    _id: user.id,
    userId: user.userId,
    givenName: user.givenName,
    surname: user.surname,
    email: user.email,
    signedUpAt: user.signedUpAt,
    properties: user.properties,
    conversationStarted: user.conversation !== undefined,
    credentialRequired: user.credentialRequired,
    clients: [],
  };
}
