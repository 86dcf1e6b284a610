import { z } from "zod";
import { withAccountApp } from "../access";
import type { ApiVersion } from "../api-version";
import { Collection } from "../children";
import type { App } from "../model";
import { type KeyApi, type KeyRing, keyRoutes, type SecretKey, savedKey } from "./key/routes";
import { type Kind, snapshotChildren } from "./kind";
import { signerFinder } from "./signer";

/** The keys with which apps sign their calls. */
export const keys = new Collection<SecretKey>("keys", z.object(savedKey));

export interface KeySnapshot {
  readonly id: string;
  readonly appId: string;
  readonly name: string;
  readonly secret: string;
  /** Present if the secret was supplied in the options: it may be a real one. */
  readonly isGiven?: true | undefined;
}

export const key = {
  plural: "keys",
  children: keys,
  visibility: { id: "plain", appId: "plain", name: "plain", isGiven: "plain", secret: "secret" },
  routes: (apiVersion: ApiVersion) => keyRoutes(apiVersion, `/${apiVersion}/apps/{appId}/keys`, api),
  snapshot: snapshotChildren(keys, (key, appId): KeySnapshot => ({ ...key, appId })),
  summarize: ({ id, appId }: KeySnapshot) => ({ id, appId }),
  findSigner: signerFinder(keys, (app) => ({ scope: "app", app })),
} as const satisfies Kind;

const api: KeyApi = {
  name: "Key",
  holder: "app",
  prefix: "app_",
  scope: "app",
  withKeys: (answer) => withAccountApp((call) => answer(call, keysOf(call.app))),
};

function keysOf(app: App): KeyRing {
  return {
    list: () => keys.listOf(app),
    add: (key) => keys.put(app, key),
    delete: (keyId) => keys.of(app).delete(keyId),
  };
}
