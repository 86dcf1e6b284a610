import { z } from "zod";
import { type AppCall, withAnyScope } from "../../access";
import { isoTime, metadata, metadataPatch } from "../../fields";
import type { User } from "../../model";
import { type Answer, type Route, route } from "../../route";
import { parseSupported } from "../../supported";
import { deleteUser } from "../happen";
import { createUser, getUser } from "../objects";
import { changeUser } from "../user";

const list = "/v2/apps/{appId}/users";
const one = `${list}/{userId}`;

export const userRoutes: Route[] = [
  route("createAppUser", "POST", list, withAnyScope(create)),
  route("getAppUser", "GET", one, withAnyScope(get)),
  route("updateAppUser", "PATCH", one, withAnyScope(update)),
  route("deleteAppUser", "DELETE", one, withAnyScope(remove)),
];

const upTo = (length: number) => z.string().min(1).max(length).nullish();
const common = {
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
};
const newUser = z.strictObject({
  ...common,
  externalId: z.string().min(1).max(1024).optional(),
  metadata: metadata.nullish(),
});
const userChange = z.strictObject({ ...common, metadata: metadataPatch });

function create({ context, app, request }: AppCall): Answer {
  const { metadata, profile, ...given } = parseSupported(newUser, request);
  const user = createUser(context, app, { ...given, metadata: metadata ?? undefined });
  const named = changeUser(app, user, { profile });
  return { status: 201, body: { user: writeUser(named) } };
}

function get({ app, params }: AppCall): Answer {
  return { status: 200, body: { user: writeUser(getUser(app, params("userId"))) } };
}

function update({ app, params, request }: AppCall): Answer {
  const user = getUser(app, params("userId"));
  return {
    status: 200,
    body: { user: writeUser(changeUser(app, user, parseSupported(userChange, request))) },
  };
}

function remove({ context, app, params }: AppCall): Answer {
  deleteUser(context, app, getUser(app, params("userId")));
  return { status: 200, body: {} };
}

export function writeUser(user: User): object {
  const { signedUpAt, profile, metadata } = user;
  return { ...writeShortUser(user), signedUpAt, profile, metadata, identities: [] };
}

export function writeShortUser({ id, externalId }: User): object {
  return { id, authenticated: false, externalId };
}
