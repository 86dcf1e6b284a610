import { expect, it } from "vitest";
import type { RunningEmulator } from "../../../src/emulator/index";
import { dynamicDoor, inlineDoor } from "../../support/door";
import { byHand } from "../../support/hand";
import { killUp } from "../../support/interrupted";
import { scenario } from "../../support/stack";
import { writes } from "../../support/trio";
import { bot } from "./programs";

/** An app as Zendesk makes it: agents are the default of its switchboard. */
async function makeZendeskApp(api: RunningEmulator) {
  const { id: appId } = await byHand(api, "POST", "/v2/apps", { displayName: "Zendesk" });
  const path = `/v2/apps/${appId}/switchboards`;
  const { id } = await byHand(api, "POST", path);
  const { id: agentsId } = await byHand(api, "POST", `${path}/${id}/switchboardIntegrations`, {
    name: "agents",
    integrationType: "zd:agentWorkspace",
  });
  await byHand(api, "PATCH", `${path}/${id}`, { enabled: true, defaultSwitchboardIntegrationId: agentsId });
  return { appId, id, agentsId, remove: () => byHand(api, "DELETE", `/v2/apps/${appId}`) };
}

const onlyReads = (api: RunningEmulator) => {
  expect(writes(api)).toEqual([]);
  api.emulator.requests.length = 0;
};

it("adopts the one that exists by its app alone, and joins one that another stack declares", () =>
  scenario(
    async (api, start) => {
      const { emulator } = api;
      const { appId, id, agentsId, remove } = await makeZendeskApp(api);
      const before = emulator.snapshot();
      emulator.requests.length = 0;
      const owner = start(
        `exports.id = smooch.SmoochSwitchboard.adopt("switchboard", { appId: "${appId}", enabled: true }).id;`,
        dynamicDoor,
      );
      await owner.up();
      expect(await owner.outputs()).toEqual({ id });
      owner.program = `new smooch.SmoochSwitchboard("switchboard", { appId: "${appId}", enabled: true });`;
      await owner.expectNoChange();
      onlyReads(api);

      const guest = start(
        `const app = smooch.SmoochApp.get("app", "${appId}");
        const switchboard = smooch.SmoochSwitchboard.get("switchboard", { appId: app.id });
        ${bot()}
        const entry = new smooch.SmoochSwitchboardIntegration("robot", {
          appId: app.id,
          switchboardId: switchboard.id,
          integrationId: bot.id,
          nextSwitchboardIntegrationId: switchboard.integrationIds.apply((ids) => ids.agents),
        });
        Object.assign(exports, { id: switchboard.id, enabled: switchboard.enabled, entryId: entry.id, botId: bot.id });`,
        dynamicDoor,
      );
      await guest.up();
      const { entryId, botId, ...read } = await guest.outputs();
      expect(read).toEqual({ id, enabled: true });
      expect(guest.resource("switchboard").id).toBe(id);
      const robot = {
        id: entryId,
        name: "robot",
        integrationId: botId,
        nextSwitchboardIntegrationId: agentsId,
      };
      expect(emulator.snapshot().switchboardIntegrations[1]).toMatchObject(robot);
      // What `get` reads has one more integration now.
      expect(await guest.refresh()).toContain("~ 1 updated");
      await guest.expectNoChange();
      await guest.destroy();
      expect(emulator.snapshot()).toEqual(before);
      await remove();
    },
    {},
    "v2",
  ));

it("is never overwritten, imported by its app's id, declared once, retained, moved and replaced", () =>
  scenario(
    async (api, start) => {
      const { emulator } = api;
      const { appId, id, agentsId, remove } = await makeZendeskApp(api);
      const declared = (name: string, args: string, options = "{}") =>
        `exports.id = new smooch.SmoochSwitchboard("${name}", { appId: "${appId}", ${args} }, ${options}).id;`;
      const full = `enabled: true, defaultIntegration: "agents", integrations: { agents: { integrationType: "zd:agentWorkspace" } }`;
      emulator.requests.length = 0;
      const stack = start(declared("switchboard", full), inlineDoor);
      expect((await stack.tryUp()).output).toContain(
        `Smooch already has switchboard ${id}, and does not create a second one. Nothing was changed. Delete that switchboard if nothing uses it, or adopt it, then run the same command again. If another resource of this stack manages it, declare it only once.`,
      );
      const adopted = `{ import: "${appId}" }`;
      stack.program = declared("switchboard", full.replaceAll("agents", "people"), adopted);
      expect((await stack.tryUp()).output).toContain(
        `switchboard ${id} cannot be adopted, because it is not as the program declares it: defaultIntegration differs; integrations.people is not set in Smooch; integrations has more entries in Smooch. Nothing was changed.`,
      );
      stack.program = declared("switchboard", full, adopted);
      await stack.up();
      expect(await stack.outputs()).toEqual({ id });
      stack.program = declared("renamed", full, '{ aliases: [{ name: "switchboard" }] }');
      await stack.expectNoChange();
      stack.program = `${declared("renamed", "enabled: true", '{ aliases: [{ name: "switchboard" }], retainOnDelete: true }')}
        new smooch.SmoochSwitchboard("second", { appId: "${appId}" });`;
      expect((await stack.tryUp()).output).toContain(
        `Smooch already has switchboard ${id}, and does not create a second one. Nothing was changed.`,
      );
      onlyReads(api);
      await stack.destroy();
      expect(emulator.snapshot().switchboards).toMatchObject([{ id, enabled: true }]);

      const importing = ["import", "smooch:index:Switchboard", "renamed", String(appId), "--yes"];
      await stack.run(...importing, "--protect=false", "--generate-code=false");
      const joined = (name: string, next: string) => `
        new smooch.SmoochSwitchboardIntegration("robot", { appId: "${appId}", switchboardId: "${id}", name: "${name}",
          integrationType: "zd:answerBot"${next} });`;
      stack.program = `${declared("renamed", "enabled: true")} ${joined("robot", "")}`;
      await stack.up("--target", "**::renamed");
      expect(emulator.snapshot().switchboardIntegrations).toHaveLength(1);
      await stack.up();
      const { id: robotId } = stack.resource("robot");
      stack.program = `${declared("renamed", 'defaultIntegration: "bot"')} ${joined("bot", `, nextSwitchboardIntegrationId: "${agentsId}"`)}`;
      await stack.up("--target", "**::robot");
      await stack.up();
      const [switchboard] = emulator.snapshot().switchboards;
      expect(switchboard).toMatchObject({ defaultSwitchboardIntegrationId: robotId });
      const bot = { id: robotId, name: "bot", nextSwitchboardIntegrationId: agentsId };
      expect(emulator.snapshot().switchboardIntegrations[1]).toMatchObject(bot);
      await stack.expectNoChange();
      stack.program = declared("renamed", "enabled: true");
      expect((await stack.tryUp()).output).toContain(
        `Smooch refused to delete switchboard integration ${robotId} of switchboard ${id} of app ${appId}`,
      );
      stack.program = declared("renamed", full, "{ deleteBeforeReplace: true }");
      await stack.up("--replace", "**::renamed");
      const [made, ...others] = emulator.snapshot().switchboards;
      expect(others).toEqual([]);
      expect(made).toMatchObject({ id: stack.resource("renamed").id, enabled: true });
      expect(made?.id).not.toBe(id);
      await stack.destroy();
      await remove();
    },
    {},
    "v2",
  ));

it("after a kill in the middle of its create, the next up takes it over and completes it", () =>
  scenario(
    async (api, start) => {
      const { emulator } = api;
      const stack = start(
        `const app = new smooch.SmoochApp("shop"); ${bot()}
        new smooch.SmoochSwitchboard("switchboard", { appId: app.id, enabled: true, defaultIntegration: "bot", integrations: {
          agents: { integrationType: "zd:agentWorkspace", next: "bot" }, bot: { integrationId: bot.id, next: "agents" } } });`,
        inlineDoor,
      );
      await killUp(stack, {
        hold: [{ operation: "createSwitchboardIntegration", fault: "latency", ms: 4000 }],
      });
      const [half] = emulator.snapshot().switchboards;
      expect(half).toMatchObject({ enabled: false });
      expect(await stack.up()).toContain(
        `pulumi-smooch: switchboard ${half?.id} was made by an interrupted run, and belongs to this one now`,
      );
      expect(emulator.snapshot().switchboards).toMatchObject([{ id: half?.id, enabled: true }]);
      const entries = emulator.snapshot().switchboardIntegrations;
      expect(entries.map(({ name }) => name).toSorted()).toEqual(["agents", "bot"]);
      await stack.expectNoChange();
      await stack.destroy();
    },
    {},
    "v2",
  ));
