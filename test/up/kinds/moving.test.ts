import { expect, it } from "vitest";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { dynamicDoor, inlineDoor } from "../../support/door";
import { scenario } from "../../support/stack";
import { writes } from "../../support/trio";
import { bot } from "./programs";

/** Each call of `make` makes a resource, with the options that moving to the current door needs. */
const v1 = `
  const items = [{ type: "postback", text: "Talk", payload: "TALK" }];
  make("Menu", { appId: app.id, items });
  make("Template", { appId: app.id, message: { role: "appMaker", type: "text", text: "Hello" } });
  const account = make("ServiceAccount", {});
  const key = make("ServiceAccountKey", { serviceAccountId: account.id, keepers: { n: 1 } });`;
const v2 = `
  ${bot("bot", 'options("Integration")')}
  const integrations = { bot: { integrationId: bot.id, next: "agents" }, agents: { integrationType: "zd:agentWorkspace", next: "bot" } };
  const switchboard = make("Switchboard", { appId: app.id, enabled: true, defaultIntegration: "bot", integrations });
  const key = make("IntegrationKey", { appId: app.id, integrationId: bot.id, keepers: { n: 1 } });`;

const program = (kinds: string, options: string) => `
  const options = (type) => (${options});
  const make = (type, args) => new smooch["Smooch" + type](type, args, options(type));
  const app = make("App", { name: "Shop" });
  ${kinds}
  exports.jwt = key.jwt;`;
const fromPlugin = '{ aliases: [{ type: "smooch:index:" + type }] }';

it.each<[ApiVersion, string]>([
  ["v1.1", v1],
  ["v2", v2],
])(
  "a stack with the kinds of %s moves to the plugin and back, and nothing in Smooch changes",
  (version, kinds) =>
    scenario(
      async (api, start) => {
        const { emulator } = api;
        const stack = start(program(kinds, "{}"), dynamicDoor);
        await stack.up();
        const before = await stack.outputs();
        const objects = emulator.snapshot();
        emulator.requests.length = 0;
        for (const [door, options] of [
          [inlineDoor, "{}"],
          [dynamicDoor, fromPlugin],
        ] as const) {
          stack.enter(door, program(kinds, options));
          expect(await stack.up()).not.toMatch(/created|replaced|deleted/);
          await stack.expectNoChange();
          expect(await stack.outputs()).toEqual(before);
        }
        expect(writes(api)).toEqual([]);
        expect(emulator.snapshot()).toEqual(objects);
        await stack.destroy();
      },
      {},
      version,
    ),
);
