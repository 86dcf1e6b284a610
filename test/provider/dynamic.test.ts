import { describe, expect, it } from "vitest";
import { Connection } from "../../src/provider/connection";
import { dynamicProvider } from "../../src/provider/dynamic";
import { app } from "../../src/provider/kinds/app";
import { integration } from "../../src/provider/kinds/integration";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { words } from "../support/words";
import { World } from "../support/world";
import { lost } from "./support";

/** How Pulumi marks a secret on the wire. */
const marked = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const text = 'exports.handler=()=>require("pulumi-smooch/provider").key';

async function connected(version: ApiVersion) {
  const world = new World({}, version);
  const connection = new Connection({}, world.host);
  const { keyId, secret } = world.credential();
  const config: Record<string, string> = {
    "smooch:accountKeyId": keyId,
    "smooch:accountKeySecret": secret,
    "smooch:apiVersion": version,
  };
  const keys = dynamicProvider(key, connection);
  await keys.configure({ config: { get: (name) => config[name] } });
  const { id: appId } = await dynamicProvider(app, connection).create({ name: "Shop" });
  const seenBy = { __seenBy: `${keyId}@api.smooch.io/${version}` };
  return { world, connection, keys, appId, seenBy };
}

it("a doubtful setting is reported once for all resources", async () => {
  const world = new World();
  const connection = new Connection({}, world.host);
  const config: Record<string, string> = {
    "smooch:accountKeyId": "Y4SINFtAUzEjayxg",
    "smooch:accountKeySecret": "s3cret",
  };
  const apps = dynamicProvider(app, connection);
  await apps.configure({ config: { get: (name) => config[name] } });
  await apps.check({}, { name: "Shop" });
  await dynamicProvider(key, connection).check({}, { appId: "5a0b", name: "k" });
  expect(world.said).toEqual([
    "pulumi-smooch: smooch:accountKeyId does not look like the id of a key (act_, app_ or svc_ and 24 hex digits): check that it is not the secret",
  ]);
});

describe("with a key of an app", () => {
  const reason =
    'cannot be created with app_5a0b1c2d3e4f5a6b7c8d9e0f, a key of an app: use an account key, whose tokens have the scope "account"';

  async function withKeyOfApp() {
    const connection = new Connection({}, new World().host);
    const config: Record<string, string> = {
      "smooch:accountKeyId": "app_5a0b1c2d3e4f5a6b7c8d9e0f",
      "smooch:accountKeySecret": "s3cret",
    };
    const apps = dynamicProvider(app, connection);
    await apps.configure({ config: { get: (name) => config[name] } });
    const [keys, hooks] = [dynamicProvider(key, connection), dynamicProvider(webhook, connection)];
    return { apps, keys, hooks };
  }

  it("a new app and a new key are refused in the preview", async () => {
    const { apps, keys, hooks } = await withKeyOfApp();
    const declared = { appId: "5a0b", name: "k" };
    const refused = { failures: [{ property: "", reason }] };
    expect(await apps.check({}, { name: "Shop" })).toMatchObject(refused);
    expect(await keys.check({}, declared)).toMatchObject(refused);
    expect(await hooks.check({}, { appId: "5a0b", target: "https://a.example" })).toMatchObject({
      failures: [],
    });
  });

  it("an object that exists or is adopted is not refused", async () => {
    const { apps, keys } = await withKeyOfApp();
    const declared = { appId: "5a0b", name: "k" };
    expect(await keys.check(declared, declared)).toMatchObject({ failures: [] });
    expect(await apps.check({}, { name: "Shop", __adopt: "5a0b" })).toMatchObject({ failures: [] });
  });
});

describe.each(apiVersions)("with API %s Pulumi's dynamic-provider process gets", (version) => {
  it("secrets marked on the wire, no undefined values, and no __provider", async () => {
    const { world, keys, appId, seenBy } = await connected(version);
    const { id, outs } = await keys.create({ appId, name: "backend", keepers: undefined, __provider: text });
    const secret = world.emulator.snapshot().keys[0]?.secret;
    expect(outs).toEqual({ appId, name: "backend", secret: marked(secret), ...seenBy });
    expect(Object.keys(outs)).not.toContain("keepers");
    const plain = { ...outs, secret, __provider: text };
    expect(await keys.read(id, plain)).toEqual({ id, props: outs, inputs: { appId, name: "backend" } });
    expect(await keys.update(id, plain, { appId, name: "backend", __provider: text })).toEqual({ outs });
    const news = { appId, name: "backend", __provider: text };
    expect(await keys.diff(id, plain, news)).toEqual({ changes: false });
    // A different __provider, from before an alias: an update stores ours in the state.
    expect(await keys.diff(id, { ...plain, __provider: "another" }, news)).toEqual({ changes: true });
    await keys.delete(id, plain);
    expect(await keys.read(id, plain)).toEqual({});
  });

  it("an integration's credentials marked as secrets, in outputs and in the inputs of a read", async () => {
    const { connection, appId, seenBy } = await connected(version);
    const integrations = dynamicProvider(integration, connection);
    const declared = { appId, type: "messagebird", originator: "1514555" };
    const more = version === "v2" ? { signingKey: "signing-k3y" } : {};
    const secrets = { accessKey: "access-k3y", ...more };
    const { id, outs } = await integrations.create({ ...declared, ...secrets });
    const hidden = Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, marked(value)]));
    const webhookSecret = Reflect.get(Object(outs.webhookSecret), "value");
    expect(webhookSecret).toMatch(/^[0-9a-f]{32}$/);
    expect(outs).toEqual({
      ...declared,
      ...hidden,
      status: "active",
      details: {},
      webhookSecret: marked(webhookSecret),
      ...seenBy,
    });
    const state = { ...declared, ...secrets, status: "active", details: {}, webhookSecret, ...seenBy };
    expect(await integrations.read(id, state)).toEqual({
      id,
      props: outs,
      inputs: { ...declared, ...hidden },
    });
    expect(await integrations.update(id, state, { ...declared, ...secrets })).toEqual({ outs });
  });

  it("the configured API version, for defaults and validation", async () => {
    const { world, connection, appId } = await connected(version);
    const hooks = dynamicProvider(webhook, connection);
    const declared = { appId, target: "https://a.example" };
    expect(await hooks.check({}, { ...declared, __provider: text })).toEqual({
      inputs: { ...declared, version, triggers: [words[version].message] },
      failures: [],
    });
    const says = `is not a ${version} trigger`;
    const { failures } = await hooks.check({}, { ...declared, triggers: ["typing"] });
    if (version === "v1")
      expect(failures).toEqual([{ property: "", reason: expect.stringContaining(`triggers.0 ${says} (`) }]);
    else {
      expect(failures).toEqual([]);
      expect(world.said.at(-1)).toBe(
        `pulumi-smooch: triggers.0 ${says} that this version of the package knows`,
      );
    }
  });

  it("no failure for valid inputs, and the reason why an unchanged key is replaced", async () => {
    const { world, keys, appId } = await connected(version);
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
      `pulumi-smooch: key ${id} is 2 days old, which is past its rotateAfterDays: a new one replaces it`,
    );
  });

  it("errors that carry a message and nothing else", async () => {
    const { keys } = await connected(version);
    const error = await keys.create({ appId: "5a0b", name: "backend" }).catch((reason: unknown) => reason);
    if (!(error instanceof Error)) throw new Error("expected an error");
    expect(error.message).toMatch(/^Smooch refused to create a key in app 5a0b: .+ \(HTTP 404\)\. /);
    expect(`${error}: ${error.stack}`).toBe(`pulumi-smooch: ${error.message}`);
    expect(Object.keys(error)).toEqual(["name"]);
  });

  it("a partial failure with everything it needs to continue", async () => {
    const { world, keys, appId } = await connected(version);
    world.intercept = async () => {
      throw lost;
    };
    const failing = keys.create({ appId, name: "backend", __provider: text });
    const error: object = await failing.then(
      () => ({}),
      (reason: object) => reason,
    );
    expect(error).toMatchObject({
      id: expect.stringMatching(/^unresolved:/),
      properties: { appId, name: "backend", __provider: text },
      reasons: [expect.stringContaining("It is unknown whether this key exists.")],
    });
  });

  it("an adopting create in place of a create whose effect is unknown", async () => {
    const { world, keys, appId } = await connected(version);
    const { id: adopted } = await world.client().keys.create(appId, { name: "backend" });
    const inputs = { appId, name: "backend", __resource: "dev/backend", __provider: text };
    const news = { ...inputs, __adopt: adopted };
    const olds = { ...inputs, __seenBy: "act_1@api.smooch.io/v1", __unresolved: { from: 1, until: 2 } };
    await keys.check(inputs, news);
    expect(await keys.diff("unresolved:1", olds, inputs)).toMatchObject({ replaces: ["id"] });
    const { inputs: again } = await keys.check({}, news);
    expect(again).toHaveProperty("__adopt", adopted);
    await keys.delete("unresolved:1", olds);
    expect((await keys.create({ ...again, __provider: text })).id).toBe(adopted);
  });

  it("a readable message even for a thrown value that is not an Error", async () => {
    const { world, keys, appId } = await connected(version);
    world.intercept = () => {
      throw "out of order";
    };
    await expect(keys.create({ appId, name: "backend" })).rejects.toThrow("out of order");
  });
});

describe("the configuration", () => {
  it("is the first one that a process receives, and all kinds share one connection", async () => {
    const { world, connection, keys, appId } = await connected("v1");
    const context = connection.context();
    await dynamicProvider(webhook, connection).configure({ config: { get: () => "another" } });
    expect(connection.context()).toBe(context);
    await keys.create({ appId, name: "backend" });
    expect(world.emulator.snapshot().keys).toHaveLength(1);
  });

  it("may arrive after the settings were read", async () => {
    const connection = new Connection({}, new World().host);
    expect(connection.failures()).not.toEqual([]);
    const config: Record<string, string> = {
      "smooch:accountKeyId": "act_1",
      "smooch:accountKeySecret": "s3cret",
      "smooch:apiVersion": "v2",
    };
    connection.configure((name) => config[name]);
    expect(connection.failures()).toEqual([]);
    expect(connection.apiVersion()).toBe("v2");
  });
});

describe("a failure in the settings", () => {
  const keysWith = (environment: Record<string, string>) =>
    dynamicProvider(key, new Connection(environment, new World().host));

  it("is reported by check, together with the failures of the inputs", async () => {
    const keys = keysWith({ SMOOCH_ACCOUNT_KEY_ID: "act_1" });
    const { failures, inputs } = await keys.check({}, { name: "backend", __provider: text });
    expect(inputs).toEqual({ name: "backend" });
    // No property is named: Pulumi would print its value.
    expect(failures).toEqual([
      { property: "", reason: "appId is required" },
      { property: "", reason: expect.stringContaining("smooch:accountKeySecret is missing") },
    ]);
    await expect(keys.create({ appId: "5a0b", name: "backend" })).rejects.toThrow(
      /^Smooch cannot be called: smooch:accountKeySecret is missing: run `pulumi config set --secret smooch:accountKeySecret` or set SMOOCH_ACCOUNT_KEY_SECRET\.$/,
    );
  });

  it("on refresh and destroy mentions that Pulumi may have used an older configuration", async () => {
    const keys = keysWith({ SMOOCH_ACCOUNT_KEY_ID: "act_1" });
    for (const attempt of [keys.read("app_1", { appId: "5a0b" }), keys.delete("app_1", { appId: "5a0b" })]) {
      await expect(attempt).rejects.toThrow(
        /^Smooch cannot be called: smooch:accountKeySecret is missing: .+ or set SMOOCH_ACCOUNT_KEY_SECRET\. If you have set it since the last `pulumi up` or `pulumi import`: `pulumi refresh` and `pulumi destroy` use the configuration in the state, unless you add `--run-program`\.$/,
      );
    }
  });

  it("does not leave check without an API version to validate the inputs against", async () => {
    const keys = keysWith({
      SMOOCH_ACCOUNT_KEY_ID: "act_1",
      SMOOCH_ACCOUNT_KEY_SECRET: "s3cret",
      SMOOCH_API_VERSION: "v3",
    });
    const { failures } = await keys.check({}, { appId: "5a0b", name: "backend" });
    expect(failures).toEqual([
      { property: "", reason: "smooch:apiVersion is not an API version; use v1, v1.1, v2" },
    ]);
  });
});
