import { z } from "zod";
import type { AppCall } from "../../access";
import { withAccountApp } from "../../access";
import { shortText } from "../../fields";
import { parseBody } from "../../input";
import type { AppKey } from "../../objects/key";
import { createKey, deleteKey, getKey } from "../../objects/key";
import type { Answer, Route } from "../../route";

const keys = "/v2/apps/{appId}/keys";
const path = `${keys}/{keyId}`;

export const keyRoutes: readonly Route[] = [
  { operation: "createKey", method: "POST", path: keys, query: [], answer: withAccountApp(create) },
  { operation: "listKeys", method: "GET", path: keys, query: [], answer: withAccountApp(list) },
  { operation: "getKey", method: "GET", path, query: [], answer: withAccountApp(get) },
  { operation: "deleteKey", method: "DELETE", path, query: [], answer: withAccountApp(remove) },
];

const createWire = z.strictObject({ displayName: shortText });

interface KeyWire {
  readonly id: string;
  readonly displayName: string;
  readonly secret: string;
}

function create({ context, app, request }: AppCall): Answer {
  const { displayName } = parseBody(createWire, request);
  return { status: 201, body: { key: writeKey(createKey(context, app, displayName)) } };
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

function writeKey({ id, name, secret }: AppKey): KeyWire {
  return { id, displayName: name, secret };
}
