import { beforeAll, expect, test } from "vitest";
import { World } from "../support/world";
import { changeOf, mostOf, typesOfV2 } from "./bodies";
import { describeContract } from "./description";
import { ask, basic, newCustom, newWebhook } from "./hand";
import { type Call, idOf, playBesideClient } from "./journeys";
import { Recorder } from "./recorder";
import { isNode, nodesIn } from "./tree";
import { type CheckExchange, loadChecker } from "./validator";

const gone = "5a0b1c2d3e4f5a6b7c8d9e0f";

/** One value of each type, so that most are invalid for any field. */
const wrongs = [7, "x", true, null, ["x"]];

/** The wire names of fields that have a different name in the client's table. */
const wireNames: Readonly<Record<string, string>> = { facebookAppId: "appId" };

describeContract("the emulator alone in v2, checked against the official description", () => {
  let check: CheckExchange;
  beforeAll(async () => {
    check = await loadChecker();
  });

  /** An emulator with one app, called without the client; every exchange is checked. */
  async function start() {
    const { emulator } = new World({}, "v2");
    const recorder = new Recorder(check);
    const account = basic(emulator.accountKeyId, emulator.accountKeySecret);
    const call: Call = async (method, path, body, as = account) => {
      const { answer } = await recorder.ask(emulator, ask(method, path, body, as));
      return JSON.parse(answer.body);
    };
    const appPath = `/v2/apps/${idOf(await call("POST", "/v2/apps", { displayName: "Shop" }))}`;
    const key = await call("POST", `${appPath}/keys`, { displayName: "backend" });
    const app = basic(idOf(key), String(isNode(key) && isNode(key.key) ? key.key.secret : ""));
    return { recorder, call, appPath, app };
  }

  test("supports webhooks at their own path, users, messages and switchboards without the client", async () => {
    const { recorder, call, appPath, app } = await start();
    await playBesideClient(call, appPath, app);
    expect(recorder.exchanges.filter(({ answer }) => answer.status >= 300)).toEqual([]);
    expect(recorder.violations).toEqual([]);
  });

  test("refuses a second webhook of a custom integration, and an account key at the webhooks path", async () => {
    const { recorder, call, appPath, app } = await start();
    const path = `${appPath}/integrations/${idOf(await call("POST", `${appPath}/integrations`, newCustom))}/webhooks`;
    await call("POST", path, { ...newWebhook, target: "https://example.com/2" }, app);
    await call("GET", path);
    expect(recorder.exchanges.slice(-2).map(({ answer }) => answer.status)).toEqual([400, 403]);
    expect(recorder.violations).toEqual([]);
  });

  test("pages in both directions, with a filter and below /sc", async () => {
    const { recorder, call, appPath } = await start();
    for (const type of ["unity", "web", "unity", "unity"])
      await call("POST", `${appPath}/integrations`, { type });
    const first = Object(await call("GET", `${appPath}/integrations?filter[types]=unity&page[size]=2`));
    const cursor = first.meta.afterCursor;
    const second = Object(
      await call("GET", `/sc${appPath}/integrations?filter[types]=unity&page[size]=2&page[after]=${cursor}`),
    );
    const back = second.meta.beforeCursor;
    const again = Object(
      await call("GET", `${appPath}/integrations?filter[types]=unity&page[size]=2&page[before]=${back}`),
    );
    expect(again.integrations).toEqual(first.integrations);
    expect(second.integrations).toHaveLength(1);
    expect(recorder.violations).toEqual([]);
  });

  test.each([
    ["both cursors", "page[after]=5a0b1c2d3e4f5a6b7c8d9e0f&page[before]=5a0b1c2d3e4f5a6b7c8d9e0f"],
    ["a short cursor", "page[after]=1"],
    ["a page size of 101", "page[size]=101"],
    ["a page size of 0", "page[size]=0"],
  ])("refuses %s, as the description does", async (_, query) => {
    const { recorder, call, appPath } = await start();
    await call("GET", `/v2/apps?${query}`);
    await call("GET", `${appPath}/integrations?${query}`);
    expect(recorder.refused).toHaveLength(2);
    expect(recorder.violations).toEqual([]);
  });

  test("apps, keys and webhooks: refuses what the description refuses, field by field", async () => {
    const { recorder, call, appPath, app } = await start();
    const custom = await call("POST", `${appPath}/integrations`, newCustom);
    const webhooks = `${appPath}/integrations/${idOf(custom)}/webhooks`;
    const [webhook] = nodesIn(Object.values(Object(await call("GET", webhooks, undefined, app)))[0]);
    const flags = { includeFullUser: true, includeFullSource: true };
    const settings = {
      conversationRetentionSeconds: 60,
      maskCreditCardNumbers: true,
      useAnimalNames: true,
      echoPostback: true,
      ignoreAutoConversationStart: true,
      multiConvoEnabled: true,
      appLocalizationEnabled: true,
      endSessionEnabled: true,
      disableConversationReopen: true,
    };
    for (const wrong of wrongs) {
      // No read-only fields: the description refuses them, but the service has been observed to accept them.
      for (const name of ["displayName", "settings", "metadata", "name", "subdomain"]) {
        await call("POST", "/v2/apps", { displayName: "Shop", [name]: wrong });
        await call("PATCH", appPath, { [name]: wrong });
        await call("POST", `${appPath}/keys`, { displayName: "Key", [name]: wrong });
      }
      await call("PATCH", appPath, { metadata: { a: wrong } });
      for (const name of Object.keys(settings)) await call("PATCH", appPath, { settings: { [name]: wrong } });
      for (const name of Object.keys({ ...newWebhook, ...flags }))
        await call("PATCH", `${webhooks}/${webhook?.id}`, { [name]: wrong }, app);
    }
    await call("PATCH", appPath, { settings });
    await call("GET", appPath);
    expect(recorder.refused.length).toBeGreaterThan(80);
    expect(recorder.violations).toEqual([]);
  });

  test("switchboards and keys of integrations: refuses what the description refuses, field by field", async () => {
    const { recorder, call, appPath } = await start();
    const integrationId = idOf(await call("POST", `${appPath}/integrations`, newCustom));
    const switchboards = `${appPath}/switchboards`;
    const switchboard = `${switchboards}/${idOf(await call("POST", switchboards))}`;
    const path = `${switchboard}/switchboardIntegrations`;
    const given = { name: "bot", integrationType: "zd:answerBot" };
    const one = `${path}/${idOf(await call("POST", path, given))}`;
    const fields = {
      ...given,
      integrationId,
      deliverStandbyEvents: true,
      nextSwitchboardIntegrationId: null,
      messageHistoryCount: 5,
    };
    for (const wrong of [...wrongs, 11, 1.5, "a b", "a".repeat(129), {}]) {
      for (const name of ["enabled", "defaultSwitchboardIntegrationId", "name"])
        await call("PATCH", switchboard, { [name]: wrong });
      for (const name of [...Object.keys(fields), "switchboardId"]) {
        await call("POST", path, { ...given, [name]: wrong });
        await call("PATCH", one, { [name]: wrong });
      }
      for (const name of ["displayName", "name"])
        await call("POST", `${appPath}/integrations/${integrationId}/keys`, {
          displayName: "bot",
          [name]: wrong,
        });
    }
    await call("POST", path, fields);
    await call("PATCH", one, fields);
    await call("GET", path);
    expect(recorder.refused.length).toBeGreaterThan(120);
    expect(recorder.violations).toEqual([]);
  });

  test.each([
    ["a second switchboard", 400, "bad_request", "POST", ""],
    ["a switchboard that does not exist", 404, "switchboard_not_found", "PATCH", `/${gone}`],
    [
      "a list of a switchboard that does not exist",
      404,
      "switchboard_not_found",
      "GET",
      `/${gone}/switchboardIntegrations`,
    ],
    [
      "enabling without a default",
      404,
      "switchboard_integration_not_found",
      "PATCH",
      "/{id}",
      { enabled: true },
    ],
    [
      "a default that does not exist",
      404,
      "switchboard_integration_not_found",
      "PATCH",
      "/{id}",
      { defaultSwitchboardIntegrationId: gone },
    ],
    [
      "a deletion of a switchboard integration that does not exist",
      404,
      "switchboard_integration_not_found",
      "DELETE",
      `/{id}/switchboardIntegrations/${gone}`,
    ],
  ])(
    "refuses %s with %i %s, in the description's form",
    async (_, status, code, method, path, body?: object) => {
      const { recorder, call, appPath } = await start();
      const switchboards = `${appPath}/switchboards`;
      const id = idOf(await call("POST", switchboards));
      const refused = await call(
        method,
        `${switchboards}${path.replace("{id}", id)}`,
        body ?? changeFor(method),
      );
      expect([recorder.exchanges.at(-1)?.answer.status, refused]).toEqual([
        status,
        { errors: [{ code, title: expect.any(String) }] },
      ]);
      expect(recorder.violations).toEqual([]);
    },
  );

  test("refuses an eleventh switchboard integration and an eleventh key, in the description's form", async () => {
    const { recorder, call, appPath } = await start();
    const integrationId = idOf(await call("POST", `${appPath}/integrations`, newCustom));
    const switchboards = `${appPath}/switchboards`;
    const path = `${switchboards}/${idOf(await call("POST", switchboards))}/switchboardIntegrations`;
    const keys = `${appPath}/integrations/${integrationId}/keys`;
    const codes: unknown[] = [];
    for (let n = 1; n <= 11; n++) {
      codes.push(await call("POST", path, { name: `bot-${n}`, integrationType: "zd:answerBot" }));
      codes.push(await call("POST", keys, { displayName: `bot ${n}` }));
    }
    expect(codes.slice(-2)).toEqual(
      ["too_many_switchboard_integrations", "bad_request"].map((code) => ({
        errors: [{ code, title: expect.any(String) }],
      })),
    );
    expect(recorder.violations).toEqual([]);
  });

  test("refuses a key of an integration where its scope is not enough", async () => {
    const { recorder, call, appPath } = await start();
    const integration = `${appPath}/integrations/${idOf(await call("POST", `${appPath}/integrations`, newCustom))}`;
    const made = Object(await call("POST", `${integration}/keys`, { displayName: "bot" }));
    const itself = basic(made.key.id, made.key.secret);
    recorder.exchanges.length = 0;
    for (const path of [appPath, `${appPath}/switchboards`, integration, `${integration}/keys`])
      await call("GET", path, undefined, itself);
    expect(recorder.exchanges.map(({ answer }) => answer.status)).toEqual([403, 403, 403, 403]);
    expect(recorder.violations).toEqual([]);
  });

  test.each(typesOfV2)("%s: refuses what the description refuses, field by field", async (type) => {
    const { recorder, call, appPath } = await start();
    const path = `${appPath}/integrations`;
    const whole = wire(mostOf(type));
    const made = await call("POST", path, whole);
    const change = wire(changeOf(type));
    for (const name of Object.keys(whole)) {
      const { [name]: _, ...rest } = whole;
      await call("POST", path, withOtherTarget(rest));
      for (const wrong of wrongs) {
        await call("POST", path, withOtherTarget({ ...whole, [name]: wrong }));
        if (name !== "webhooks") await call("PATCH", `${path}/${idOf(made)}`, { [name]: wrong });
      }
    }
    await call("PATCH", `${path}/${idOf(made)}`, { colour: "red" });
    await call("POST", path, { ...whole, colour: "red" });
    expect(Object.keys(change).length).toBeGreaterThan(0);
    expect(recorder.refused.length).toBeGreaterThan(Object.keys(whole).length * 3);
    expect(recorder.violations).toEqual([]);
  });
});

function wire(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [wireNames[name] ?? name, value]));
}

/** The body that a method of the description needs. */
function changeFor(method: string): object | undefined {
  return method === "PATCH" ? {} : undefined;
}

let targets = 0;

/** Sets a new webhook target, because no two webhooks of an app may have the same one. */
function withOtherTarget(body: Record<string, unknown>): object {
  const [webhook] = nodesIn(body.webhooks);
  if (webhook === undefined) return body;
  return { ...body, webhooks: [{ ...webhook, target: `https://example.com/${++targets}` }] };
}
