import { describe, expect, it } from "vitest";
import { Bench, basic, sign } from "../../support";
import { setUpSwitchboard } from "./switchboard";

const nobody = "5a0b1c2d3e4f5a6b7c8d9e0f";
const anyId = expect.stringMatching(/^[0-9a-f]{24}$/);

describe("a switchboard", () => {
  it.each([
    ["without a body", {}],
    ["with an empty object", { body: {} }],
  ])("is created %s, disabled and without a default", async (_, given) => {
    const bench = new Bench();
    const path = `/v2/apps/${await bench.createApp()}/switchboards`;
    expect(await bench.expect(200, "GET", path)).toEqual({ switchboards: [] });
    const { switchboard } = await bench.expect(201, "POST", path, given);
    expect(switchboard).toEqual({ id: anyId, enabled: false });
    expect(await bench.expect(200, "GET", path)).toEqual({ switchboards: [switchboard] });
  });

  it("is not created from a body with fields", async () => {
    const bench = new Bench();
    const path = `/v2/apps/${await bench.createApp()}/switchboards`;
    expect(await bench.refusal("POST", path, { body: { enabled: true } })).toEqual([400, "bad_request"]);
    expect(bench.emulator.snapshot().switchboards).toEqual([]);
  });

  it("is the only one of its app", async () => {
    const { bench, appId } = await setUpSwitchboard();
    const path = `/v2/apps/${appId}/switchboards`;
    expect(await bench.refusal("POST", path)).toEqual([400, "bad_request"]);
    const other = `/v2/apps/${await bench.createApp("Other")}/switchboards`;
    expect((await bench.call("POST", other)).status).toBe(201);
    expect(bench.emulator.snapshot().switchboards).toHaveLength(2);
  });

  it("is enabled together with its default, which can change but not be cleared", async () => {
    const { path, switchboard, agents, add, patch, bench } = await setUpSwitchboard();
    const bot = await add({ name: "bot" });
    const chosen = { enabled: true, defaultSwitchboardIntegrationId: agents.id };
    expect(await patch(path, chosen)).toEqual({ switchboard: { id: switchboard.id, ...chosen } });
    const changed = { ...chosen, defaultSwitchboardIntegrationId: bot.id };
    expect(await patch(path, { defaultSwitchboardIntegrationId: bot.id })).toEqual({
      switchboard: { id: switchboard.id, ...changed },
    });
    const cleared = { body: { defaultSwitchboardIntegrationId: null } };
    expect(await bench.refusal("PATCH", path, cleared)).toEqual([400, "bad_request"]);
    expect(await patch(path, { enabled: false })).toEqual({
      switchboard: { id: switchboard.id, ...changed, enabled: false },
    });
    expect(await patch(path, {})).toEqual({
      switchboard: { id: switchboard.id, ...changed, enabled: false },
    });
  });

  it("cannot be enabled without a default", async () => {
    const { bench, path, agents, patch, switchboard } = await setUpSwitchboard();
    const refused = [404, "switchboard_integration_not_found"];
    expect(await bench.refusal("PATCH", path, { body: { enabled: true } })).toEqual(refused);
    await patch(path, { defaultSwitchboardIntegrationId: agents.id });
    expect((await patch(path, { enabled: true })).switchboard).toEqual({
      id: switchboard.id,
      enabled: true,
      defaultSwitchboardIntegrationId: agents.id,
    });
  });

  it("cannot have a default that is not one of its own switchboard integrations", async () => {
    const { bench, path } = await setUpSwitchboard();
    const { agents: foreign } = await bench.createSwitchboard(await bench.createApp("Other"));
    for (const id of [nobody, foreign.id, ""]) {
      const body = { defaultSwitchboardIntegrationId: id };
      expect(await bench.refusal("PATCH", path, { body })).toEqual([
        404,
        "switchboard_integration_not_found",
      ]);
    }
  });

  it.each([
    [{ enabled: "yes" }],
    [{ enabled: null }],
    [{ defaultSwitchboardIntegrationId: 7 }],
    [{ name: "a" }],
  ])("refuses the change %j with 400", async (body) => {
    const { bench, path } = await setUpSwitchboard();
    expect(await bench.refusal("PATCH", path, { body })).toEqual([400, "bad_request"]);
  });

  it("is deleted with its switchboard integrations, but not with the integrations they name", async () => {
    const { bench, appId, path, patch, add, agents } = await setUpSwitchboard();
    const custom = await bench.createCustom(appId);
    await add({ name: "bot", integrationType: undefined, integrationId: custom.id });
    await patch(path, { enabled: true, defaultSwitchboardIntegrationId: agents.id });
    const other = await bench.createSwitchboard(await bench.createApp("Other"));
    expect(await bench.expect(200, "DELETE", path)).toEqual({});
    const { switchboards, switchboardIntegrations, integrations } = bench.emulator.snapshot();
    expect(switchboards.map(({ id }) => id)).toEqual([other.switchboard.id]);
    expect(switchboardIntegrations.map(({ id }) => id)).toEqual([other.agents.id]);
    expect(integrations.map(({ id }) => id)).toEqual([custom.id]);
    for (const method of ["PATCH", "DELETE"]) {
      expect(await bench.refusal(method, path)).toEqual([404, "switchboard_not_found"]);
    }
    expect((await bench.call("POST", `/v2/apps/${appId}/switchboards`)).status).toBe(201);
  });

  it("cannot be read alone, and exists only in v2", async () => {
    const { bench, appId, path, list, agents } = await setUpSwitchboard();
    for (const url of [path, `${list}/${agents.id}`, `/v1.1/apps/${appId}/switchboards`]) {
      expect(await bench.refusal("GET", url)).toEqual([501, "emulator_unknown_request"]);
    }
  });

  it("is managed with the app's own key, too", async () => {
    const { bench, appId, path, list, agents } = await setUpSwitchboard();
    const key = basic(await bench.createKey(appId));
    expect((await bench.call("GET", list, key)).status).toBe(200);
    expect((await bench.call("PATCH", path, { ...key, body: {} })).status).toBe(200);
    expect((await bench.call("DELETE", `${list}/${agents.id}`, key)).status).toBe(200);
    const foreign = basic(await bench.createKey(await bench.createApp("Other")));
    expect(await bench.refusal("GET", list, foreign)).toEqual([403, "forbidden"]);
  });

  it("is not found below an app that does not exist", async () => {
    const { bench } = await setUpSwitchboard();
    expect(await bench.refusal("GET", `/v2/apps/${nobody}/switchboards`)).toEqual([404, "app_not_found"]);
    expect(await bench.refusal("POST", `/v2/apps/${nobody}/switchboards`)).toEqual([404, "app_not_found"]);
  });
});

describe("switchboards and their integrations", () => {
  it("are in snapshots, with the ids of what they belong to", async () => {
    const { bench, appId, path, switchboard, agents, add, patch } = await setUpSwitchboard();
    const given = { nextSwitchboardIntegrationId: agents.id, messageHistoryCount: 3 };
    const bot = await add({ name: "bot", ...given });
    expect(bench.emulator.snapshot()).toMatchObject({
      switchboards: [{ id: switchboard.id, appId, enabled: false }],
    });
    await patch(path, { enabled: true, defaultSwitchboardIntegrationId: bot.id });
    const { switchboards, switchboardIntegrations } = bench.emulator.snapshot();
    expect(switchboards).toEqual([
      { id: switchboard.id, appId, enabled: true, defaultSwitchboardIntegrationId: bot.id },
    ]);
    expect(switchboardIntegrations).toEqual([
      { ...agents, appId, switchboardId: switchboard.id },
      { ...bot, appId, switchboardId: switchboard.id },
    ]);
    await bench.call("DELETE", `/v2/apps/${appId}`);
    expect(bench.emulator.snapshot()).toMatchObject({ switchboards: [], switchboardIntegrations: [] });
  });

  it("are saved and restored", async () => {
    const { bench, appId, path, agents, add, patch } = await setUpSwitchboard();
    await patch(path, { enabled: true, defaultSwitchboardIntegrationId: agents.id });
    await add({ name: "bot", nextSwitchboardIntegrationId: agents.id, messageHistoryCount: 3 });
    const restored = new Bench({ saved: bench.emulator.save() });
    expect(restored.emulator.snapshot()).toEqual(bench.emulator.snapshot());
    const { accountKeyId, accountKeySecret } = bench.emulator;
    const token = sign(accountKeyId, accountKeySecret, { scope: "account" });
    const lists = [`/v2/apps/${appId}/switchboards`, `${path}/switchboardIntegrations`];
    for (const url of lists) {
      expect(await restored.expect(200, "GET", url, { token })).toEqual(await bench.expect(200, "GET", url));
    }
  });

  it("are returned by a stale read as they were before the last write", async () => {
    const { bench, appId, path, switchboard, agents, list, add, patch } = await setUpSwitchboard();
    const readPast = async (url: string) => {
      bench.emulator.setFaults({ rules: [{ fault: "stale-read" }] });
      const body = await bench.expect(200, "GET", url);
      bench.emulator.setFaults(undefined);
      return body;
    };
    const bot = await add({ name: "bot" });
    expect(await readPast(list)).toEqual({ switchboardIntegrations: [agents] });
    await patch(`${list}/${bot.id}`, { name: "robot" });
    expect(await readPast(list)).toEqual({ switchboardIntegrations: [agents, bot] });
    await patch(path, { defaultSwitchboardIntegrationId: bot.id });
    expect(await readPast(`/v2/apps/${appId}/switchboards`)).toEqual({ switchboards: [switchboard] });
    await bench.expect(200, "DELETE", path);
    expect(await readPast(list)).toEqual({ switchboardIntegrations: [agents, { ...bot, name: "robot" }] });
  });
});
