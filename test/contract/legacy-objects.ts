import { z } from "zod";
import { Bench } from "../emulator/support";
import { ask } from "./hand";
import { type Legacy, type Row, refusal } from "./legacy";
import { menu, serviceAccount, serviceAccountKey, template } from "./legacy-wire";
import type { Exchange, Recorder } from "./recorder";

type Ids = Readonly<
  Record<"app" | "integration" | "template" | "serviceAccount" | "serviceAccountKey", string>
>;

type DirectRow = Pick<Row, "operation" | "sent" | "query" | "body" | "status" | "answer">;

const link = { type: "link", text: "Shop", uri: "https://shop.example" };
const postback = { type: "postback", text: "Help", payload: "HELP" };
const newMenu = { items: [link, { type: "submenu", text: "More", items: [postback] }] };
const newTemplate = {
  name: "rate",
  message: {
    role: "appMaker",
    type: "text",
    text: "How was it?",
    actions: [{ type: "reply", text: "Good", payload: "GOOD" }],
  },
};
const newFile = {
  name: "warranty",
  message: {
    role: "appMaker",
    type: "file",
    mediaType: "application/pdf",
    mediaUrl: "https://shop.example/warranty.pdf",
  },
};

const one = <T extends z.ZodType>(name: string, object: T) => z.strictObject({ [name]: object });
const pageOf = <T extends z.ZodType>(name: string, object: T) =>
  z.strictObject({ [name]: z.array(object).min(1), hasMore: z.boolean(), offset: z.literal(0) });
const empty = z.strictObject({});
const gone = "5a0b1c2d3e4f5a6b7c8d9e0f";

/** The contract of menus, templates and service accounts in v1 and v1.1, called without the client. */
export const directRows: DirectRow[] = [
  ...menuRows("app menu", "/apps/{app}/menu", one("menu", z.strictObject({ items: z.tuple([]) }))),
  ...menuRows("integration menu", "/apps/{app}/integrations/{integration}/menu", empty),
  {
    operation: "create integration menu",
    sent: ["POST", "/apps/{app}/integrations/{integration}/menu"],
    body: newMenu,
    status: 201,
    answer: one("menu", menu),
  },
  {
    operation: "put a menu without items",
    sent: ["PUT", "/apps/{app}/menu"],
    body: { items: [] },
    ...refusal(400, "bad_request"),
  },
  ...rowsOfKind("template", "/apps/{app}/templates", template, newTemplate, { name: "rating" }),
  {
    operation: "create template with media",
    sent: ["POST", "/apps/{app}/templates"],
    body: newFile,
    status: 201,
    answer: one("template", template),
  },
  {
    operation: "get a template that does not exist",
    sent: ["GET", `/apps/{app}/templates/${gone}`],
    ...refusal(404, "not_found"),
  },
  {
    operation: "update template with nothing",
    sent: ["PUT", "/apps/{app}/templates/{template}"],
    body: {},
    ...refusal(400, "bad_request"),
  },
  ...rowsOfKind("serviceAccount", "/serviceaccounts", serviceAccount, { name: "agency" }, { name: "agency" }),
  {
    operation: "get a service account that does not exist",
    sent: ["GET", `/serviceaccounts/${gone}`],
    ...refusal(404, "not_found"),
  },
  ...keyRows("/serviceaccounts/{serviceAccount}/keys"),
];

function menuRows(operation: string, path: string, deleted: z.ZodType): DirectRow[] {
  const answer = one("menu", menu);
  return [
    { operation: `get ${operation}`, sent: ["GET", path], status: 200, answer },
    { operation: `put ${operation}`, sent: ["PUT", path], body: newMenu, status: 200, answer },
    { operation: `delete ${operation}`, sent: ["DELETE", path], status: 200, answer: deleted },
  ];
}

function rowsOfKind(
  name: "template" | "serviceAccount",
  path: string,
  object: z.ZodType,
  given: object,
  change: object,
): DirectRow[] {
  const operation = name === "template" ? name : "service account";
  const answer = one(name, object);
  const query = { limit: "100", offset: "0" };
  const single = `${path}/{${name}}`;
  return [
    { operation: `create ${operation}`, sent: ["POST", path], body: given, status: 201, answer },
    {
      operation: `list ${operation}s`,
      sent: ["GET", path],
      query,
      status: 200,
      answer: pageOf(`${name}s`, object),
    },
    { operation: `get ${operation}`, sent: ["GET", single], status: 200, answer },
    { operation: `update ${operation}`, sent: ["PUT", single], body: change, status: 200, answer },
    { operation: `delete ${operation}`, sent: ["DELETE", single], status: 200, answer: empty },
  ];
}

function keyRows(path: string): DirectRow[] {
  const answer = one("key", serviceAccountKey);
  const single = `${path}/{serviceAccountKey}`;
  const operation = "service account key";
  return [
    { operation: `create ${operation}`, sent: ["POST", path], body: { name: "second" }, status: 201, answer },
    {
      operation: `list ${operation}s`,
      sent: ["GET", path],
      status: 200,
      answer: one("keys", z.array(serviceAccountKey).min(1)),
    },
    { operation: `get ${operation}`, sent: ["GET", single], status: 200, answer },
    {
      operation: `get the JWT of a ${operation}`,
      sent: ["GET", `${single}/jwt`],
      status: 200,
      answer: one("jwt", z.jwt({ alg: "HS256" })),
    },
    { operation: `delete ${operation}`, sent: ["DELETE", single], status: 200, answer: empty },
  ];
}

/** Sends the row's request to an emulator of its own, which has one object of every kind. */
export async function playRow(
  { sent: [method, path], query, body }: DirectRow,
  version: Legacy,
  recorder: Recorder,
): Promise<Exchange> {
  const bench = new Bench();
  const ids = await prepare(bench);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: keyof Ids) => ids[name]);
  const url = `/${version}${filled}${query === undefined ? "" : `?${new URLSearchParams(query)}`}`;
  return recorder.ask(bench.emulator, ask(method, url, body, `Bearer ${bench.accountToken}`));
}

async function prepare(bench: Bench): Promise<Ids> {
  const appId = await bench.createApp();
  const app = `/v1/apps/${appId}`;
  const telegram = { body: { type: "telegram", token: "123:a" } };
  const { integration } = await bench.expect(201, "POST", `${app}/integrations`, telegram);
  for (const owner of [app, `${app}/integrations/${integration._id}`]) {
    await bench.expect(200, "PUT", `${owner}/menu`, { body: newMenu });
  }
  const made = await bench.expect(201, "POST", `${app}/templates`, {
    body: { ...newTemplate, name: "first" },
  });
  const serviceAccount = await bench.createServiceAccount();
  return {
    app: appId,
    integration: integration._id,
    template: made.template._id,
    serviceAccount,
    serviceAccountKey: (await bench.createServiceAccountKey(serviceAccount)).id,
  };
}
