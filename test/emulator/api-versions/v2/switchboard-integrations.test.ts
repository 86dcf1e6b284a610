import { describe, expect, it } from "vitest";
import { setUpSwitchboard } from "./switchboard";

const nobody = "5a0b1c2d3e4f5a6b7c8d9e0f";
const anyId = expect.stringMatching(/^[0-9a-f]{24}$/);

describe("a switchboard integration", () => {
  it("names an integration of Zendesk or a partner by its type, and always gets the same id for it", async () => {
    const { bench, appId, agents, add, list } = await setUpSwitchboard();
    expect(agents).toEqual({
      id: anyId,
      name: "agents",
      integrationId: anyId,
      integrationType: "zd:agentWorkspace",
      deliverStandbyEvents: true,
    });
    const bot = await add({ name: "bot", deliverStandbyEvents: false });
    expect(bot).toMatchObject({ integrationType: "zd:answerBot", deliverStandbyEvents: false });
    expect(bot.integrationId).not.toBe(agents.integrationId);
    expect(await bench.expect(200, "GET", list)).toEqual({ switchboardIntegrations: [agents, bot] });
    await bench.expect(200, "DELETE", `${list}/${agents.id}`);
    const again = await add({ name: "agents", integrationType: "zd:agentWorkspace" });
    expect([again.integrationId, again.id === agents.id]).toEqual([agents.integrationId, false]);
    const { agents: foreign } = await bench.createSwitchboard(await bench.createApp("Other"));
    expect(foreign.integrationId).not.toBe(agents.integrationId);
    expect(await bench.refusal("GET", `/v2/apps/${appId}/integrations/${agents.integrationId}`)).toEqual([
      404,
      "integration_not_found",
    ]);
  });

  it("names a custom integration by its id", async () => {
    const { bench, appId, add } = await setUpSwitchboard();
    const { id: integrationId } = await bench.createCustom(appId);
    const given = { name: "bot", integrationId, messageHistoryCount: 10 };
    expect(await add({ ...given, integrationType: undefined })).toEqual({
      ...given,
      id: anyId,
      integrationType: "custom",
      deliverStandbyEvents: true,
    });
  });

  it("cannot name an integration that the app does not have, or that is a channel", async () => {
    const { bench, appId, list, agents } = await setUpSwitchboard();
    const integrations = `/v2/apps/${appId}/integrations`;
    const { integration: web } = await bench.expect(201, "POST", integrations, { body: { type: "web" } });
    const foreign = await bench.createCustom(await bench.createApp("Other"));
    for (const [id, ...refused] of [
      [web.id, 400, "bad_request"],
      [foreign.id, 404, "integration_not_found"],
      [agents.integrationId, 404, "integration_not_found"],
    ]) {
      const body = { integrationId: id };
      expect(await bench.refusal("POST", list, { body: { name: "bot", ...body } })).toEqual(refused);
      expect(await bench.refusal("PATCH", `${list}/${agents.id}`, { body })).toEqual(refused);
    }
  });

  const named = { name: "bot", integrationType: "zd:answerBot" };

  it.each([
    [{ integrationType: "zd:answerBot" }],
    [{ name: "bot" }],
    [{ ...named, integrationId: nobody }],
    [{ ...named, name: "" }],
    [{ ...named, name: "a bot" }],
    [{ ...named, name: "böt" }],
    [{ ...named, name: "bot\n" }],
    [{ ...named, name: "b".repeat(129) }],
    [{ ...named, integrationType: "" }],
    [{ ...named, integrationType: "custom" }],
    [{ ...named, deliverStandbyEvents: null }],
    [{ ...named, messageHistoryCount: 0 }],
    [{ ...named, messageHistoryCount: 11 }],
    [{ ...named, messageHistoryCount: 1.5 }],
    [{ ...named, nextSwitchboardIntegrationId: 7 }],
    [{ ...named, switchboardId: nobody }],
  ])("refuses %j with 400", async (body) => {
    const { bench, list, names } = await setUpSwitchboard();
    expect(await bench.refusal("POST", list, { body })).toEqual([400, "bad_request"]);
    expect(await names()).toEqual(["agents"]);
  });

  it("accepts the longest name, and any number of messages from 1 to 10", async () => {
    const { add } = await setUpSwitchboard();
    for (const messageHistoryCount of [1, 10]) {
      const given = { name: "aZ0-_".padEnd(128, "b"), messageHistoryCount };
      expect(await add(given)).toMatchObject(given);
    }
  });

  it("may have the same name and the same integration as another", async () => {
    const { add, names, agents } = await setUpSwitchboard();
    const twin = await add({ name: "agents", integrationType: "zd:agentWorkspace" });
    expect(twin).toEqual({ ...agents, id: anyId });
    expect(await names()).toEqual(["agents", "agents"]);
  });

  it("changes in place, and `null` removes its next and its history", async () => {
    const { bench, appId, list, agents, add, patch } = await setUpSwitchboard();
    const bot = await add({ name: "bot", nextSwitchboardIntegrationId: agents.id, messageHistoryCount: 5 });
    expect(bot).toMatchObject({ nextSwitchboardIntegrationId: agents.id, messageHistoryCount: 5 });
    const one = `${list}/${bot.id}`;
    const change = { name: "robot", deliverStandbyEvents: false, messageHistoryCount: 6 };
    expect(await patch(one, change)).toEqual({ switchboardIntegration: { ...bot, ...change } });
    const { id: integrationId } = await bench.createCustom(appId);
    const relinked = { ...bot, ...change, integrationId, integrationType: "custom" };
    expect(await patch(one, { integrationId })).toEqual({ switchboardIntegration: relinked });
    const { integrationType } = bot;
    expect(await patch(one, { integrationType })).toEqual({ switchboardIntegration: { ...bot, ...change } });
    const both = { body: { integrationId, integrationType } };
    expect(await bench.refusal("PATCH", one, both)).toEqual([400, "bad_request"]);
    const { nextSwitchboardIntegrationId: _, messageHistoryCount: __, ...rest } = { ...bot, ...change };
    const removed = { nextSwitchboardIntegrationId: null, messageHistoryCount: null };
    expect(await patch(one, removed)).toEqual({ switchboardIntegration: rest });
    expect(await bench.expect(200, "GET", list)).toEqual({ switchboardIntegrations: [agents, rest] });
  });

  it("may be created with `null` for its next and its history", async () => {
    const { add } = await setUpSwitchboard();
    const bot = await add({ name: "bot", nextSwitchboardIntegrationId: null, messageHistoryCount: null });
    expect(Object.keys(bot)).toEqual([
      "id",
      "name",
      "integrationType",
      "integrationId",
      "deliverStandbyEvents",
    ]);
  });

  it("may refer to one that refers back", async () => {
    const { list, agents, add, patch } = await setUpSwitchboard();
    const bot = await add({ name: "bot", nextSwitchboardIntegrationId: agents.id });
    const body = { nextSwitchboardIntegrationId: bot.id };
    expect(await patch(`${list}/${agents.id}`, body)).toEqual({
      switchboardIntegration: { ...agents, ...body },
    });
  });

  it("cannot refer to one that the switchboard does not have", async () => {
    const { bench, list, agents } = await setUpSwitchboard();
    const { agents: foreign } = await bench.createSwitchboard(await bench.createApp("Other"));
    for (const id of [nobody, foreign.id]) {
      const body = { nextSwitchboardIntegrationId: id };
      const refused = [404, "switchboard_integration_not_found"];
      expect(await bench.refusal("POST", list, { body: { ...named, ...body } })).toEqual(refused);
      expect(await bench.refusal("PATCH", `${list}/${agents.id}`, { body })).toEqual(refused);
    }
  });

  it("is one of at most ten in its switchboard", async () => {
    const { bench, list, add, names } = await setUpSwitchboard();
    for (let n = 1; n < 10; n++) await add({ name: `bot-${n}` });
    expect(await bench.refusal("POST", list, { body: named })).toEqual([
      400,
      "too_many_switchboard_integrations",
    ]);
    expect(await names()).toHaveLength(10);
  });

  it("cannot be deleted while it is the default, even of a disabled switchboard", async () => {
    const { bench, path, list, agents, add, patch, names } = await setUpSwitchboard();
    const bot = await add({ name: "bot" });
    await patch(path, { defaultSwitchboardIntegrationId: agents.id });
    expect(await bench.refusal("DELETE", `${list}/${agents.id}`)).toEqual([400, "bad_request"]);
    await patch(path, { defaultSwitchboardIntegrationId: bot.id });
    expect(await bench.expect(200, "DELETE", `${list}/${agents.id}`)).toEqual({});
    expect(await names()).toEqual(["bot"]);
  });

  it("cannot be deleted while another one refers to it", async () => {
    const { bench, list, agents, add, patch, names } = await setUpSwitchboard();
    const bot = await add({ name: "bot", nextSwitchboardIntegrationId: agents.id });
    expect(await bench.refusal("DELETE", `${list}/${agents.id}`)).toEqual([400, "bad_request"]);
    await patch(`${list}/${bot.id}`, { nextSwitchboardIntegrationId: bot.id });
    expect(await bench.expect(200, "DELETE", `${list}/${agents.id}`)).toEqual({});
    expect(await bench.expect(200, "DELETE", `${list}/${bot.id}`)).toEqual({});
    expect(await names()).toEqual([]);
  });

  it("is not found after its deletion, or below another switchboard", async () => {
    const { bench, path, list, agents } = await setUpSwitchboard();
    const other = await bench.createSwitchboard(await bench.createApp("Other"));
    await bench.expect(200, "DELETE", `${list}/${agents.id}`);
    for (const method of ["PATCH", "DELETE"]) {
      for (const id of [agents.id, other.agents.id]) {
        expect(await bench.refusal(method, `${list}/${id}`)).toEqual([
          404,
          "switchboard_integration_not_found",
        ]);
      }
      const wrong = `${path.replace(/[^/]+$/, nobody)}/switchboardIntegrations`;
      expect(await bench.refusal(method, `${wrong}/${agents.id}`)).toEqual([404, "switchboard_not_found"]);
      expect(await bench.refusal("GET", wrong)).toEqual([404, "switchboard_not_found"]);
      expect(await bench.refusal("POST", wrong, { body: named })).toEqual([404, "switchboard_not_found"]);
    }
  });

  it("stays unchanged when the integration that it names is deleted", async () => {
    const { bench, appId, list, agents, add, patch } = await setUpSwitchboard();
    const { id: integrationId } = await bench.createCustom(appId);
    const bot = await add({ name: "bot", integrationType: undefined, integrationId });
    await bench.expect(200, "DELETE", `/v2/apps/${appId}/integrations/${integrationId}`);
    expect(await bench.expect(200, "GET", list)).toEqual({ switchboardIntegrations: [agents, bot] });
    expect(await patch(`${list}/${bot.id}`, { name: "robot" })).toEqual({
      switchboardIntegration: { ...bot, name: "robot" },
    });
    expect(await bench.expect(200, "DELETE", `${list}/${bot.id}`)).toEqual({});
  });
});
