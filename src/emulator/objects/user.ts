import type { Context } from "../context";
import { conflict, userNotFound } from "../errors";
import type { App, Metadata } from "./app";

export interface UserProfile {
  readonly givenName?: string | undefined;
  readonly surname?: string | undefined;
  readonly email?: string | undefined;
  readonly avatarUrl?: string | undefined;
  readonly locale?: string | undefined;
}

/** Someone who writes to the business: an app user to the older generations. */
export interface User {
  readonly id: string;
  /** The business's own id for the user; optional in v2 only. */
  readonly externalId: string | undefined;
  readonly profile: UserProfile;
  readonly signedUpAt: string;
  readonly metadata: Metadata;
  readonly credentialRequired: boolean;
}

export type NewUser = { readonly [Name in keyof User]?: User[Name] | undefined };

export function createUser({ host, identifiers, history }: Context, app: App, given: NewUser): User {
  if (given.externalId !== undefined && findUser(app, given.externalId) !== undefined) {
    throw conflict("The app already has a user with this id.");
  }
  const user: User = {
    id: identifiers.objectId(),
    externalId: given.externalId,
    profile: given.profile ?? {},
    signedUpAt: given.signedUpAt ?? new Date(host.now()).toISOString(),
    metadata: given.metadata ?? {},
    credentialRequired: given.credentialRequired ?? false,
  };
  history.beforeWrite(app);
  app.users.set(user.id, user);
  return user;
}

/** By the platform's id or by the business's own, which stand for each other in every path. */
export function getUser(app: App, idOrExternalId: string): User {
  const user = findUser(app, idOrExternalId);
  if (user === undefined) throw userNotFound();
  return user;
}

function findUser(app: App, idOrExternalId: string): User | undefined {
  return (
    app.users.get(idOrExternalId) ??
    [...app.users.values()].find(({ externalId }) => externalId === idOrExternalId)
  );
}
