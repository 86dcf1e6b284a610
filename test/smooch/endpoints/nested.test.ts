import { describe, expect, it } from "vitest";
import { play, type Row, refuse, refused, scripted } from "./wire";

const secret = "Y4SINFtAUzEjayxgUjJZoTjG";
const missing = refused(404, {
  error: { code: "not_found", description: "It is not there" },
  errors: [{ code: "not_found", title: "It is not there" }],
});

const at = { appId: "5a0b", integrationId: "5c0d" };
const integrationKeys = "/v2/apps/5a0b/integrations/5c0d/keys";
const integrationKeyWire = { id: "int_1", displayName: "bot", secret };
const integrationKey = { id: "int_1", name: "bot", secret };

const board = { appId: "5a0b", switchboardId: "5e0f" };
const entries = "/v2/apps/5a0b/switchboards/5e0f/switchboardIntegrations";
const entryWire = {
  id: "5f01",
  name: "bot",
  integrationId: "5c0d",
  integrationType: "custom",
  deliverStandbyEvents: true,
  nextSwitchboardIntegrationId: null,
  messageHistoryCount: 5,
  more: "unknown",
};
const entry = {
  id: "5f01",
  name: "bot",
  integrationId: "5c0d",
  integrationType: "custom",
  deliverStandbyEvents: true,
  messageHistoryCount: 5,
};

const inV2: Record<string, Row> = {
  "create integration key": {
    call: (smooch) => smooch.integrationKeys.create(at, { name: "bot" }),
    sent: [[`POST ${integrationKeys}`, { displayName: "bot" }]],
    answers: [{ key: integrationKeyWire }],
    gives: integrationKey,
  },
  "list integration keys": {
    call: (smooch) => smooch.integrationKeys.list(at),
    sent: [[`GET ${integrationKeys}`]],
    answers: [{ keys: [integrationKeyWire] }],
    gives: { items: [integrationKey], unreadable: [] },
  },
  "get integration key": {
    call: (smooch) => smooch.integrationKeys.get(at, "int_1"),
    sent: [[`GET ${integrationKeys}/int_1`]],
    answers: [{ key: integrationKeyWire }],
    gives: integrationKey,
  },
  "delete integration key": {
    call: (smooch) => smooch.integrationKeys.delete(at, "int_1"),
    sent: [[`DELETE ${integrationKeys}/int_1`]],
    answers: [{}],
    gives: true,
  },
  "create switchboard integration": {
    call: (smooch) =>
      smooch.switchboardIntegrations.create(board, {
        name: "bot",
        integrationId: "5c0d",
        messageHistoryCount: 5,
      }),
    sent: [[`POST ${entries}`, { name: "bot", integrationId: "5c0d", messageHistoryCount: 5 }]],
    answers: [{ switchboardIntegration: entryWire }],
    gives: entry,
  },
  "list switchboard integrations": {
    call: (smooch) => smooch.switchboardIntegrations.list(board),
    sent: [[`GET ${entries}`]],
    answers: [{ switchboardIntegrations: [entryWire] }],
    gives: { items: [entry], unreadable: [] },
  },
  "list a switchboard integration without anything that is optional": {
    call: (smooch) => smooch.switchboardIntegrations.list(board),
    sent: [[`GET ${entries}`]],
    answers: [{ switchboardIntegrations: [{ id: "5f01", name: "bot" }] }],
    gives: { items: [{ id: "5f01", name: "bot" }], unreadable: [] },
  },
  "get switchboard integration": {
    call: (smooch) => smooch.switchboardIntegrations.get(board, "5f01"),
    sent: [[`GET ${entries}`]],
    answers: [{ switchboardIntegrations: [{ ...entryWire, id: "5f00" }, entryWire] }],
    gives: entry,
  },
  "update switchboard integration": {
    call: (smooch) =>
      smooch.switchboardIntegrations.update(board, "5f01", {
        name: "bot2",
        nextSwitchboardIntegrationId: "5f02",
      }),
    sent: [[`PATCH ${entries}/5f01`, { name: "bot2", nextSwitchboardIntegrationId: "5f02" }]],
    answers: [{ switchboardIntegration: { ...entryWire, nextSwitchboardIntegrationId: "5f02" } }],
    gives: { ...entry, nextSwitchboardIntegrationId: "5f02" },
  },
  "clear what a switchboard integration may lack": {
    call: (smooch) =>
      smooch.switchboardIntegrations.update(board, "5f01", {
        nextSwitchboardIntegrationId: "",
        messageHistoryCount: 0,
      }),
    sent: [[`PATCH ${entries}/5f01`, { nextSwitchboardIntegrationId: null, messageHistoryCount: null }]],
    answers: [{ switchboardIntegration: { ...entryWire, messageHistoryCount: null } }],
    gives: { ...entry, messageHistoryCount: undefined },
  },
  "delete switchboard integration": {
    call: (smooch) => smooch.switchboardIntegrations.delete(board, "5f01"),
    sent: [[`DELETE ${entries}/5f01`]],
    answers: [{}],
    gives: true,
  },
};

function legacyRows(version: "v1" | "v1.1"): Record<string, Row> {
  const accounts = `/${version}/serviceaccounts`;
  const account = { id: "5d0e", name: "CI" };
  const accountWire = { _id: "5d0e", name: "CI", more: "unknown" };
  const of = { serviceAccountId: "5d0e" };
  const key = { id: "svc_1", name: "deploy", secret };
  const keyWire = { _id: "svc_1", name: "deploy", secret };
  const templates = `/${version}/apps/5a0b/templates`;
  const message = { role: "appMaker", type: "text", text: "Hello" };
  const template = { id: "5e0a", name: "greeting", message };
  const templateWire = { _id: "5e0a", name: "greeting", message };
  const page = "?limit=100&offset=0";
  return {
    "create template": {
      call: (smooch) => smooch.templates.create("5a0b", { name: "greeting", message }),
      sent: [[`POST ${templates}`, { name: "greeting", message }]],
      answers: [{ template: templateWire }],
      gives: template,
    },
    "list templates": {
      call: (smooch) => smooch.templates.list("5a0b"),
      sent: [[`GET ${templates}${page}`], [`GET ${templates}?limit=100&offset=1`]],
      answers: [
        { templates: [templateWire], hasMore: true },
        { templates: [{ ...templateWire, _id: "5e0b" }], hasMore: false },
      ],
      gives: { items: [template, { ...template, id: "5e0b" }], unreadable: [] },
    },
    "get template": {
      call: (smooch) => smooch.templates.get("5a0b", "5e0a"),
      sent: [[`GET ${templates}/5e0a`]],
      answers: [{ template: templateWire }],
      gives: template,
    },
    "update template": {
      call: (smooch) => smooch.templates.update("5a0b", "5e0a", { name: "hello" }),
      sent: [[`PUT ${templates}/5e0a`, { name: "hello" }]],
      answers: [{ template: { ...templateWire, name: "hello" } }],
      gives: { ...template, name: "hello" },
    },
    "delete template": {
      call: (smooch) => smooch.templates.delete("5a0b", "5e0a"),
      sent: [[`DELETE ${templates}/5e0a`]],
      answers: [{}],
      gives: true,
    },
    "create service account": {
      call: (smooch) => smooch.serviceAccounts.create({}, { name: "CI" }),
      sent: [[`POST ${accounts}`, { name: "CI" }]],
      answers: [{ serviceAccount: accountWire }],
      gives: account,
    },
    "list service accounts": {
      call: (smooch) => smooch.serviceAccounts.list({}),
      sent: [[`GET ${accounts}${page}`]],
      answers: [{ serviceAccounts: [accountWire], hasMore: false }],
      gives: { items: [account], unreadable: [] },
    },
    "get service account": {
      call: (smooch) => smooch.serviceAccounts.get({}, "5d0e"),
      sent: [[`GET ${accounts}/5d0e`]],
      answers: [{ serviceAccount: accountWire }],
      gives: account,
    },
    "update service account": {
      call: (smooch) => smooch.serviceAccounts.update({}, "5d0e", { name: "CD" }),
      sent: [[`PUT ${accounts}/5d0e`, { name: "CD" }]],
      answers: [{ serviceAccount: { ...accountWire, name: "CD" } }],
      gives: { ...account, name: "CD" },
    },
    "delete service account": {
      call: (smooch) => smooch.serviceAccounts.delete({}, "5d0e"),
      sent: [[`DELETE ${accounts}/5d0e`]],
      answers: [{}],
      gives: true,
    },
    "create service account key": {
      call: (smooch) => smooch.serviceAccountKeys.create(of, { name: "deploy" }),
      sent: [[`POST ${accounts}/5d0e/keys`, { name: "deploy" }]],
      answers: [{ key: keyWire }],
      gives: key,
    },
    "list service account keys": {
      call: (smooch) => smooch.serviceAccountKeys.list(of),
      sent: [[`GET ${accounts}/5d0e/keys`]],
      answers: [{ keys: [keyWire] }],
      gives: { items: [key], unreadable: [] },
    },
    "get service account key": {
      call: (smooch) => smooch.serviceAccountKeys.get(of, "svc_1"),
      sent: [[`GET ${accounts}/5d0e/keys/svc_1`]],
      answers: [{ key: keyWire }],
      gives: key,
    },
    "delete service account key": {
      call: (smooch) => smooch.serviceAccountKeys.delete(of, "svc_1"),
      sent: [[`DELETE ${accounts}/5d0e/keys/svc_1`]],
      answers: [{}],
      gives: true,
    },
  };
}

describe.each([
  ["v1", legacyRows("v1")],
  ["v1.1", legacyRows("v1.1")],
  ["v2", inV2],
] as const)("API %s", (version, table) => {
  const rows = Object.entries(table);

  it.each(rows)("%s", (_, row) => play(version, row));

  it.each(rows.filter(([name]) => !name.startsWith("delete")))(
    "%s refuses a response of another shape",
    (_, row) => refuse(version, row, { something: "else" }),
  );
});

describe("messages", () => {
  it.each<[string, Row["call"], string]>([
    [
      "an object that an app holds",
      (smooch) => smooch.integrationKeys.list(at),
      "Smooch refused to list integration keys of integration 5c0d of app 5a0b: It is not there (HTTP 404).",
    ],
    [
      "a new object",
      (smooch) => smooch.integrationKeys.create(at, { name: "bot" }),
      "Smooch refused to create an integration key in integration 5c0d of app 5a0b: It is not there (HTTP 404).",
    ],
    [
      "an object of a switchboard",
      (smooch) => smooch.switchboardIntegrations.delete(board, "5f01"),
      "Smooch refused to delete switchboard integration 5f01 of switchboard 5e0f of app 5a0b: It is not there (HTTP 404).",
    ],
  ])("name %s with what holds it", async (_, call, message) => {
    await expect(call(scripted("v2", [missing]).smooch)).rejects.toThrow(message);
  });

  it.each<[string, Row["call"], string]>([
    [
      "an object of the account",
      (smooch) => smooch.serviceAccounts.get({}, "5d0e"),
      "Smooch refused to read service account 5d0e: It is not there (HTTP 404).",
    ],
    [
      "what holds it there",
      (smooch) => smooch.serviceAccountKeys.get({ serviceAccountId: "5d0e" }, "svc_1"),
      "Smooch refused to read service account key svc_1 of service account 5d0e: It is not there (HTTP 404).",
    ],
  ])("name %s without an app", async (_, call, message) => {
    await expect(call(scripted("v1", [missing]).smooch)).rejects.toThrow(message);
  });

  it("do not contain a key's secret once it has been read", async () => {
    const { smooch } = scripted("v2", [
      { keys: [integrationKeyWire] },
      refused(403, { errors: [{ code: "forbidden", title: `No access with ${secret}` }] }),
    ]);
    await smooch.integrationKeys.list(at);
    await expect(smooch.integrationKeys.list(at)).rejects.toThrow("No access with [secret] (HTTP 403).");
  });
});

describe("an object that only a list shows", () => {
  const read = (answer: object) =>
    scripted("v2", Array(6).fill(answer)).smooch.switchboardIntegrations.get(board, "5f01");

  it("is missing if the list is without it, which is like a 404", async () => {
    const error = await read({ switchboardIntegrations: [{ ...entryWire, id: "5f00" }] }).catch(
      (reason) => reason,
    );
    expect(error).toMatchObject({
      name: "SmoochError",
      status: 404,
      isNotFound: true,
      retryable: false,
      mayBeApplied: false,
      code: undefined,
      message:
        "Could not read switchboard integration 5f01 of switchboard 5e0f of app 5a0b: Smooch does not list it. If it was deleted elsewhere, `pulumi refresh` records that; otherwise check that the credentials belong to its account.",
    });
  });

  it("that cannot be read is an error of its own, and does not hide the others", async () => {
    const wires = [{ id: "5f01", name: 7 }, entryWire, { ...entryWire, id: "5f02" }];
    const { smooch } = scripted("v2", Array(3).fill({ switchboardIntegrations: wires }));
    await expect(smooch.switchboardIntegrations.get(board, "5f01")).rejects.toThrow(
      "The response from Smooch for switchboard integration 5f01 of switchboard 5e0f of app 5a0b has an unexpected format: name has an unexpected value (HTTP 200).",
    );
    expect((await smooch.switchboardIntegrations.get(board, "5f02")).id).toBe("5f02");
    expect((await smooch.switchboardIntegrations.list(board)).unreadable).toEqual([
      { id: "5f01", problem: "name has an unexpected value" },
    ]);
  });

  it("keeps the request's id in its message", async () => {
    const answer = {
      status: 200,
      headers: { "x-request-id": "r-7" },
      body: JSON.stringify({ switchboardIntegrations: [] }),
    };
    await expect(read(answer)).rejects.toThrow("Smooch does not list it [request r-7].");
  });
});
