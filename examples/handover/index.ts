import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochIntegration, SmoochIntegrationKey, SmoochSwitchboard } from "pulumi-smooch";

const config = new pulumi.Config();
const app = new SmoochApp("support");

// The bot: Smooch posts events to the target, and the bot calls Smooch with a token that its own key signs.
const bot = new SmoochIntegration("bot", {
  appId: app.id,
  type: "custom",
  displayName: "Support bot",
  webhooks: [
    { target: config.require("target"), triggers: ["conversation:message", "switchboard:passControl"] },
  ],
});
const key = new SmoochIntegrationKey("bot", { appId: app.id, integrationId: bot.id });

// New conversations start with the bot. It passes control to the agents, who get the last ten messages, and back.
const switchboard = new SmoochSwitchboard("switchboard", {
  appId: app.id,
  enabled: true,
  defaultIntegration: "bot",
  integrations: {
    bot: { integrationId: bot.id, deliverStandbyEvents: false, next: "agents" },
    agents: {
      integrationType: "zd:agentWorkspace",
      deliverStandbyEvents: true,
      next: "bot",
      messageHistoryCount: 10,
    },
  },
});

// Conversations from this channel start with the agents instead.
const priority = new SmoochIntegration("priority", {
  appId: app.id,
  type: "web",
  displayName: "Priority support",
  defaultResponderId: switchboard.integrationIds.agents,
});

export const appId = app.id;
export const botId = bot.id;
export const jwt = key.jwt;
export const webIntegrationId = priority.id;
