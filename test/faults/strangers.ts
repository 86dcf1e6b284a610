import type { Emulator } from "../../src/emulator/core";
import { SmoochClient } from "../../src/smooch/client";
import type { ApiVersion } from "../../src/smooch/generations/version";
import type { Host } from "../../src/smooch/host";
import type { HttpSettings } from "../../src/smooch/http";
import type { Memory } from "./checks";
import type { Stage } from "./layer";
import type { Declared, Program } from "./program";
import { inUse } from "./state";

/**
 * Makes objects of the names that the program is about to make: somebody else's, which must be neither taken nor
 * deleted. No webhooks, since Smooch may refuse two of one target, and no second web integration.
 */
export async function placeStrangers(
  stage: Stage,
  program: Program,
  memory: Memory,
  version: ApiVersion,
): Promise<void> {
  const entries = await stage.state();
  const client = new SmoochClient(directHost(stage), settingsFor(stage.watch.emulator), version);
  const isFree = ({ kind, inputs: { type } }: Declared) =>
    kind !== "webhook" && type !== "web" && type !== "custom";
  const missing = program.filter((one) => isFree(one) && !inUse(entries, one.name)).slice(0, 2);
  for (const { kind, app, inputs } of missing) {
    const appId = app && inUse(entries, app)?.id;
    const name = String(inputs.name);
    if (kind === "app") memory.foreign.set((await stage.await(client.apps.create({ name }))).id, "");
    else if (appId && stage.watch.live().some(({ id }) => id === appId)) {
      const create: Promise<{ id: string }> =
        kind === "key"
          ? client.keys.create(appId, { name })
          : client.integrations.create(appId, { ...inputs, type: String(inputs.type) });
      memory.foreign.set((await stage.await(create)).id, appId);
    }
  }
  // Within a minute nobody who has not heard Smooch's clock could tell them from what he made himself.
  if (missing.length > 0) await stage.pass(90_000);
}

function settingsFor({ accountKeyId, accountKeySecret }: Emulator): HttpSettings {
  return {
    baseUrl: "https://api.smooch.io",
    credential: { keyId: accountKeyId, secret: accountKeySecret },
    auth: "jwt",
    maxConcurrency: 1,
    requestTimeoutMs: 30_000,
    debug: false,
  };
}

function directHost(stage: Stage): Host {
  return {
    now: () => stage.now(),
    sleep: async () => {},
    random: () => 0,
    say: () => {},
    send: async ({ method, url, headers, body }) => {
      const { pathname, search } = new URL(url);
      const request = { method, url: pathname + search, headers, body };
      const answer = await stage.watch.emulator.handle(request);
      return { status: answer.status, headers: { ...answer.headers }, body: answer.body };
    },
  };
}
