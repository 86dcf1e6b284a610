import { describe, expect, it } from "vitest";
import { Connection } from "../../src/provider/connection";
import { dynamicProvider } from "../../src/provider/dynamic";
import { app } from "../../src/provider/kinds/app";
import { key } from "../../src/provider/kinds/key";
import { World } from "../support/world";

const secretSignature = "4dabf18193072939515e22adb298388d";
const text = 'exports.handler=()=>require("pulumi-smooch/provider").key';

async function connected() {
  const world = new World();
  const connection = new Connection({}, world.host);
  const { keyId, secret } = world.credential();
  const config: Record<string, string> = { "smooch:accountKeyId": keyId, "smooch:accountKeySecret": secret };
  const keys = dynamicProvider(key, connection);
  await keys.configure({ config: { get: (name) => config[name] } });
  const { id: appId } = await dynamicProvider(app, connection).create({ name: "Shop" });
  return { world, keys, appId };
}

describe("what Pulumi's dynamic-provider process gets", () => {
  it("secrets marked on the wire, nothing undefined, no word of __provider", async () => {
    const { world, keys, appId } = await connected();
    const { id, outs } = await keys.create({ appId, name: "backend", keepers: undefined, __provider: text });
    const secret = {
      [secretSignature]: "1b47061264138c4ac30d75fd1eb44270",
      value: world.emulator.snapshot().keys[0]?.secret,
    };
    expect(outs).toEqual({
      appId,
      name: "backend",
      secret,
      __seenBy: `${world.credential().keyId}@api.smooch.io`,
    });
    expect(Object.keys(outs)).not.toContain("keepers");
    const plain = { ...outs, secret: secret.value, __provider: text };
    expect(await keys.read(id, plain)).toEqual({ id, props: outs, inputs: { appId, name: "backend" } });
    expect(await keys.update(id, plain, { appId, name: "backend", __provider: text })).toEqual({ outs });
    const news = { appId, name: "backend", __provider: text };
    expect(await keys.diff(id, plain, news)).toEqual({ changes: false });
    // A text of somebody else's, from before an alias: an update brings ours into the state.
    expect(await keys.diff(id, { ...plain, __provider: "another" }, news)).toEqual({ changes: true });
    await keys.delete(id, plain);
    expect(await keys.read(id, plain)).toEqual({});
  });

  it("errors that carry a message and nothing else", async () => {
    const { keys } = await connected();
    const error = await keys.create({ appId: "5a0b", name: "backend" }).catch((reason: unknown) => reason);
    if (!(error instanceof Error)) throw new Error("it did not fail");
    expect(error.message).toMatch(/^Smooch refused to create key "backend" of app 5a0b: .+ \(HTTP 404\)\. /);
    expect(`${error}: ${error.stack}`).toBe(`pulumi-smooch: ${error.message}`);
    expect(Object.keys(error)).toEqual(["name"]);
  });

  it("the failures of the settings in check, beside those of the inputs", async () => {
    const keys = dynamicProvider(key, new Connection({ SMOOCH_ACCOUNT_KEY_ID: "act_1" }, new World().host));
    const { failures, inputs } = await keys.check({}, { name: "backend", __provider: text });
    expect(inputs).toEqual({ name: "backend" });
    // No property is named: Pulumi would print its value.
    expect(failures).toEqual([
      { property: "", reason: "appId is required" },
      { property: "", reason: expect.stringContaining("smooch:accountKeySecret is missing") },
    ]);
    await expect(keys.create({ appId: "5a0b", name: "backend" })).rejects.toThrow(
      "Smooch cannot be called: smooch:accountKeySecret is missing: run `pulumi config set --secret smooch:accountKeySecret` or set SMOOCH_ACCOUNT_KEY_SECRET.",
    );
  });

  it("no failure where all is well, and the reason why an unchanged key is replaced", async () => {
    const { world, keys, appId } = await connected();
    const inputs = { appId, name: "backend", rotateAfterDays: 1, __provider: text };
    expect(await keys.check({}, inputs)).toEqual({
      inputs: { appId, name: "backend", rotateAfterDays: 1 },
      failures: [],
    });
    const { id, outs } = await keys.create(inputs);
    const olds = { ...outs, secret: "s3cret", __provider: text };
    expect(await keys.diff(id, olds, inputs)).toEqual({ changes: false });
    world.time += 2 * 24 * 60 * 60 * 1000;
    expect(await keys.diff(id, olds, inputs)).toEqual({
      changes: true,
      replaces: ["rotateAfterDays"],
      deleteBeforeReplace: false,
    });
    expect(world.said.at(-1)).toBe(
      `pulumi-smooch: key ${id} is 2 days old and rotateAfterDays is 1: a new one replaces it`,
    );
  });

  it("a readable message even for what is no error", async () => {
    const { world, keys, appId } = await connected();
    world.host.send = () => {
      throw "out of order";
    };
    await expect(keys.create({ appId, name: "backend" })).rejects.toThrow("out of order");
  });
});
