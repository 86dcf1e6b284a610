import { describe, expect, it } from "vitest";
import { setUpSwitchboard } from "./switchboard";

const nobody = "5a0b1c2d3e4f5a6b7c8d9e0f";

describe("a channel's default responder", () => {
  /** A channel beside the switchboard, and a function that reads its responder. */
  async function setUpChannel(given: object = {}) {
    const all = await setUpSwitchboard();
    const { bench, appId, path, agents, patch } = all;
    const integrations = `/v2/apps/${appId}/integrations`;
    const body = { type: "web", ...given };
    const { integration } = await bench.expect(201, "POST", integrations, { body });
    const channel = `${integrations}/${integration.id}`;
    const responder = async () => (await bench.expect(200, "GET", channel)).integration.defaultResponder;
    const enable = () => patch(path, { enabled: true, defaultSwitchboardIntegrationId: agents.id });
    return { ...all, integrations, channel, responder, enable };
  }

  it("is the default of the switchboard while that is enabled", async () => {
    const { path, agents, patch, responder, enable } = await setUpChannel();
    await patch(path, { defaultSwitchboardIntegrationId: agents.id });
    expect(await responder()).toBeUndefined();
    await enable();
    expect(await responder()).toEqual({ ...agents, inherited: true });
    await patch(path, { enabled: false });
    expect(await responder()).toBeUndefined();
  });

  it("is the channel's own, with all its fields, until `null` restores the inherited one", async () => {
    const { agents, add, patch, channel, responder, enable, integrations, bench } = await setUpChannel();
    await enable();
    const given = { nextSwitchboardIntegrationId: agents.id, messageHistoryCount: 3 };
    const bot = await add({ name: "bot", deliverStandbyEvents: false, ...given });
    const { integration } = await patch(channel, { defaultResponderId: bot.id });
    expect(integration.defaultResponder).toEqual({
      id: bot.id,
      name: "bot",
      integrationId: bot.integrationId,
      integrationType: "zd:answerBot",
      deliverStandbyEvents: false,
      ...given,
      inherited: false,
    });
    expect(integration).not.toHaveProperty("defaultResponderId");
    expect((await bench.expect(200, "GET", integrations)).integrations).toEqual([integration]);
    await patch(channel, { displayName: "Web" });
    expect(await responder()).toEqual(integration.defaultResponder);
    await patch(channel, { defaultResponderId: null });
    expect(await responder()).toEqual({ ...agents, inherited: true });
  });

  it("is the channel's own even if the switchboard is disabled", async () => {
    const { agents, patch, channel, responder } = await setUpChannel();
    await patch(channel, { defaultResponderId: agents.id });
    expect(await responder()).toEqual({ ...agents, inherited: false });
  });

  it("is inherited if the channel's own does not exist, or no longer does", async () => {
    const { bench, list, agents, add, patch, channel, responder, enable } = await setUpChannel({
      defaultResponderId: nobody,
    });
    expect(await responder()).toBeUndefined();
    await enable();
    expect(await responder()).toEqual({ ...agents, inherited: true });
    const bot = await add({ name: "bot" });
    await patch(channel, { defaultResponderId: bot.id });
    expect(await responder()).toEqual({ ...bot, inherited: false });
    await bench.expect(200, "DELETE", `${list}/${bot.id}`);
    expect(await responder()).toEqual({ ...agents, inherited: true });
  });

  it("ends with the switchboard", async () => {
    const { bench, path, responder, enable } = await setUpChannel();
    await enable();
    await bench.expect(200, "DELETE", path);
    expect(await responder()).toBeUndefined();
  });

  it("does not exist for a custom integration", async () => {
    const { bench, appId, enable } = await setUpChannel();
    await enable();
    const custom = await bench.createCustom(appId);
    expect(custom).not.toHaveProperty("defaultResponder");
  });
});
