import { z } from "zod";
import type { AccountCall, AppCall } from "../../access";
import { withAccount, withAccountApp } from "../../access";
import { parseBody, parseQuery } from "../../input";
import type { App } from "../../objects/app";
import { createApp, deleteApp, updateApp } from "../../objects/app";
import type { Answer, Route } from "../../route";
import { flatObject, text } from "./fields";

const path = "/v1/apps/{appId}";

export const appRoutes: readonly Route[] = [
  { operation: "createApp", method: "POST", path: "/v1/apps", query: [], answer: withAccount(create) },
  {
    operation: "listApps",
    method: "GET",
    path: "/v1/apps",
    query: ["limit", "offset"],
    answer: withAccount(list),
  },
  { operation: "getApp", method: "GET", path, query: [], answer: withAccountApp(get) },
  { operation: "updateApp", method: "PUT", path, query: [], answer: withAccountApp(update) },
  { operation: "deleteApp", method: "DELETE", path, query: [], answer: withAccountApp(remove) },
];

// legacy.md 7.4
const maxMetadataBytes = 4096;

// Unknown fields are refused: whether v1 honours what came later is not settled (legacy.md 9.2), and a field that is
// silently dropped here would be a mistake found in production.
const changeWire = z.strictObject({
  name: text.optional(),
  settings: z
    .strictObject({ maskCreditCardNumbers: z.boolean().optional(), useAnimalNames: z.boolean().optional() })
    .optional(),
  metadata: flatObject
    .refine((metadata) => Buffer.byteLength(JSON.stringify(metadata)) <= maxMetadataBytes, {
      error: `must not be larger than ${maxMetadataBytes} bytes`,
    })
    .optional(),
});
const createWire = changeWire.extend({ name: text });

const pageWire = z.object({
  limit: wholeNumber(1, 100).default(25),
  offset: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
});

interface AppWire {
  readonly _id: string;
  readonly appToken: string;
  readonly name: string;
  readonly settings: App["settings"];
  readonly metadata?: App["metadata"];
}

function create({ context, accountId, request }: AccountCall): Answer {
  const app = createApp(context, accountId, parseBody(createWire, request));
  return { status: 201, body: { app: writeApp(app) } };
}

function list({ context, accountId, request }: AccountCall): Answer {
  const { limit, offset } = parseQuery(pageWire, request);
  const all = context.store.appsOf(accountId);
  const apps = all.slice(offset, offset + limit).map(writeApp);
  return { status: 200, body: { apps, hasMore: offset + limit < all.length, offset } };
}

function get({ app }: AppCall): Answer {
  return { status: 200, body: { app: writeApp(app) } };
}

function update({ context, app, request }: AppCall): Answer {
  updateApp(context, app, parseBody(changeWire, request));
  return { status: 200, body: { app: writeApp(app) } };
}

function remove({ context, app }: AppCall): Answer {
  deleteApp(context, app);
  return { status: 200, body: {} };
}

function writeApp({ id, token, name, settings, metadata }: App): AppWire {
  return { _id: id, appToken: token, name, settings, metadata };
}

function wholeNumber(min: number, max: number) {
  const error = max === Number.MAX_SAFE_INTEGER ? "must be a whole number" : `must be from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error });
}
