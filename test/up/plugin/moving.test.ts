import { expect, it } from "vitest";
import { dynamicDoor, pluginDoor } from "../../support/door";
import { scenario } from "../../support/stack";
import { trio } from "../../support/trio";

// What docs/plugin.md promises about moving a stack.

const yaml = (aliases = "") => `resources:
  support:
    type: smooch:App
    properties: { name: Support, metadata: { tier: gold, note: a } }
    ${aliases}
  backend:
    type: smooch:Key
    properties: { appId: "\${support.id}", keepers: { n: 1, m: a } }
  events:
    type: smooch:Webhook
    properties: { appId: "\${support.id}", target: "https://bot.example/in", triggers: [message] }
outputs: { appId: "\${support.id}", keyId: "\${backend.id}", hookId: "\${events.id}", jwt: "\${backend.jwt}" }`;

const javascript = (alias: string) =>
  `${trio({
    app: alias.replace("?", "App"),
    key: alias.replace("?", "Key"),
    hook: alias.replace("?", "Webhook"),
  })} exports.jwt = key.jwt;`;
const fromPlugin = '{ aliases: [{ type: "smooch:index:?" }] }';

it("a stack moves from dynamic resources to the plugin and back, and nothing in Smooch changes", () =>
  scenario(async ({ emulator }, start) => {
    const stack = start(javascript("{}"), dynamicDoor);
    await stack.up();
    const before = await stack.outputs();
    const objects = emulator.snapshot();
    const onlyReads = () => {
      expect([...new Set(emulator.requests.map(({ method }) => method))]).toEqual(["GET"]);
      emulator.requests.length = 0;
    };

    emulator.requests.length = 0;
    stack.enter(pluginDoor, yaml());
    expect(await stack.up()).not.toMatch(/created|replaced|deleted/);
    onlyReads();
    expect(await stack.outputs()).toEqual(before);
    expect(emulator.snapshot()).toEqual(objects);
    expect(stack.stateFile()).not.toContain("__provider");
    await stack.expectNoChange();
    expect(await stack.refresh()).toContain("unchanged");
    await stack.expectNoChange();

    emulator.requests.length = 0;
    stack.enter(dynamicDoor, javascript(fromPlugin));
    expect(await stack.up()).not.toMatch(/created|replaced|deleted/);
    onlyReads();
    expect(await stack.outputs()).toEqual(before);
    await stack.expectNoChange();
    stack.program = javascript("{}");
    await stack.expectNoChange();
    await stack.destroy();
  }));
