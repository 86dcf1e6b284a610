import jwt from "jsonwebtoken";
import { z } from "zod";
import { type AppCall, withAccountApp } from "../access";
import type { ApiVersion } from "../api-version";
import { Collection } from "../children";
import type { Context, Signer } from "../context";
import { badRequest, notFound } from "../errors";
import { shortText, text } from "../fields";
import { parseBody } from "../input";
import type { App } from "../model";
import type { Answer, Incoming, Route } from "../route";
import type { Store } from "../store";
import { type Kind, snapshotChildren } from "./kind";

/** A key with which an app signs its calls. */
export interface AppKey {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

const maxKeysPerApp = 10;

export const keys = new Collection<AppKey>(
  "keys",
  z.object({ id: z.string(), name: z.string(), secret: z.string() }),
);

export interface KeySnapshot {
  readonly id: string;
  readonly appId: string;
  readonly name: string;
  readonly secret: string;
}

export const key = {
  plural: "keys",
  children: keys,
  hasSecret: true,
  routes,
  snapshot: snapshotChildren(keys, (key, appId): KeySnapshot => ({ ...key, appId })),
  summarize: ({ id, appId }: KeySnapshot) => ({ id, appId }),
  findSigner,
} as const satisfies Kind;

function routes(apiVersion: ApiVersion): Route[] {
  const { readName, write } = wires[apiVersion];
  const path = `/${apiVersion}/apps/{appId}/keys`;
  const one = `${path}/{keyId}`;

  function create({ context, app, request }: AppCall): Answer {
    return { status: 201, body: { key: write(createKey(context, app, readName(request))) } };
  }

  function list({ app }: AppCall): Answer {
    return { status: 200, body: { keys: keys.listOf(app).map(write) } };
  }

  function get({ app, params }: AppCall): Answer {
    return { status: 200, body: { key: write(getKey(app, params("keyId"))) } };
  }

  const shared: Route[] = [
    { operation: "createKey", method: "POST", path, query: [], answer: withAccountApp(create) },
    { operation: "listKeys", method: "GET", path, query: [], answer: withAccountApp(list) },
    { operation: "getKey", method: "GET", path: one, query: [], answer: withAccountApp(get) },
    { operation: "deleteKey", method: "DELETE", path: one, query: [], answer: withAccountApp(remove) },
  ];
  if (apiVersion === "v2") return shared;
  const getJwt = withAccountApp(signJwt);
  return [
    ...shared,
    { operation: "getKeyJwt", method: "GET", path: `${one}/jwt`, query: [], answer: getJwt },
  ];
}

interface KeyWire {
  readName(request: Incoming): string;
  write(key: AppKey): object;
}

const legacyCreateWire = z.strictObject({ name: text });
const legacyWire: KeyWire = {
  readName: (request) => parseBody(legacyCreateWire, request).name,
  write: ({ id, name, secret }) => ({ _id: id, name, secret }),
};

const createWire = z.strictObject({ displayName: shortText });
const wires: { readonly [V in ApiVersion]: KeyWire } = {
  v1: legacyWire,
  "v1.1": legacyWire,
  v2: {
    readName: (request) => parseBody(createWire, request).displayName,
    write: ({ id, name, secret }) => ({ id, displayName: name, secret }),
  },
};

function createKey({ identifiers }: Context, app: App, name: string): AppKey {
  if (keys.of(app).size >= maxKeysPerApp) {
    throw badRequest(`The app already has ${maxKeysPerApp} keys, the maximum for an app. Delete one first.`);
  }
  const key: AppKey = { id: `app_${identifiers.objectId()}`, name, secret: identifiers.secret() };
  keys.of(app).set(key.id, key);
  return key;
}

function getKey(app: App, keyId: string): AppKey {
  const key = keys.of(app).get(keyId);
  if (key === undefined) throw notFound("The app has no key with this id.");
  return key;
}

function remove({ app, params }: AppCall): Answer {
  const { id } = getKey(app, params("keyId"));
  keys.of(app).delete(id);
  return { status: 200, body: {} };
}

// jsonwebtoken treats an `iat` of 0 as unset.
function signJwt({ context, app, params }: AppCall): Answer {
  const { id, secret } = getKey(app, params("keyId"));
  const iat = Math.max(1, Math.floor(context.host.now() / 1000));
  return { status: 200, body: { jwt: jwt.sign({ scope: "app", iat }, secret, { keyid: id }) } };
}

/** Looks up keys in the current store even for stale reads: otherwise a new key could not make one. */
function findSigner(store: Store, id: string): Signer | undefined {
  const present = findKey(store.present, id);
  const app = store.apps.get(present?.app.id ?? "");
  return present !== undefined && app !== undefined ? { app, secret: present.secret } : findKey(store, id);
}

function findKey({ apps }: Store, id: string): Signer | undefined {
  for (const app of apps.values()) {
    const key = keys.of(app).get(id);
    if (key !== undefined) return { app, secret: key.secret };
  }
  return undefined;
}
