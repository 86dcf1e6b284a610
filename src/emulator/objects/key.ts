import type { Context } from "../context";
import { badRequest, notFound } from "../errors";
import type { App } from "./app";

export interface AppKey {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

// legacy.md 3
const maxKeysPerApp = 10;

export function createKey({ identifiers, history }: Context, app: App, name: string): AppKey {
  if (app.keys.size >= maxKeysPerApp) {
    throw badRequest(
      `The app already has ${maxKeysPerApp} keys, the most an app may have. Delete one first.`,
    );
  }
  const key: AppKey = { id: `app_${identifiers.objectId()}`, name, secret: identifiers.secret() };
  history.beforeWrite(app);
  app.keys.set(key.id, key);
  return key;
}

export function getKey(app: App, keyId: string): AppKey {
  const key = app.keys.get(keyId);
  if (key === undefined) throw notFound("The app has no key with this id.");
  return key;
}

export function deleteKey({ history }: Context, app: App, keyId: string): void {
  const { id } = getKey(app, keyId);
  history.beforeWrite(app);
  app.keys.delete(id);
}
