import { beforeAll, describe, expect, it } from "vitest";
import { violations } from "./support/axe";
import { consoleSuite } from "./support/browser";
import { Smooch } from "./support/smooch";

const suite = consoleSuite();
const longWord = "x".repeat(10_000);

/** The addresses of all views, filled with something of each kind. */
let views: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  const smooch = new Smooch(suite.running);
  const appId = await smooch.createApp("Shop");
  await smooch.createKey(appId, "backend");
  await smooch.createWebhook(appId, "http://127.0.0.1:9/hook", ["conversation:message"]);
  const { user } = await smooch.post(`/v2/apps/${appId}/users`, { externalId: "ada" });
  const { conversation } = await smooch.post(`/v2/apps/${appId}/conversations`, {
    type: "personal",
    participants: [{ userId: Object(user).id }],
  });
  const conversationId = Object(conversation).id;
  const content = { type: "text", text: longWord.slice(0, 4_096) };
  const author = { type: "user", userId: Object(user).id };
  await smooch.post(`/v2/apps/${appId}/conversations/${conversationId}/messages`, { author, content });
  suite.running.emulator.overlay(appId, { metadata: { long: longWord } });
  views = {
    objects: "",
    app: `apps/${appId}`,
    account: `accounts/${suite.running.emulator.snapshot().accounts[0]?.id}`,
    requests: "requests",
    request: "requests/1",
    deliveries: "deliveries",
    delivery: "deliveries/1",
    controls: "controls",
  };
});
