import { join } from "node:path";

/** The program of `programs/smooch.js` in YAML, for the plugin as built. JSON is YAML. */
export function yamlProgram(webhooks: number, perApp: number, isChanged: boolean): string {
  const resources: Record<string, object> = {};
  for (let index = 0; index < webhooks; index++) {
    const app = `app-${Math.floor(index / perApp)}`;
    resources[app] ??= { type: "smooch:App" };
    resources[`webhook-${index}`] = {
      type: "smooch:Webhook",
      properties: {
        appId: `\${${app}.id}`,
        target: `https://bot.example.com/${index}`,
        triggers: isChanged && index === 0 ? ["conversation:read"] : ["message"],
      },
    };
  }
  const path = join(process.cwd(), "dist", "plugin");
  const plugins = { providers: [{ name: "smooch", path }] };
  return JSON.stringify({ name: "bench", runtime: "yaml", plugins, resources });
}
