import { describe, expect, it } from "vitest";
import { inlineDoor } from "../../support/door";
import { byHand } from "../../support/hand";
import { scenes } from "../../support/stack";
import { writes } from "../../support/trio";
import { bot } from "./programs";

/** An app with a bot, which has the given options, and a switchboard. */
const program = (switchboard: string, options = "{}") => `
  const app = new smooch.SmoochApp("shop");
  ${bot("bot", options)}
  const switchboard = new smooch.SmoochSwitchboard("switchboard", { appId: app.id, ${switchboard} });
  Object.assign(exports, { appId: app.id, botId: bot.id, id: switchboard.id, ids: switchboard.integrationIds });`;

/** A bot and agents that hand over to each other. */
const circle = (bot = "bot", history = 10) => `
  enabled: true,
  defaultIntegration: "${bot}",
  integrations: {
    ${bot}: { integrationId: bot.id, next: "agents" },
    agents: { integrationType: "zd:agentWorkspace", next: "${bot}", messageHistoryCount: ${history} },
  }`;

describe("the life of a switchboard", () => {
  const life = scenes(program(circle()), "v2", inlineDoor);
  const api = () => life.stack.emulator.emulator;
  /** The switchboard's integrations by name. */
  const entries = () =>
    Object.fromEntries(
      api()
        .snapshot()
        .switchboardIntegrations.map((entry) => [entry.name, entry]),
    );

  it("begins with a handover in a circle, which one `up` makes after a preview of unknown ids", async () => {
    const { stack } = life;
    expect(await stack.preview()).toContain("+ 4 to create");
    expect(api().requests).toEqual([]);
    await stack.up();
    const { appId, botId, id, ids } = await stack.outputs();
    const { bot, agents } = Object(ids);
    const own = { appId, switchboardId: id, deliverStandbyEvents: true };
    expect(api().snapshot().switchboards).toEqual([
      { id, appId, enabled: true, defaultSwitchboardIntegrationId: bot },
    ]);
    expect(entries()).toMatchObject({
      bot: { ...own, id: bot, integrationId: botId, nextSwitchboardIntegrationId: agents },
      agents: { ...own, id: agents, nextSwitchboardIntegrationId: bot, messageHistoryCount: 10 },
    });
    await stack.expectNoChange();
    expect(await stack.refresh()).toContain("4 unchanged");
  });

  it("shows changes behind Pulumi's back in refresh, and reverts them with the next up", async () => {
    const { stack } = life;
    const before = api().snapshot();
    const { appId, id, ids } = await stack.outputs();
    const path = `/v2/apps/${appId}/switchboards/${id}`;
    const { id: strayId } = await byHand(stack.emulator, "POST", `${path}/switchboardIntegrations`, {
      name: "stray",
      integrationType: "zd:answerBot",
    });
    await byHand(stack.emulator, "PATCH", `${path}/switchboardIntegrations/${Object(ids).bot}`, {
      nextSwitchboardIntegrationId: strayId,
    });
    await byHand(stack.emulator, "PATCH", path, { enabled: false, defaultSwitchboardIntegrationId: strayId });
    const refresh = await stack.refresh("--diff");
    expect(refresh).toMatch(/defaultIntegration: +"bot" => "stray"/);
    expect(refresh).toMatch(/enabled +: +true => false/);
    expect(refresh).toContain("answerBot");
    expect(await stack.up()).toContain("~ 1 updated");
    expect(api().snapshot()).toEqual(before);
    await stack.expectNoChange();
  });

  it("changes in place: another default, another target, and no circle left", async () => {
    const { stack } = life;
    const { id } = await stack.outputs();
    stack.program = program(circle("robot", 3));
    expect(await stack.up()).toContain("~ 1 updated");
    expect(Object.keys(entries())).toEqual(["agents", "robot"]);
    expect(entries()).toMatchObject({ agents: { messageHistoryCount: 3 } });

    stack.program = program(`enabled: true, defaultIntegration: "human", integrations: {
      human: { integrationId: bot.id, deliverStandbyEvents: false } }`);
    expect(await stack.up()).toContain("~ 1 updated");
    const { ids } = await stack.outputs();
    expect(entries()).toMatchObject({ human: { id: Object(ids).human, deliverStandbyEvents: false } });
    expect(Object.keys(entries())).toEqual(["human"]);

    stack.program = program(`enabled: true, defaultIntegration: "human", integrations: {
      human: { integrationType: "zd:answerBot" } }`);
    await stack.up();
    expect(entries()).toMatchObject({ human: { id: Object(ids).human, integrationType: "zd:answerBot" } });
    expect(await stack.outputs()).toMatchObject({ id, ids });
    await stack.expectNoChange();
  });

  it("warns that integrations which are no longer declared stay", async () => {
    const { stack } = life;
    const before = api().snapshot();
    stack.program = program(`defaultIntegration: "human"`);
    const output = await stack.up();
    for (const name of ["enabled", "integrations"]) {
      const warning = `${name} is no longer declared, so it is no longer managed: Smooch keeps its value`;
      expect(output).toContain(warning);
    }
    expect(api().snapshot()).toEqual(before);
    await stack.expectNoChange();
  });

  it("names the new integration when the one it names is replaced", async () => {
    const { stack } = life;
    stack.program = program(circle());
    await stack.up();
    const before = await stack.outputs();
    api().requests.length = 0;
    stack.program = program(circle(), "{ deleteBeforeReplace: true }");
    await stack.up("--replace", "**::bot");
    const { botId, ids } = await stack.outputs();
    expect(botId).not.toBe(before.botId);
    expect(ids).toEqual(before.ids);
    expect(writes(stack.emulator)).toEqual([
      "deleteIntegration",
      "createIntegration",
      "updateSwitchboardIntegration",
    ]);
    expect(entries()).toMatchObject({ bot: { integrationId: botId } });
    await stack.expectNoChange();
  });

  it("is recreated after a deletion by hand", async () => {
    const { stack } = life;
    const { appId, id } = await stack.outputs();
    await byHand(stack.emulator, "DELETE", `/v2/apps/${appId}/switchboards/${id}`);
    stack.program = program(circle("bot", 2));
    expect((await stack.tryUp()).output).toContain(
      "If it was deleted elsewhere, `pulumi refresh` records that",
    );
    expect(await stack.refresh()).toContain("- 1 deleted");
    expect(await stack.up()).toContain("+ 1 created");
    expect(Object.keys(entries()).toSorted()).toEqual(["agents", "bot"]);
  });

  it("ends with one destroy, which deletes the circle with the switchboard", async () => {
    const { stack } = life;
    api().requests.length = 0;
    await stack.destroy();
    expect(writes(stack.emulator)).toEqual(["deleteSwitchboard", "deleteIntegration", "deleteApp"]);
    expect(api().snapshot()).toMatchObject({ switchboards: [], switchboardIntegrations: [] });
  });
});
