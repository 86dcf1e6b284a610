import { z } from "zod";
import type { AppCall } from "../../access";
import { withApp } from "../../access";
import { isoTime, metadata } from "../../fields";
import type { User } from "../../objects/user";
import { createUser } from "../../objects/user";
import type { Answer, Route } from "../../route";
import { parsePlayed } from "./played";

/** Enough of them for a webhook to ring. */
export const userRoutes: readonly Route[] = [
  {
    operation: "createAppUser",
    method: "POST",
    path: "/v2/apps/{appId}/users",
    query: [],
    answer: withApp(create),
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

function create({ context, app, request }: AppCall): Answer {
  const { metadata, ...given } = parsePlayed("a user", createShape, request);
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
