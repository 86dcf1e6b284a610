import { describe, expect, it } from "vitest";
import type { SwitchboardChange } from "../../../src/smooch/endpoints/switchboard";
import { type Row, refused, type Sent, scripted } from "./wire";

const boards = "/v2/apps/5a0b/switchboards";
const entries = `${boards}/5e0f/switchboardIntegrations`;
const listBoards: Sent = [`GET ${boards}`];
const listEntries: Sent = [`GET ${entries}`];

const boardWire = { id: "5e0f", enabled: true, defaultSwitchboardIntegrationId: "5f01" };
const bot = {
  id: "5f01",
  name: "bot",
  integrationId: "5c0d",
  integrationType: "custom",
  deliverStandbyEvents: true,
  nextSwitchboardIntegrationId: "5f02",
};
const agents = {
  id: "5f02",
  name: "agents",
  integrationId: "5c0e",
  integrationType: "zd:agentWorkspace",
  deliverStandbyEvents: false,
  nextSwitchboardIntegrationId: "5f01",
  messageHistoryCount: 5,
};
const circle = { switchboardIntegrations: [bot, agents] };
const read = {
  id: "5e0f",
  enabled: true,
  defaultIntegration: "bot",
  integrations: {
    bot: { integrationId: "5c0d", integrationType: "custom", deliverStandbyEvents: true, next: "agents" },
    agents: {
      integrationId: "5c0e",
      integrationType: "zd:agentWorkspace",
      deliverStandbyEvents: false,
      messageHistoryCount: 5,
      next: "bot",
    },
  },
  integrationIds: { bot: "5f01", agents: "5f02" },
};
const odd = { switchboardIntegrations: [bot, { id: "5f02", name: "agents", messageHistoryCount: "5" }] };
const none = { switchboardIntegrations: [] };

/** Updates a switchboard; returns what was read and what was written, and the result. */
async function update(change: SwitchboardChange, answers: Row["answers"]) {
  const { smooch, sent, left } = scripted("v2", answers);
  const result = await smooch.switchboards.update("5a0b", "5e0f", change);
  expect(left).toEqual([]);
  const isRead = ([line]: Sent) => line.startsWith("GET");
  return { reads: sent.filter(isRead), writes: sent.filter((one) => !isRead(one)), result };
}

const listed = { switchboards: [boardWire] };
const written = (wire: object) => ({ switchboardIntegration: wire });

describe("a switchboard", () => {
  it("is created without a body, and has no integrations", async () => {
    const { smooch, sent } = scripted("v2", [{ switchboard: { id: "5e0f", enabled: false } }]);
    expect(await smooch.switchboards.create("5a0b")).toEqual({
      id: "5e0f",
      enabled: false,
      integrations: {},
      integrationIds: {},
    });
    expect(sent).toEqual([[`POST ${boards}`]]);
  });

  it("is read from the app's list, with its integrations by name", async () => {
    const { smooch, sent } = scripted("v2", [
      ...[listed, circle, listed, circle],
      { switchboards: [{ id: "5e0f", enabled: false, defaultSwitchboardIntegrationId: null }] },
      none,
    ]);
    expect(await smooch.switchboards.get("5a0b", "5e0f")).toEqual(read);
    expect(await smooch.switchboards.list("5a0b")).toEqual({ items: [read], unreadable: [] });
    const empty = { id: "5e0f", enabled: false, integrations: {}, integrationIds: {} };
    expect(await smooch.switchboards.get("5a0b", "5e0f")).toEqual(empty);
    expect(sent).toEqual(Array(3).fill([listBoards, listEntries]).flat());
  });

  it("is deleted in one call", async () => {
    const { smooch, sent } = scripted("v2", [{}]);
    expect(await smooch.switchboards.delete("5a0b", "5e0f")).toBe(true);
    expect(sent).toEqual([[`DELETE ${boards}/5e0f`]]);
  });

  it("is missing if the app's list is without it", async () => {
    const { smooch } = scripted("v2", [{ switchboards: [] }]);
    await expect(smooch.switchboards.get("5a0b", "5e0f")).rejects.toThrow(
      "Could not read switchboard 5e0f of app 5a0b: Smooch does not list it.",
    );
  });

  it("cannot be read with an integration that cannot be read, which would look removed", async () => {
    const { smooch } = scripted("v2", [{ switchboards: [boardWire] }, odd]);
    await expect(smooch.switchboards.get("5a0b", "5e0f")).rejects.toThrow(
      "The response from Smooch for switchboard integrations of switchboard 5e0f of app 5a0b has an unexpected format: switchboard integration 5f02: messageHistoryCount has an unexpected value (HTTP 200).",
    );
  });

  it("counts in a list even if it, or an integration of it, cannot be read", async () => {
    const { smooch } = scripted("v2", [{ switchboards: [{ id: "5e00" }, boardWire] }, odd]);
    expect(await smooch.switchboards.list("5a0b")).toEqual({
      items: [],
      unreadable: [
        { id: "5e00", problem: "enabled is missing" },
        { id: "5e0f", problem: "switchboard integration 5f02: messageHistoryCount has an unexpected value" },
      ],
    });
  });
});

describe("an update of a switchboard", () => {
  it("sends nothing if nothing differs", async () => {
    const { integrations } = read;
    const { reads, writes, result } = await update({ integrations }, [circle, listed]);
    expect(reads).toEqual([listEntries, listBoards]);
    expect(writes).toEqual([]);
    expect(result).toEqual(read);
    expect((await update({}, [circle, listed])).writes).toEqual([]);
  });

  it("creates what is missing, links it, chooses the default, and only then deletes the rest", async () => {
    const change = {
      enabled: true,
      defaultIntegration: "bot2",
      integrations: {
        bot2: { integrationId: "5c0f", deliverStandbyEvents: false, messageHistoryCount: 3, next: "agents" },
        agents: { integrationType: "zd:agentWorkspace", next: "bot2" },
      },
    };
    const bot2 = { ...bot, id: "5f03", name: "bot2", nextSwitchboardIntegrationId: null };
    const linked = { ...bot2, nextSwitchboardIntegrationId: "5f02", messageHistoryCount: 3 };
    const { reads, writes, result } = await update(change, [
      ...[circle, circle, circle],
      written(bot2),
      written({ ...agents, messageHistoryCount: null }),
      written(linked),
      written({ ...agents, messageHistoryCount: null, nextSwitchboardIntegrationId: "5f03" }),
      { switchboard: { ...boardWire, defaultSwitchboardIntegrationId: "5f03" } },
      {},
    ]);
    expect(reads).toEqual([listEntries, listEntries, listEntries]);
    expect(writes).toEqual([
      [
        `POST ${entries}`,
        { name: "bot2", integrationId: "5c0f", deliverStandbyEvents: false, messageHistoryCount: 3 },
      ],
      [`PATCH ${entries}/5f02`, { messageHistoryCount: null }],
      [`PATCH ${entries}/5f03`, { nextSwitchboardIntegrationId: "5f02" }],
      [`PATCH ${entries}/5f02`, { nextSwitchboardIntegrationId: "5f03" }],
      [`PATCH ${boards}/5e0f`, { enabled: true, defaultSwitchboardIntegrationId: "5f03" }],
      [`DELETE ${entries}/5f01`],
    ]);
    expect(result).toEqual({
      ...read,
      defaultIntegration: "bot2",
      integrations: {
        agents: { ...read.integrations.agents, messageHistoryCount: undefined, next: "bot2" },
        bot2: { ...read.integrations.bot, messageHistoryCount: 3, next: "agents" },
      },
      integrationIds: { agents: "5f02", bot2: "5f03" },
    });
  });

  it("reads nothing first if the switchboard is new", async () => {
    const { smooch, sent } = scripted("v2", [
      { switchboard: { id: "5e0f", enabled: false } },
      written({ ...bot, nextSwitchboardIntegrationId: null }),
      listed,
    ]);
    await smooch.switchboards.create("5a0b");
    await smooch.switchboards.update("5a0b", "5e0f", { integrations: { bot: { integrationId: "5c0d" } } });
    expect(sent.map(([line]) => line)).toEqual([`POST ${boards}`, `POST ${entries}`, `GET ${boards}`]);
  });

  it("makes no second integration because of a stale list", async () => {
    const stale = { switchboardIntegrations: [bot] };
    const { integrations } = read;
    const { reads, writes } = await update({ integrations }, [stale, stale, circle, listed]);
    expect(reads).toEqual([listEntries, listEntries, listEntries, listBoards]);
    expect(writes).toEqual([]);
  });

  it("makes none a second time if only the last of its lists is stale", async () => {
    const integrations = { ...read.integrations, sales: { integrationId: "5c0f" } };
    const sales = { ...bot, id: "5f03", name: "sales", nextSwitchboardIntegrationId: null };
    const stale = { switchboardIntegrations: [] };
    const { writes } = await update({ integrations }, [circle, circle, stale, written(sales), listed]);
    expect(writes).toEqual([[`POST ${entries}`, { name: "sales", integrationId: "5c0f" }]]);
  });

  it("deletes a second integration of one name, which a read shows as a difference", async () => {
    const second = { ...agents, id: "5f03", nextSwitchboardIntegrationId: null };
    const { smooch } = scripted("v2", [listed, { switchboardIntegrations: [bot, agents, second] }]);
    const { integrations, integrationIds } = await smooch.switchboards.get("5a0b", "5e0f");
    expect(Object.keys(integrations)).toEqual(["bot", "agents", "agents 5f03"]);
    expect(integrationIds).toEqual({ ...read.integrationIds, "agents 5f03": "5f03" });
    const change = { integrations: read.integrations };
    const both = { switchboardIntegrations: [bot, agents, second] };
    const { writes, result } = await update(change, [both, listed, {}]);
    expect(writes).toEqual([[`DELETE ${entries}/5f03`]]);
    expect(result).toEqual(read);
  });

  it.each([
    [503, [1000]],
    [400, []],
  ])(
    "waits for an integration of which it is unknown whether it exists, before it fails: HTTP %i",
    async (status, expected) => {
      const error = refused(status, { errors: [{ code: "bad_request", title: "No" }] });
      const { smooch, waits } = scripted("v2", [{ switchboard: { id: "5e0f", enabled: false } }, error]);
      await smooch.switchboards.create("5a0b");
      const change = { integrations: { bot: { integrationId: "5c0d" } } };
      await expect(smooch.switchboards.update("5a0b", "5e0f", change)).rejects.toThrow(`(HTTP ${status})`);
      expect(waits).toEqual(expected);
    },
  );

  it("sends what differs, and nothing that is not declared", async () => {
    const change = {
      integrations: {
        bot: { integrationType: "zd:answerBot", next: "agents" },
        agents: { integrationType: "zd:agentWorkspace", messageHistoryCount: 6 },
      },
    };
    const { writes } = await update(change, [
      circle,
      written({ ...bot, integrationType: "zd:answerBot" }),
      written({ ...agents, messageHistoryCount: 6 }),
      written({ ...agents, nextSwitchboardIntegrationId: null }),
      listed,
    ]);
    expect(writes).toEqual([
      [`PATCH ${entries}/5f01`, { integrationType: "zd:answerBot" }],
      [`PATCH ${entries}/5f02`, { messageHistoryCount: 6 }],
      [`PATCH ${entries}/5f02`, { nextSwitchboardIntegrationId: null }],
    ]);
  });

  it("changes the switchboard alone, with the integrations left as they are", async () => {
    const off = { ...boardWire, enabled: false };
    const { writes, result } = await update({ enabled: false }, [circle, { switchboard: off }]);
    expect(writes).toEqual([[`PATCH ${boards}/5e0f`, { enabled: false }]]);
    expect(result).toEqual({ ...read, enabled: false });
    const other = await update({ defaultIntegration: "agents" }, [circle, { switchboard: boardWire }]);
    expect(other.writes).toEqual([[`PATCH ${boards}/5e0f`, { defaultSwitchboardIntegrationId: "5f02" }]]);
  });

  it("separates integrations that hand over to each other before it deletes them", async () => {
    const { writes } = await update({ integrations: {} }, [
      circle,
      listed,
      written({ ...bot, nextSwitchboardIntegrationId: null }),
      written({ ...agents, nextSwitchboardIntegrationId: null }),
      {},
      {},
    ]);
    expect(writes).toEqual([
      [`PATCH ${entries}/5f01`, { nextSwitchboardIntegrationId: null }],
      [`PATCH ${entries}/5f02`, { nextSwitchboardIntegrationId: null }],
      [`DELETE ${entries}/5f01`],
      [`DELETE ${entries}/5f02`],
    ]);
  });

  it("fails before it changes the switchboard if a name does not exist", async () => {
    const { smooch, sent } = scripted("v2", [circle, circle]);
    const change = { integrations: { bot: { ...read.integrations.bot, next: "nobody" } } };
    await expect(smooch.switchboards.update("5a0b", "5e0f", change)).rejects.toThrow(
      "The switchboard has no integration named nobody.",
    );
    await expect(
      smooch.switchboards.update("5a0b", "5e0f", { defaultIntegration: "nobody" }),
    ).rejects.toThrow("The switchboard has no integration named nobody.");
    expect(sent).toEqual([listEntries, listEntries]);
  });

  it("changes nothing if an integration cannot be read: it would be made a second time", async () => {
    const { smooch, sent } = scripted("v2", Array(6).fill(odd));
    await expect(
      smooch.switchboards.update("5a0b", "5e0f", { integrations: read.integrations }),
    ).rejects.toThrow("switchboard integration 5f02: messageHistoryCount has an unexpected value");
    expect(sent).toEqual([listEntries]);
  });

  it("stops at the first refusal", async () => {
    const { smooch, sent } = scripted("v2", [
      circle,
      refused(400, { errors: [{ code: "bad_request", title: "No" }] }),
    ]);
    const change = { enabled: false, integrations: { agents: { integrationType: "zd:x" } } };
    await expect(smooch.switchboards.update("5a0b", "5e0f", change)).rejects.toThrow(
      "Smooch refused to update switchboard integration 5f02 of switchboard 5e0f of app 5a0b: No (HTTP 400).",
    );
    expect(sent).toEqual([
      listEntries,
      [`PATCH ${entries}/5f02`, { integrationType: "zd:x", messageHistoryCount: null }],
    ]);
  });
});
