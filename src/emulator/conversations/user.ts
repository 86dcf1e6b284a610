import { requireFittingMetadata } from "../fields";
import type { App, Metadata, User, UserProfile } from "../model";
import type { AppUserSnapshot } from "../snapshot";
import type { Store } from "../store";
import { conversationsOf, users } from "./objects";

export function snapshotUsers({ apps }: Store): AppUserSnapshot[] {
  return [...apps.values()].flatMap((app) =>
    users.listOf(app).map((user) => ({
      id: user.id,
      appId: app.id,
      ...(user.externalId !== undefined && { userId: user.externalId }),
      messageIds: conversationsOf(app, user).flatMap(({ messages }) => messages.map(({ id }) => id)),
    })),
  );
}

interface UserChange {
  readonly signedUpAt?: string | undefined;
  /** `null` removes a field. */
  readonly profile?: { readonly [Name in keyof UserProfile]: UserProfile[Name] | null } | undefined;
  /** `null` removes a key, or everything. */
  readonly metadata?: Readonly<Record<string, Metadata[string] | null>> | null | undefined;
}

/** Changes only what is given: profile and metadata are merged. */
export function changeUser(app: App, user: User, { signedUpAt, profile, metadata }: UserChange): User {
  const changed: User = {
    ...user,
    signedUpAt: signedUpAt ?? user.signedUpAt,
    profile: merge(user.profile, profile ?? {}),
    metadata: metadata === null ? {} : merge(user.metadata, metadata ?? {}),
  };
  requireFittingMetadata(changed.metadata);
  return users.put(app, changed);
}

function merge<T extends object>(before: T, change: object): T {
  const merged = { ...before, ...change };
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === undefined) Reflect.deleteProperty(merged, name);
  }
  return merged;
}
