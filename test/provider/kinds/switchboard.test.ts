import { describe, expect, it } from "vitest";
import type { Properties } from "../../../src/provider/kind";
import { definitions } from "../../../src/provider/kinds";
import { lifecycle } from "../../../src/provider/lifecycle";
import { unknownValue } from "../../../src/provider/values";
import { answer, integrations, isCreate, lost, messageOf, partialFailure, withApp } from "../support";

const switchboards = lifecycle(definitions.switchboard);
const now = { now: 0, version: "v2" } as const;
const agents = { integrationType: "zd:agentWorkspace" };

/** An app with a custom integration. */
async function withBot() {
  const made = await withApp("v2");
  const { appId, context, world } = made;
  const webhooks = [{ target: "https://bot.example/in", triggers: ["conversation:message"] }];
  const { id: botId } = await integrations.create(context, { appId, type: "custom", webhooks });
  world.writes.length = 0;
  world.sent.length = 0;
  const check = (inputs: Properties, olds: Properties = {}) =>
    switchboards
      .check(context.session, "v2", olds, { appId, ...inputs })
      .failures.map(({ property, reason }) => `${property} ${reason}`.trim());
  const path = `/v2/apps/${appId}/switchboards`;
  return { ...made, botId, check, path };
}

/** The same with a switchboard in which a bot and agents hand over to each other. */
async function withCircle() {
  const made = await withBot();
  const { appId, context, botId, world } = made;
  const inputs = {
    appId,
    enabled: true,
    defaultIntegration: "bot",
    integrations: {
      bot: { integrationId: botId, next: "agents" },
      agents: { ...agents, next: "bot", messageHistoryCount: 5 },
    },
  };
  const { id, outputs } = await switchboards.create(context, inputs);
  const writes = [...world.writes];
  world.writes.length = 0;
  const ids = Object(outputs.integrationIds);
  return { ...made, inputs, id, outputs, writes, ids, entries: `${made.path}/${id}/switchboardIntegrations` };
}

describe("a switchboard", () => {
  it("is made with integrations that hand over in a circle", async () => {
    const { world, appId, context, inputs, id, outputs, writes, path, entries, ids, botId } =
      await withCircle();
    expect(outputs).toEqual({ ...inputs, integrationIds: ids, __seenBy: context.credential });
    expect(writes).toEqual([
      [`POST ${path}`],
      [`POST ${entries}`, { name: "bot", integrationId: botId, nextSwitchboardIntegrationId: undefined }],
      [`POST ${entries}`, { name: "agents", ...agents, messageHistoryCount: 5 }],
      [`PATCH ${entries}/${ids.bot}`, { nextSwitchboardIntegrationId: ids.agents }],
      [`PATCH ${entries}/${ids.agents}`, { nextSwitchboardIntegrationId: ids.bot }],
      [`PATCH ${path}/${id}`, { enabled: true, defaultSwitchboardIntegrationId: ids.bot }],
    ]);
    expect(world.emulator.snapshot().switchboards).toEqual([
      { id, appId, enabled: true, defaultSwitchboardIntegrationId: ids.bot },
    ]);
    expect(switchboards.diff(id, outputs, inputs, now)).toEqual({ changes: false });
    expect((await switchboards.read(context, id, outputs))?.outputs).toEqual(outputs);
  });

  it("is deleted with its integrations in one call", async () => {
    const { world, context, id, outputs, path } = await withCircle();
    await switchboards.delete(context, id, outputs);
    expect(world.writes).toEqual([[`DELETE ${path}/${id}`]]);
    expect(world.emulator.snapshot()).toMatchObject({ switchboards: [], switchboardIntegrations: [] });
  });

  it("exchanges its default integration in an order that Smooch accepts", async () => {
    const { world, context, id, inputs, outputs, entries, ids, botId } = await withCircle();
    const news = {
      ...inputs,
      defaultIntegration: "bot2",
      integrations: { bot2: { integrationId: botId, next: "agents" }, agents: { ...agents, next: "bot2" } },
    };
    const updated = await switchboards.update(context, id, outputs, news);
    const bot2 = Object(updated.integrationIds).bot2;
    expect(updated).toEqual({ ...outputs, ...news, integrationIds: { agents: ids.agents, bot2 } });
    expect(world.writes.at(-1)).toEqual([`DELETE ${entries}/${ids.bot}`]);
    expect(world.writes).toContainEqual([`PATCH ${entries}/${ids.agents}`, { messageHistoryCount: null }]);
    expect(switchboards.diff(id, updated, news, now)).toEqual({ changes: false });
  });

  it("renames an integration if there is no room for a new one beside it", async () => {
    const { appId, context, world, botId } = await withBot();
    const others = Array.from({ length: 9 }, (_, index) => [
      `type${index}`,
      { integrationType: `zd:${index}` },
    ]);
    const bot = { integrationId: botId };
    const inputs = { appId, enabled: true, defaultIntegration: "bot" };
    const full = {
      ...inputs,
      integrations: { bot: { ...bot, next: "type0" }, ...Object.fromEntries(others) },
    };
    const { id, outputs } = await switchboards.create(context, full);
    const ids = Object(outputs.integrationIds);
    world.writes.length = 0;
    const { type1: _, ...kept } = Object.fromEntries(others);
    const news = {
      ...inputs,
      defaultIntegration: "robot",
      integrations: { robot: bot, extra: agents, ...kept },
    };
    const updated = await switchboards.update(context, id, outputs, news);
    expect(updated.integrations).toEqual(news.integrations);
    expect(updated.integrationIds).toMatchObject({ robot: ids.bot, extra: ids.type1 });
    expect(world.writes.map(([call]) => call.split(" ")[0])).toEqual(["PATCH", "PATCH", "PATCH", "PATCH"]);
    expect(switchboards.diff(id, updated, news, now)).toEqual({ changes: false });
  });

  it("is read with what somebody else changed, and put right again", async () => {
    const { context, id, inputs, outputs, appId, ids } = await withCircle();
    const address = { appId, switchboardId: id };
    const entries = context.smooch.switchboardIntegrations;
    await entries.update(address, ids.bot, { nextSwitchboardIntegrationId: "" });
    const { id: extraId } = await entries.create(address, { name: "extra", integrationType: "zd:answerBot" });
    const found = await switchboards.read(context, id, outputs);
    expect(found?.outputs.integrations).toEqual({
      ...inputs.integrations,
      bot: { integrationId: inputs.integrations.bot.integrationId },
      extra: expect.objectContaining({ integrationType: "zd:answerBot" }),
    });
    const drifted = found?.outputs ?? {};
    expect(drifted.integrationIds).toEqual({ ...ids, extra: extraId });
    expect(switchboards.diff(id, drifted, inputs, now)).toEqual({});
    expect(await switchboards.update(context, id, drifted, inputs)).toEqual(outputs);
  });

  it("manages only what is declared", async () => {
    const { context, id, outputs, appId } = await withCircle();
    const declared = { appId };
    const adopted = await switchboards.create(context, { ...declared, __adopt: "only" });
    expect(adopted).toEqual({
      id,
      outputs: { appId, integrationIds: outputs.integrationIds, __seenBy: context.credential },
    });
  });

  it("is adopted by its app alone, if it is as declared", async () => {
    const { context, id, inputs, outputs, world } = await withCircle();
    const adopting = { ...inputs, __adopt: "only" };
    const { failures, warnings } = switchboards.check(context.session, "v2", {}, adopting);
    expect([failures, warnings]).toEqual([[], ["the switchboard is adopted unchanged, not created"]]);
    const adopted = await switchboards.create(context, adopting);
    expect(adopted).toEqual({ id, outputs });
    const other = { ...inputs, integrations: { bot: inputs.integrations.bot }, __adopt: "only" };
    await expect(switchboards.create(context, other)).rejects.toThrow(
      `switchboard ${id} cannot be adopted, because it is not as the program declares it: integrations has more entries in Smooch.`,
    );
    expect(world.writes).toEqual([]);
  });

  it("cannot be adopted where there is none", async () => {
    const { context, appId } = await withBot();
    expect(await messageOf(switchboards.create(context, { appId, __adopt: "only" }))).toBe(
      "Smooch has no switchboard there: create it instead of adopting it, or check its app.",
    );
  });

  it("is not made a second time where Zendesk made one", async () => {
    const { context, inputs, id, world } = await withCircle();
    await expect(switchboards.create(context, inputs)).rejects.toThrow(
      `Smooch already has switchboard ${id}, and does not create a second one.`,
    );
    expect(world.writes).toEqual([]);
  });

  it("has to be named by its id if Smooch returns several, which it does not document", async () => {
    const { world, context, id, inputs, path } = await withCircle();
    world.intercept = async (request, forward) => {
      const response = await forward();
      if (!request.url.endsWith(path)) return response;
      const { switchboards: own } = JSON.parse(response.body);
      return answer(200, { switchboards: [...own, { id: "5a0c" }] });
    };
    const several = `Smooch has several switchboards there: ${id}, 5a0c. Name the one that you mean by its id.`;
    expect(await messageOf(switchboards.create(context, { ...inputs, __adopt: "only" }))).toBe(several);
    expect((await switchboards.create(context, { ...inputs, __adopt: id })).id).toBe(id);
  });

  it("is found by `get` without its id", async () => {
    const { context, id, appId, ids } = await withCircle();
    const found = await switchboards.read(context, "only", { appId });
    const again = await switchboards.read(context, String(found?.id), found?.outputs ?? {});
    expect(again).toEqual(found);
    expect(found).toMatchObject({ id, inputs: { appId }, outputs: { enabled: true, integrationIds: ids } });
  });

  it("whose create gets no response is found, and filled", async () => {
    const { world, context, inputs } = await (async () => {
      const made = await withBot();
      const { appId, botId } = made;
      return { ...made, inputs: { appId, integrations: { bot: { integrationId: botId } } } };
    })();
    world.intercept = async (request, forward) => {
      const response = await forward();
      if (isCreate(request) && request.url.endsWith("/switchboards")) throw lost;
      return response;
    };
    const { id, outputs } = await switchboards.create(context, inputs);
    expect(outputs).toMatchObject(inputs);
    expect(world.emulator.snapshot().switchboards.map((one) => one.id)).toEqual([id]);
  });

  it.each([
    ["whose duplicate cannot be looked for", false],
    ["of which the response shows only the id", true],
  ])("%s is filled by the next update", async (_, isIncomplete) => {
    const { world, context, appId, botId } = await withBot();
    const integrations = { bot: { integrationId: botId } };
    const inputs = { appId, enabled: true, defaultIntegration: "bot", integrations };
    let creates = 0;
    world.intercept = async ({ method }, forward) => {
      if (method === "GET") return creates < 2 ? forward() : answer(400);
      if (++creates === 1) throw lost;
      const { body, ...response } = await forward();
      const { switchboard } = JSON.parse(body);
      return {
        ...response,
        body: JSON.stringify({ switchboard: isIncomplete ? { id: switchboard.id } : switchboard }),
      };
    };
    const { id, outputs } = await partialFailure(switchboards.create(context, inputs));
    expect(outputs).toMatchObject({ appId });
    expect(Object.keys(outputs)).not.toContain("defaultIntegration");
    world.intercept = (_, forward) => forward();
    expect(await switchboards.update(context, id, outputs, inputs)).toMatchObject(inputs);
    expect(world.emulator.snapshot().switchboards).toMatchObject([{ id, enabled: true }]);
  });

  it("that was made in part is completed by the next update", async () => {
    const { world, context, appId, botId } = await withBot();
    const inputs = {
      appId,
      enabled: true,
      defaultIntegration: "bot",
      integrations: { bot: { integrationId: botId }, agents },
    };
    world.intercept = async (request, forward) => (request.body?.includes("zd:") ? answer(503) : forward());
    const { id, outputs } = await partialFailure(switchboards.create(context, inputs));
    expect(outputs).toEqual({
      appId,
      enabled: false,
      integrations: {},
      integrationIds: {},
      __seenBy: context.credential,
    });
    world.intercept = (_, forward) => forward();
    expect(switchboards.diff(id, outputs, inputs, now)).toEqual({});
    expect(await switchboards.update(context, id, outputs, inputs)).toMatchObject(inputs);
  });

  it("may have a default that the program does not declare, if it was adopted", async () => {
    const { check } = await withBot();
    const enabled = { enabled: true };
    const needed = ["defaultIntegration is required to enable the switchboard"];
    expect(check({ ...enabled, __adopt: "only" })).toEqual([]);
    expect(check(enabled, { appId: "5a0b", ...enabled })).toEqual([]);
    expect(check(enabled, { appId: "5a0b" })).toEqual([]);
    expect(check(enabled, { appId: "5a0b", enabled: false })).toEqual(needed);
    expect(check(enabled, { appId: "5a0b", enabled: false, defaultIntegration: "bot" })).toEqual([]);
  });

  it("says that integrations which are no longer declared stay", async () => {
    const { context, inputs } = await withCircle();
    const { integrations: _, ...rest } = inputs;
    expect(switchboards.check(context.session, "v2", inputs, rest).warnings).toEqual([
      "integrations is no longer declared, so it is no longer managed: Smooch keeps its value",
    ]);
    const { bot: __, ...entries } = inputs.integrations;
    const fewer = { ...inputs, defaultIntegration: "agents", integrations: entries };
    expect(switchboards.check(context.session, "v2", inputs, fewer).warnings).toEqual([]);
  });

  it.each<[string, Properties, string[]]>([
    [
      "is enabled without a default",
      { enabled: true },
      ["defaultIntegration is required to enable the switchboard"],
    ],
    [
      "is new and has a default but no integrations",
      { defaultIntegration: "bot" },
      ["integrations is required here, because a new switchboard has no integrations"],
    ],
    [
      "names integrations that it does not have",
      { defaultIntegration: "bot", integrations: { agents: { ...agents, next: "nobody" } } },
      [
        "defaultIntegration must be the name of one of the integrations",
        "integrations.agents.next must be the name of one of the integrations",
      ],
    ],
    [
      "has an integration with neither id nor type, and one with both",
      { integrations: { a: {}, b: { ...agents, integrationId: "5a0b" } } },
      [
        "integrations.a.integrationId is required, unless integrationType is given",
        "integrations.b.integrationId cannot be given together with integrationType",
      ],
    ],
    [
      "has too many integrations",
      { integrations: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, agents])) },
      ["integrations must not have more than 10 entries"],
    ],
    [
      "has an integration with an impossible name",
      { integrations: { "a bot": agents } },
      ["integrations.a bot must have a name of 1 to 128 characters: letters, digits, - and _"],
    ],
  ])("is refused in the preview if it %s", async (_, inputs, failures) => {
    const { check } = await withBot();
    expect(check(inputs)).toEqual(failures);
  });

  it("checks each integration, and accepts what is not known yet", async () => {
    const { check } = await withBot();
    expect(check({ integrations: "A" })).toEqual(["integrations must be an object"]);
    expect(check({ integrations: { bot: "A" } })).toEqual(["integrations.bot must be an object"]);
    expect(check({ integrations: { "a bot": agents } })).toEqual([
      "integrations.a bot must have a name of 1 to 128 characters: letters, digits, - and _",
    ]);
    expect(check({ integrations: { bot: { ...agents, messageHistoryCount: 11, more: 1 } } })).toEqual([
      "integrations.bot.messageHistoryCount must be from 1 to 10",
      "integrations.bot.more is not a property of this resource",
    ]);
    const unknown = { integrationId: unknownValue, next: unknownValue };
    expect(check({ defaultIntegration: unknownValue, integrations: { bot: unknown } })).toEqual([]);
    expect(check({ defaultIntegration: "bot", integrations: unknownValue })).toEqual([]);
    expect(check({ integrations: { bot: unknownValue } })).toEqual([]);
  });

  it("can leave out what an earlier version of the program declared", async () => {
    const { context, appId, inputs, outputs, world, id } = await withCircle();
    const checked = switchboards.check(context.session, "v2", outputs, { appId, enabled: true });
    expect(checked).toEqual({
      inputs: { appId, enabled: true },
      failures: [],
      warnings: [
        "defaultIntegration is no longer declared, so it is no longer managed: Smooch keeps its value",
        "integrations is no longer declared, so it is no longer managed: Smooch keeps its value",
      ],
    });
    const updated = await switchboards.update(context, id, outputs, { appId, enabled: true });
    expect(updated).toEqual({
      appId,
      enabled: true,
      integrationIds: outputs.integrationIds,
      __seenBy: context.credential,
    });
    expect(world.writes).toEqual([]);
    // An integration less is removed in Smooch, so that nothing is left to warn of.
    const fewer = { ...inputs, integrations: { bot: { ...inputs.integrations.bot, next: undefined } } };
    expect(switchboards.check(context.session, "v2", outputs, fewer).warnings).toEqual([]);
    await switchboards.update(context, id, outputs, fewer);
    expect(world.emulator.snapshot().switchboardIntegrations.map(({ name }) => name)).toEqual(["bot"]);
  });

  it("loses integrations that hand over to each other in one update", async () => {
    const { context, inputs, outputs, world, id, botId, ids } = await withCircle();
    const last = { integrationId: botId };
    const news = { ...inputs, defaultIntegration: "last", integrations: { last } };
    const updated = await switchboards.update(context, id, outputs, news);
    expect(updated).toMatchObject(news);
    expect(Object.keys(Object(updated.integrationIds))).toEqual(["last"]);
    expect(world.writes.slice(-2).map(([line]) => line.split("/").at(-1))).toEqual([ids.bot, ids.agents]);
  });

  it("is not read, and not changed, while an integration of it cannot be read", async () => {
    const { context, id, inputs, outputs, ids, world } = await withCircle();
    world.emulator.overlay(ids.bot, { messageHistoryCount: "5" });
    const reason = `switchboard integration ${ids.bot}: messageHistoryCount has an unexpected value`;
    await expect(switchboards.read(context, id, outputs)).rejects.toThrow(reason);
    const news = { ...inputs, integrations: { ...inputs.integrations, more: agents } };
    await expect(switchboards.update(context, id, outputs, news)).rejects.toThrow(reason);
    await expect(switchboards.create(context, inputs)).rejects.toThrow(
      `Smooch already has switchboard ${id}, and does not create a second one.`,
    );
    expect(world.writes).toEqual([]);
  });

  it("whose run is killed between create and update is filled by the next run", async () => {
    const { world, context, appId, botId, path } = await withBot();
    const inputs = {
      appId,
      enabled: true,
      defaultIntegration: "bot",
      integrations: { bot: { integrationId: botId, next: "agents" }, agents },
      __resource: "dev/switchboard",
    };
    await new Promise<void>((kill) => {
      world.intercept = async (request, forward) => {
        if (!request.body?.includes("zd:")) return forward();
        kill();
        return new Promise<never>(() => {});
      };
      void switchboards.create(context, inputs);
    });
    world.intercept = (_, forward) => forward();
    const [left] = world.emulator.snapshot().switchboards;
    expect(left).toMatchObject({ enabled: false });
    expect(world.emulator.snapshot().switchboardIntegrations).toMatchObject([{ name: "bot" }]);
    world.writes.length = 0;
    const next = world.context();
    next.session.owned.add(appId);
    const { id, outputs } = await switchboards.create(next, inputs);
    expect(id).toBe(left?.id);
    expect(outputs).toMatchObject(inputs);
    expect(world.said.filter((line) => line.includes("interrupted run"))).toEqual([
      `pulumi-smooch: switchboard ${id} was made by an interrupted run, and belongs to this one now`,
    ]);
    expect(world.writes.map(([line]) => line.replace(path, ""))).toEqual([
      `POST /${id}/switchboardIntegrations`,
      expect.stringMatching(`^PATCH /${id}/switchboardIntegrations/`),
      `PATCH /${id}`,
    ]);
  });

  it("that needs nothing else is complete once it is made", async () => {
    const { world, context, appId, path } = await withBot();
    const { outputs } = await switchboards.create(context, { appId, enabled: false });
    expect(outputs).toEqual({
      appId,
      enabled: false,
      integrationIds: {},
      __seenBy: context.credential,
    });
    expect(world.writes).toEqual([[`POST ${path}`]]);
    expect(world.sent.at(-1)).toBe(`POST ${path}`);
  });

  it("whose update fails on a name that does not exist keeps the switchboard in the state", async () => {
    const { context, appId, world } = await withBot();
    const inputs = { appId, integrations: { agents: { ...agents, next: "nobody" } } };
    const { id, outputs, message } = await partialFailure(switchboards.create(context, inputs));
    expect(message).toBe("The switchboard has no integration named nobody.");
    expect(world.emulator.snapshot().switchboards.map((one) => one.id)).toEqual([id]);
    expect(outputs).toMatchObject({ appId, integrationIds: {} });
  });

  it("is refused in the preview if it loses its default integration", async () => {
    const { context } = await withBot();
    const olds = { appId: "5a0b", defaultIntegration: "bot", integrations: { bot: agents, agents } };
    const failuresOf = (news: Properties) => switchboards.check(context.session, "v2", olds, news).failures;
    const reason = "is required, because the integrations no longer include the default one";
    expect(failuresOf({ appId: "5a0b", integrations: { agents } })).toEqual([
      { property: "defaultIntegration", reason },
    ]);
    expect(failuresOf({ appId: "5a0b", integrations: { bot: agents } })).toEqual([]);
  });

  it("needs API v2", async () => {
    const { context } = await withBot();
    const { failures } = switchboards.check(context.session, "v1.1", {}, { appId: "5a0b" });
    expect(failures).toEqual([{ property: "", reason: "needs apiVersion v2" }]);
  });
});
