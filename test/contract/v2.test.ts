import { beforeAll, expect, test } from "vitest";
import type { SmoochClient } from "../../src/smooch/client";
import { World } from "../support/world";
import { changeOf, leastOf, mostOf, typesOfV2 } from "./bodies";
import { describeContract } from "./description";
import { playBot, playClient, playIntegration, playWebhook } from "./journeys";
import { Recorder } from "./recorder";
import { type CheckExchange, loadChecker } from "./validator";

const gone = "5a0b1c2d3e4f5a6b7c8d9e0f";
const hook = { target: "https://example.com/hook", triggers: ["conversation:message"] };

/** The description's operations that the client calls. */
const used = [
  ["CreateApp", "ListApps", "GetApp", "UpdateApp", "DeleteApp"],
  ["CreateAppKey", "ListAppKeys", "GetAppKey", "DeleteAppKey"],
  ["CreateIntegration", "ListIntegrations", "GetIntegration", "UpdateIntegration", "DeleteIntegration"],
  // The client lists an integration's webhooks with a key of the integration, to find out whether that still works.
  ["UpdateWebhook", "ListWebhooks"],
  ["CreateCustomIntegrationKey", "ListCustomIntegrationKeys"],
  ["GetCustomIntegrationKey", "DeleteCustomIntegrationKey"],
  ["CreateSwitchboard", "ListSwitchboards", "UpdateSwitchboard", "DeleteSwitchboard"],
  ["CreateSwitchboardIntegration", "ListSwitchboardIntegrations"],
  ["UpdateSwitchboardIntegration", "DeleteSwitchboardIntegration"],
].flat();

describeContract("the client and the emulator in v2, checked against the official description", () => {
  let check: CheckExchange;
  beforeAll(async () => {
    check = await loadChecker();
  });

  /** A v2 client; every exchange is checked. */
  function start(options: ConstructorParameters<typeof World>[0] = {}) {
    const world = new World(options, "v2");
    const recorder = new Recorder(check);
    world.intercept = recorder.intercept;
    return { world, recorder, client: world.client() };
  }

  test("every call of the client succeeds", async () => {
    const { recorder, client } = start();
    await playClient(client, "v2");
    await client.apps.create({
      name: "Shop",
      settings: { maskCreditCardNumbers: false, multiConvoEnabled: true, conversationRetentionSeconds: 60 },
      metadata: { tier: "gold", seats: 3, paid: true },
    });
    expect(recorder.violations).toEqual([]);
    const succeeded = [...recorder.operationsSeen].filter(
      ([, statuses]) => statuses.has(200) || statuses.has(201),
    );
    expect(new Set(succeeded.map(([operation]) => operation))).toEqual(new Set(used));
  });

  test("every call below the app succeeds with the app's own key", async () => {
    const { world, recorder, client } = start();
    const app = await client.apps.create({ name: "Shop" });
    const key = await client.keys.create(app.id, { name: "backend" });
    const own = world.client({ keyId: key.id, secret: String(key.secret) }, { auth: "basic" });
    await own.apps.get(app.id);
    await own.apps.update(app.id, { name: "Store" });
    await playWebhook(own, app.id, "v2");
    await playIntegration(own, app.id, mostOf("custom"), changeOf("custom"));
    await playBot(own, app.id);
    expect(recorder.violations).toEqual([]);
  });

  test("the client lists objects over several pages", async () => {
    const { recorder, client } = start();
    const app = await client.apps.create({ name: "Shop" });
    for (let n = 0; n < 200; n++) await client.apps.create({ name: `Shop ${n}` });
    for (let n = 0; n < 101; n++) await client.integrations.create(app.id, { type: "unity" });
    recorder.exchanges.length = 0;
    expect((await client.apps.list()).items).toHaveLength(201);
    expect((await client.integrations.list(app.id)).items).toHaveLength(101);
    expect(
      recorder.exchanges.map(({ request }) => new URLSearchParams(request.query).has("page[after]")),
    ).toEqual([false, true, true, false, true]);
    expect(recorder.violations).toEqual([]);
  });

  test.each(typesOfV2)("%s: works with the fewest and with the most fields that it accepts", async (type) => {
    const { recorder, client } = start();
    const { id } = await client.apps.create({ name: "Shop" });
    await client.keys.create(id, { name: "backend" });
    for (const body of [leastOf(type), mostOf(type)]) {
      const made = await client.integrations.create(id, body);
      await client.integrations.update(id, made.id, changeOf(type));
      if (type !== "custom") await client.integrations.update(id, made.id, { type, displayName: "Third" });
      await client.integrations.get(id, made.id);
      await client.integrations.list(id);
      await client.integrations.delete(id, made.id);
    }
    expect(recorder.violations).toEqual([]);
  });

  test.each<[title: string, status: number, run: (client: SmoochClient, appId: string) => Promise<unknown>]>([
    ["an empty name", 400, (client) => client.apps.create({ name: "" })],
    ["a name of 101 characters", 400, (client) => client.apps.create({ name: "a".repeat(101) })],
    ["metadata of 4 KB", 400, (client, id) => client.apps.update(id, { metadata: { a: "x".repeat(4096) } })],
    [
      "a negative retention",
      400,
      (client, id) => client.apps.update(id, { settings: { conversationRetentionSeconds: -1 } }),
    ],
    ["an unknown setting", 400, (client, id) => client.apps.update(id, { settings: { dark: true } })],
    ["a key's empty name", 400, (client, id) => client.keys.create(id, { name: "" })],
    ["an eleventh key", 400, (client, id) => repeat(11, (n) => client.keys.create(id, { name: `key ${n}` }))],
    [
      "an eleventh webhook",
      400,
      (client, id) =>
        repeat(11, (n) => client.webhooks.create(id, { ...hook, target: `https://example.com/${n}` })),
    ],
    ["an unknown type", 400, (client, id) => client.integrations.create(id, { type: "pigeon" })],
    [
      "a custom integration without a webhook",
      400,
      (client, id) => client.integrations.create(id, { type: "custom" }),
    ],
    ["a read of an app that does not exist", 404, (client) => client.apps.get(gone)],
    ["an update of an app that does not exist", 404, (client) => client.apps.update(gone, { name: "Shop" })],
    ["a delete of an app that does not exist", 404, (client) => client.apps.delete(gone)],
    ["a list of the keys of an app that does not exist", 404, (client) => client.keys.list(gone)],
    ["a read of a key that does not exist", 404, (client, id) => client.keys.get(id, `app_${gone}`)],
    ["a delete of a key that does not exist", 404, (client, id) => client.keys.delete(id, `app_${gone}`)],
    ["a read of an integration that does not exist", 404, (client, id) => client.integrations.get(id, gone)],
    [
      "an update of an integration that does not exist",
      404,
      (client, id) => client.integrations.update(id, gone, { type: "web", displayName: "a" }),
    ],
    [
      "a delete of an integration that does not exist",
      404,
      (client, id) => client.integrations.delete(id, gone),
    ],
    ["a read of a webhook that does not exist", 404, (client, id) => client.webhooks.get(id, gone)],
  ])("%s is refused with %i", async (_, status, run) => {
    const { recorder, client } = start();
    const { id } = await client.apps.create({ name: "Shop" });
    await expect(run(client, id)).rejects.toMatchObject({ status });
    expect(recorder.exchanges.at(-1)?.answer.status).toBe(status);
    expect(recorder.violations).toEqual([]);
  });

  test("more apps than the plan allows are refused with 402", async () => {
    const { recorder, client } = start({ maxApps: 1 });
    await client.apps.create({ name: "Shop" });
    await expect(client.apps.create({ name: "Shop" })).rejects.toMatchObject({ status: 402 });
    expect(recorder.violations).toEqual([]);
  });

  test("a wrong secret is refused with 401, and an insufficient scope with 403", async () => {
    const { world, recorder, client } = start();
    const { id } = await client.apps.create({ name: "Shop" });
    const { keyId } = world.credential();
    await expect(world.client({ keyId, secret: "wrong" }).apps.get(id)).rejects.toMatchObject({
      status: 401,
    });
    const key = await client.keys.create(id, { name: "backend" });
    const own = world.client({ keyId: key.id, secret: String(key.secret) });
    await expect(own.apps.create({ name: "Shop" })).rejects.toMatchObject({ status: 403 });
    await expect(own.keys.list(id)).rejects.toMatchObject({ status: 403 });
    expect(recorder.violations).toEqual([]);
  });

  test.each([409, 413, 429, 500, 503])(
    "the client reports a service error %i, and the exchange is valid",
    async (status) => {
      const { world, recorder, client } = start();
      const { id } = await client.apps.create({ name: "Shop" });
      world.emulator.setFaults({ rules: [{ operation: "updateApp", fault: "status", status }] });
      await expect(client.apps.update(id, { name: "Store" })).rejects.toMatchObject({ status });
      expect(recorder.violations).toEqual([]);
    },
  );
});

async function repeat(times: number, run: (n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; n < times; n++) await run(n);
}
