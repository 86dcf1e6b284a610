import jwt from "jsonwebtoken";
import { z } from "zod";
import type { ApiVersion } from "../../api-version";
import type { Context } from "../../context";
import { badRequest, notFound } from "../../errors";
import { type Stored, shortText, text } from "../../fields";
import { parseBody } from "../../input";
import { type Answer, type Call, type Incoming, type Route, route } from "../../route";
import type { Scope } from "../../tokens";

export const savedKey = {
  id: z.string(),
  name: z.string(),
  secret: z.string(),
  /** Whether the secret was supplied: it may be a real one. */
  isGiven: z.literal(true).optional(),
};

/** What all kinds of keys have in common. */
export interface SecretKey extends Stored<z.ZodObject<typeof savedKey>> {}

/** The keys of one app, custom integration or service account. */
export interface KeyRing {
  list(): readonly SecretKey[];
  add(key: SecretKey): void;
  delete(keyId: string): void;
}

/** How one kind of keys is managed. */
export interface KeyApi {
  /** In the names of its operations, for example `Key` in `createKey`. */
  readonly name: string;
  /** What has the keys, for messages. */
  readonly holder: string;
  /** How the ids begin. */
  readonly prefix: "app_" | "int_" | "svc_";
  /** What the keys authenticate. */
  readonly scope: Scope;
  /** Authenticates the caller and passes on the keys that the path refers to. */
  withKeys(answer: (call: Call, keys: KeyRing) => Answer): Route["answer"];
}

// Documented for v2 only; the same is assumed for v1, v1.1 and service accounts.
const maxKeys = 10;

export function keyRoutes(apiVersion: ApiVersion, path: string, api: KeyApi): Route[] {
  const { name, withKeys } = api;
  const { readName, write } = wires[apiVersion];
  const one = `${path}/{keyId}`;

  const create = withKeys(({ context, request }, keys) => {
    return { status: 201, body: { key: write(createKey(context, keys, api, readName(request))) } };
  });
  const list = withKeys((_, keys) => ({ status: 200, body: { keys: keys.list().map(write) } }));
  const get = withKeys((call, keys) => ({ status: 200, body: { key: write(findKey(call, keys, api)) } }));
  const remove = withKeys((call, keys) => {
    keys.delete(findKey(call, keys, api).id);
    return { status: 200, body: {} };
  });
  const getJwt = withKeys((call, keys) => {
    return { status: 200, body: { jwt: signJwt(call.context, findKey(call, keys, api), api.scope) } };
  });

  return [
    route(`create${name}`, "POST", path, create),
    route(`list${name}s`, "GET", path, list),
    route(`get${name}`, "GET", one, get),
    route(`delete${name}`, "DELETE", one, remove),
    ...(apiVersion === "v2" ? [] : [route(`get${name}Jwt`, "GET", `${one}/jwt`, getJwt)]),
  ];
}

interface KeyWire {
  readName(request: Incoming): string;
  write(key: SecretKey): object;
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

function createKey(
  { identifiers }: Context,
  keys: KeyRing,
  { prefix, holder }: KeyApi,
  name: string,
): SecretKey {
  if (keys.list().length >= maxKeys) {
    throw badRequest(`The ${holder} already has ${maxKeys} keys, the maximum for one. Delete one first.`);
  }
  const key = { id: `${prefix}${identifiers.objectId()}`, name, secret: identifiers.secret() };
  keys.add(key);
  return key;
}

function findKey({ params }: Call, keys: KeyRing, { holder }: KeyApi): SecretKey {
  const key = keys.list().find(({ id }) => id === params("keyId"));
  if (key === undefined) throw notFound(`The ${holder} has no key with this id.`);
  return key;
}

// jsonwebtoken treats an `iat` of 0 as unset.
function signJwt({ host }: Context, { id, secret }: SecretKey, scope: KeyApi["scope"]): string {
  const iat = Math.max(1, Math.floor(host.now() / 1000));
  return jwt.sign({ scope, iat }, secret, { keyid: id });
}
