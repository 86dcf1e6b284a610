import type { RunningEmulator } from "../../src/emulator/index";
import type { Stack } from "./stack";

/** An app with a key and a webhook, each with options of its own. */
export const trio = (
  options: { app?: string; key?: string; hook?: string } = {},
  changes: Record<string, string> = {},
) => `
  const app = new smooch.SmoochApp("support", { name: ${changes.name ?? '"Support"'}, metadata: ${changes.metadata ?? '{ tier: "gold", note: "a" }'} }, ${options.app ?? "{}"});
  const key = new smooch.SmoochKey("backend", { appId: app.id, keepers: ${changes.keepers ?? '{ n: 1, m: "a" }'} }, ${options.key ?? "{}"});
  const hook = new smooch.SmoochWebhook("events", { appId: app.id, target: ${changes.target ?? '"https://bot.example/in"'}, triggers: ${changes.triggers ?? '["message"]'} }, ${options.hook ?? "{}"});
  Object.assign(exports, { appId: app.id, keyId: key.id, hookId: hook.id });`;

/** The writes that Smooch got, in their order. */
export const writes = ({ emulator }: RunningEmulator) =>
  emulator.requests.filter(({ method }) => method !== "GET").map(({ operation }) => operation);

export const names = (stack: Stack) =>
  stack
    .resources()
    .map(({ urn }) => urn.split("::").pop())
    .sort();
