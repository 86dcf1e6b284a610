import { z } from "zod";
import { type Access, type AppCall, withAndWithoutApp } from "../../access";
import { flatObject, isoTime, metadataPatch, text } from "../../fields";
import { parseBody } from "../../input";
import type { App, User } from "../../model";
import { type Answer, type Route, route } from "../../route";
import { deleteUser } from "../happen";
import { createUser, findDefaultConversation, getUser } from "../objects";
import { changeUser } from "../user";

const common = {
  givenName: z.string().optional(),
  surname: z.string().optional(),
  email: z.string().optional(),
  signedUpAt: isoTime.optional(),
};
const fullWire = z.strictObject({
  ...common,
  userId: text,
  properties: flatObject.optional(),
  credentialRequired: z.boolean().optional(),
});
const changeWire = z.strictObject({ ...common, properties: metadataPatch });

export function userRoutes(apiVersion: "v1" | "v1.1"): Route[] {
  const hasCredentialRequired = apiVersion === "v1";
  const createWire: z.ZodType<z.infer<typeof fullWire>> = hasCredentialRequired
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

  function update({ app, params, request }: AppCall): Answer {
    const user = getUser(app, params("userId"));
    const { signedUpAt, properties, ...profile } = parseBody(changeWire, request);
    const changed = changeUser(app, user, { signedUpAt, profile, metadata: properties });
    return { status: 200, body: { appUser: writeAppUser(app, changed) } };
  }

  function remove({ context, app, params }: AppCall): Answer {
    deleteUser(context, app, getUser(app, params("userId")));
    return { status: 200, body: {} };
  }

  function writeAppUser(app: App, user: User): object {
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
      route("createAppUser", "POST", users, allow(create)),
      route("getAppUser", "GET", path, allow(get)),
      route("updateAppUser", "PUT", path, allow(update)),
      route("deleteAppUser", "DELETE", path, allow(remove)),
    ];
  }

  return withAndWithoutApp(apiVersion, "/appusers", routesUnder);
}
