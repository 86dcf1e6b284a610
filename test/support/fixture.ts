import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunningEmulator } from "../../src/emulator/index";
import { byHand } from "./hand";

/**
 * The output of `pulumi stack export` with a version of this package, for objects that this function creates now. The
 * fixtures have `<names>` in place of ids and secrets.
 */
export async function stateOf(version: string, api: RunningEmulator): Promise<string> {
  const app = await byHand(api, "POST", "/v1/apps", { name: "Support" });
  const under = `/v1/apps/${app._id}`;
  const key = await byHand(api, "POST", `${under}/keys`, { name: "backend" });
  const wanted = { target: "https://bot.example/in", triggers: ["message"] };
  const hook = await byHand(api, "POST", `${under}/webhooks`, wanted);
  const channel = await byHand(api, "POST", `${under}/integrations`, {
    type: "telegram",
    token: "123456:t0ken",
  });
  const values = new Map([
    ["channelId", channel._id],
    ["appId", app._id],
    ["appToken", app.appToken],
    ["keyId", key._id],
    ["keySecret", key.secret],
    ["hookId", hook._id],
    ["hookSecret", hook.secret],
    ["credential", `${api.accountKeyId}@${new URL(api.url).host}`],
  ]);
  const fixture = readFileSync(join(__dirname, "..", "fixtures", `state-${version}.json`), "utf8");
  return fixture.replace(/<(\w+)>/g, (_, name: string) => values.get(name) ?? name);
}
