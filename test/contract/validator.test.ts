import { beforeAll, expect, test } from "vitest";
import { describeContract, loadDescription } from "./description";
import {
  answer,
  app,
  appPath,
  asApp,
  ask,
  custom,
  integration,
  integrationPath,
  key,
  newCustom,
  newWebhook,
  refuse,
  webhook,
} from "./hand";
import { isNode, nodeAt } from "./tree";
import { type CheckExchange, type GivenAnswer, loadChecker, type SentRequest } from "./validator";

type Row = [title: string, request: SentRequest, answer: GivenAnswer];

const newKey = { displayName: "Key" };
const twilio = { type: "twilio", accountSid: "AC1", authToken: "t", phoneNumberSid: "PN1" };

const right: Row[] = [
  ["create app", ask("POST", "/v2/apps", { displayName: "Shop" }), answer(201, { app })],
  ["below /sc", ask("POST", "/sc/v2/apps", { displayName: "Shop" }), answer(201, { app })],
  ["100 characters", ask("POST", "/v2/apps", { displayName: "a".repeat(100) }), answer(201, { app })],
  [
    "list apps",
    ask("GET", "/v2/apps?page%5Bsize%5D=100"),
    answer(200, { apps: [app], meta: { hasMore: false } }),
  ],
  [
    "update app as the app",
    ask("PATCH", appPath, { metadata: { tier: "gold" } }, asApp),
    answer(200, { app }),
  ],
  ["get app", ask("GET", appPath), answer(200, { app: { ...app, subdomain: "shop" } })],
  ["delete app", ask("DELETE", appPath), answer(200, {})],
  ["create key", ask("POST", `${appPath}/keys`, newKey), answer(201, { key })],
  ["create custom", ask("POST", `${appPath}/integrations`, newCustom), answer(201, { integration: custom })],
  [
    "create twilio",
    ask("POST", `${appPath}/integrations`, twilio),
    answer(201, { integration: integration("twilio", { accountSid: "AC1", phoneNumberSid: "PN1" }) }),
  ],
  [
    "unset a name",
    ask("PATCH", integrationPath, { displayName: null }),
    answer(200, { integration: integration("web", { displayName: null, brandColor: "65758e" }) }),
  ],
  [
    "filtered list",
    ask("GET", `${appPath}/integrations?filter[types]=custom,web&page[after]=5a0b1c2d3e4f5a6b7c8d9e1a`),
    answer(200, { integrations: [custom], meta: { hasMore: false }, links: {} }),
  ],
  [
    "update webhook as the app",
    ask("PATCH", `${integrationPath}/webhooks/${webhook.id}`, { includeFullUser: true }, asApp),
    answer(200, { webhook }),
  ],
  ["a listed refusal", ask("GET", appPath), refuse(404, "app_not_found")],
  ["a refusal that an exception allows", ask("POST", `${appPath}/keys`, newKey), refuse(400, "bad_request")],
  ["a scope that is refused", ask("GET", `${appPath}/keys`, undefined, asApp), refuse(403, "forbidden")],
  ["too many requests", ask("GET", "/v2/apps"), refuse(429, "too_many_requests")],
];

const create = ask("POST", "/v2/apps", { displayName: "Shop" });
const created = answer(201, { app });
const createCustom = ask("POST", `${appPath}/integrations`, newCustom);

const wrongRequests: [...Row, violation: RegExp][] = [
  ["unknown operation", ask("PUT", appPath, {}), answer(200, { app }), /unknown operation PUT/],
  ["operation of v1", ask("GET", "/v1/apps"), answer(200, { apps: [app] }), /unknown operation GET/],
  ["no name", ask("POST", "/v2/apps", {}), created, /required property 'displayName'/],
  ["v1's name", ask("POST", "/v2/apps", { name: "Shop" }), created, /additional properties \(name\)/],
  ["no body", ask("POST", "/v2/apps"), created, /content-type is not application\/json/],
  ["null as name", ask("POST", "/v2/apps", { displayName: null }), created, /displayName must be string/],
  ["empty name", ask("POST", "/v2/apps", { displayName: "" }), created, /fewer than 1 char/],
  [
    "101 characters",
    ask("POST", "/v2/apps", { displayName: "a".repeat(101) }),
    created,
    /more than 100 char/,
  ],
  [
    "unknown setting",
    ask("POST", "/v2/apps", { displayName: "Shop", settings: { dark: true } }),
    created,
    /settings must NOT have additional properties \(dark\)/,
  ],
  [
    "negative retention",
    ask("PATCH", appPath, { settings: { conversationRetentionSeconds: -1 } }),
    answer(200, { app }),
    /must be >= 0/,
  ],
  ["a body with a delete", ask("DELETE", appPath, {}), answer(200, {}), /a body where none/],
  ["a page too large", ask("GET", "/v2/apps?page[size]=101"), answer(200, { apps: [] }), /must be <= 100/],
  [
    "v1's paging",
    ask("GET", "/v2/apps?limit=100"),
    answer(200, { apps: [] }),
    /additional properties \(limit\)/,
  ],
  [
    "a string instead of a list of triggers",
    ask("POST", `${appPath}/integrations`, {
      ...newCustom,
      webhooks: [{ ...newWebhook, triggers: "message" }],
    }),
    answer(201, { integration: custom }),
    /triggers must be array/,
  ],
  [
    "two webhooks",
    ask("POST", `${appPath}/integrations`, { ...newCustom, webhooks: [newWebhook, newWebhook] }),
    answer(201, { integration: custom }),
    /more than 1 items/,
  ],
  [
    "custom without webhook",
    ask("POST", `${appPath}/integrations`, { type: "custom" }),
    answer(201, { integration: custom }),
    /required property 'webhooks'/,
  ],
  [
    "an id chosen by the client",
    ask("POST", `${appPath}/integrations`, { ...newCustom, id: custom.id }),
    answer(201, { integration: custom }),
    /additional properties \(id\)/,
  ],
  [
    "unknown type",
    ask("POST", `${appPath}/integrations`, { type: "pigeon" }),
    answer(201, { integration: custom }),
    /value of tag "type"/,
  ],
  [
    "a field of another type",
    ask("PATCH", integrationPath, { hsmFallbackLanguage: "de" }),
    answer(200, { integration: integration("web") }),
    /additional properties \(hsmFallbackLanguage\)/,
  ],
  [
    "a field that only a create accepts",
    ask("PATCH", integrationPath, { accountSid: "AC2" }),
    answer(200, { integration: integration("twilio") }),
    /additional properties \(accountSid\)/,
  ],
  ["a body that is not JSON", { ...create, body: "displayName" }, created, /the body is not JSON/],
];

const wrongAnswers: [...Row, violation: RegExp][] = [
  ["no envelope", create, answer(201, app), /required property 'app'/],
  ["another envelope", create, answer(201, { apps: [app] }), /required property 'app'/],
  ["v1's id", create, answer(201, { app: { ...app, _id: app.id } }), /additional properties \(_id\)/],
  ["an app without settings", create, answer(201, { app: { id: "1", displayName: "a" } }), /'settings'/],
  ["a subdomain from create", create, answer(201, { app: { ...app, subdomain: "shop" } }), /\(subdomain\)/],
  ["v1's status", ask("POST", `${appPath}/keys`, newKey), answer(200, { key }), /status 200 is not listed/],
  [
    "a key without secret",
    ask("GET", `${appPath}/keys`),
    answer(200, { keys: [{ ...key, secret: undefined }] }),
    /secret/,
  ],
  [
    "a non-empty response to a delete",
    ask("DELETE", appPath),
    answer(200, { app }),
    /additional properties \(app\)/,
  ],
  ["a number as id", create, answer(201, { app: { ...app, id: 7 } }), /id must be string/],
  ["a teapot", create, refuse(418, "teapot"), /status 418 is not listed/],
  ["v1's error", create, answer(400, { error: { code: "bad_request", description: "No" } }), /'errors'/],
  ["an error without title", create, answer(400, { errors: [{ code: "bad_request" }] }), /'title'/],
  ["no error entry", create, answer(400, { errors: [] }), /errors is empty/],
  ["a code of another status", create, refuse(402, "bad_request"), /code bad_request is not one of/],
  [
    "two entries",
    ask("GET", appPath),
    answer(404, { errors: [1, 2].map(() => ({ code: "app_not_found", title: "No" })) }),
    /several entries/,
  ],
  ["HTML", create, { status: 502, headers: { "content-type": "text/html" }, body: "<html>" }, /not JSON/],
  [
    "a returned credential",
    ask("POST", `${appPath}/integrations`, twilio),
    answer(201, {
      integration: integration("twilio", { accountSid: "AC1", phoneNumberSid: "PN1", authToken: "t" }),
    }),
    /additional properties \(authToken\)/,
  ],
  [
    "an unknown integration status",
    createCustom,
    answer(201, { integration: { ...custom, status: "fine" } }),
    /allowed values/,
  ],
  ["no webhook", createCustom, answer(201, { integration: integration("custom") }), /'webhooks'/],
  [
    "a webhook without secret",
    createCustom,
    answer(201, { integration: { ...custom, webhooks: [{ ...webhook, secret: undefined }] } }),
    /'secret'/,
  ],
  [
    "a webhook changed by an account",
    ask("PATCH", `${integrationPath}/webhooks/${webhook.id}`, { includeFullUser: true }),
    answer(200, { webhook }),
    /success for scope account/,
  ],
  [
    "an app created by an app",
    ask("POST", "/v2/apps", { displayName: "a" }, asApp),
    created,
    /success for scope app/,
  ],
  [
    "no credential",
    ask("GET", "/v2/apps", undefined, ""),
    answer(200, { apps: [] }),
    /success for scope none/,
  ],
];

describeContract("the exchange checker", () => {
  let check: CheckExchange;
  beforeAll(async () => {
    check = await loadChecker();
  });

  test.each(right)("accepts a valid exchange: %s", (_, request, given) => {
    const { request: sent, answer: answered } = check(request, given);
    expect([...sent, ...answered]).toEqual([]);
  });

  test.each(wrongRequests)("reports a wrong request: %s", (_, request, given, violation) => {
    expect(check(request, given).request.join("\n")).toMatch(violation);
  });

  test.each(wrongAnswers)("reports a wrong response: %s", (_, request, given, violation) => {
    expect(check(request, given).answer.join("\n")).toMatch(violation);
  });

  test("knows and can check every operation on apps, keys, integrations and switchboards", async () => {
    const description = await loadDescription();
    if (!isNode(description)) throw new Error("not an object");
    const paths = Object.entries(nodeAt(description, "paths")).filter(([path]) =>
      /^\/v2\/apps(\/\{appId\}(\/(keys|integrations|switchboards).*)?)?$/.test(path),
    );
    const unchecked = paths.flatMap(([path, methods]) =>
      Object.keys(isNode(methods) ? methods : {})
        .filter((method) => method !== "parameters")
        .map((method) => check(ask(method, path.replace(/[{}]/g, ""), {}), answer(200, {})))
        .filter(({ request, answer }) =>
          /unknown operation|cannot be checked/.test([...request, ...answer].join()),
        ),
    );
    expect(unchecked).toEqual([]);
    expect(paths.length).toBeGreaterThanOrEqual(12);
  });
});
