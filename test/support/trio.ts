import type { RunningEmulator } from "../../src/emulator/index";
import type { Stack } from "./stack";

/** Arguments as the program writes them; undefined leaves one out. */
type Arguments = Partial<
  Record<"name" | "settings" | "metadata" | "keepers" | "target" | "triggers", string | undefined>
>;

const defaults: Arguments = {
  name: '"Support"',
  metadata: '{ tier: "gold", note: "a" }',
  keepers: '{ n: 1, m: "a" }',
  target: '"https://bot.example/in"',
  triggers: '["message"]',
};

/** The program of most tests: an app with a key and a webhook, each with its own options. */
export function trio(
  options: { app?: string; key?: string; hook?: string } = {},
  changes: Arguments = {},
): string {
  const given = { ...defaults, ...changes };
  const write = (...names: (keyof Arguments)[]) =>
    names.flatMap((name) => (given[name] === undefined ? [] : [`${name}: ${given[name]}`])).join(", ");
  return `
  const app = new smooch.SmoochApp("support", { ${write("name", "settings", "metadata")} }, ${options.app ?? "{}"});
  const key = new smooch.SmoochKey("backend", { appId: app.id, ${write("keepers")} }, ${options.key ?? "{}"});
  const hook = new smooch.SmoochWebhook("events", { appId: app.id, ${write("target", "triggers")} }, ${options.hook ?? "{}"});
  Object.assign(exports, { appId: app.id, keyId: key.id, hookId: hook.id });`;
}

/** The writes that Smooch received, in order. */
export const writes = ({ emulator }: RunningEmulator) =>
  emulator.requests.filter(({ method }) => method !== "GET").map(({ operation }) => operation);

export const names = (stack: Stack) =>
  stack
    .resources()
    .map(({ urn }) => urn.split("::").pop())
    .sort();
