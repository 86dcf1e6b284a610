import jwt from "jsonwebtoken";
import { z } from "zod";
import type { AppCall } from "../../access";
import { withAccountApp } from "../../access";
import { text } from "../../fields";
import { parseBody } from "../../input";
import type { AppKey } from "../../objects/key";
import { createKey, deleteKey, getKey } from "../../objects/key";
import type { Answer, Route } from "../../route";
import type { Dialect } from "./dialect";

/** The same in both generations (legacy.md 3). */
export function keyRoutes(version: Dialect["version"]): Route[] {
  const keys = `/${version}/apps/{appId}/keys`;
  const path = `${keys}/{keyId}`;
  return [
    { operation: "createKey", method: "POST", path: keys, query: [], answer: withAccountApp(create) },
    { operation: "listKeys", method: "GET", path: keys, query: [], answer: withAccountApp(list) },
    { operation: "getKey", method: "GET", path, query: [], answer: withAccountApp(get) },
    { operation: "deleteKey", method: "DELETE", path, query: [], answer: withAccountApp(remove) },
    { operation: "getKeyJwt", method: "GET", path: `${path}/jwt`, query: [], answer: withAccountApp(getJwt) },
  ];
}

const createWire = z.strictObject({ name: text });

interface KeyWire {
  readonly _id: string;
  readonly name: string;
  readonly secret: string;
}

function create({ context, app, request }: AppCall): Answer {
  const { name } = parseBody(createWire, request);
  return { status: 201, body: { key: writeKey(createKey(context, app, name)) } };
}

function list({ app }: AppCall): Answer {
  return { status: 200, body: { keys: [...app.keys.values()].map(writeKey) } };
}

function get({ app, params }: AppCall): Answer {
  return { status: 200, body: { key: writeKey(getKey(app, params("keyId"))) } };
}

function remove({ context, app, params }: AppCall): Answer {
  deleteKey(context, app, params("keyId"));
  return { status: 200, body: {} };
}

// legacy.md 3.1: header alg, typ, kid; payload scope and iat. jsonwebtoken takes an `iat` of 0 for none.
function getJwt({ context, app, params }: AppCall): Answer {
  const { id, secret } = getKey(app, params("keyId"));
  const iat = Math.max(1, Math.floor(context.host.now() / 1000));
  return { status: 200, body: { jwt: jwt.sign({ scope: "app", iat }, secret, { keyid: id }) } };
}

function writeKey({ id, name, secret }: AppKey): KeyWire {
  return { _id: id, name, secret };
}
