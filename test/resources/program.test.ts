import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { SmoochApp, SmoochIntegration, SmoochKey, SmoochWebhook, signJwt } from "../../src/index";

const registered = new Map<string, pulumi.runtime.MockResourceArgs>();

const resolved = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });

/** A value marked as secret in Pulumi's wire format. */
const marked = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: (args) => {
      registered.set(args.name, args);
      return {
        id: `${args.name}-id`,
        state: { ...args.inputs, secret: "s3cret-of-the-key", appToken: "t0ken" },
      };
    },
    call: ({ inputs }) => inputs,
  });
});

describe("what a program registers", () => {
  it("is frozen: every user's state contains the types and provider strings", async () => {
    const app = new SmoochApp("a");
    const key = new SmoochKey("k", { appId: app.id });
    const hook = new SmoochWebhook("w", { appId: app.id, target: "https://a.example" });
    const integration = new SmoochIntegration("i", { appId: app.id, type: "web" });
    await Promise.all([app.urn, key.urn, hook.urn, integration.urn].map(resolved));
    const seen = ["a", "k", "w", "i"].map((name) => [
      registered.get(name)?.type,
      registered.get(name)?.inputs.__provider,
    ]);
    expect(seen).toEqual([
      ["pulumi-nodejs:dynamic/smooch:App", 'exports.handler=()=>require("pulumi-smooch/provider").app'],
      ["pulumi-nodejs:dynamic/smooch:Key", 'exports.handler=()=>require("pulumi-smooch/provider").key'],
      [
        "pulumi-nodejs:dynamic/smooch:Webhook",
        'exports.handler=()=>require("pulumi-smooch/provider").webhook',
      ],
      [
        "pulumi-nodejs:dynamic/smooch:Integration",
        'exports.handler=()=>require("pulumi-smooch/provider").integration',
      ],
    ]);
  });

  it("leaves a missing name to the provider, but not an empty one", async () => {
    await resolved(new SmoochApp("support").urn);
    await resolved(new SmoochKey("backend", { appId: "5a0b", name: "" }).urn);
    expect(registered.get("support")?.inputs).not.toHaveProperty("name");
    expect(registered.get("support")?.inputs.__resource).toMatch(/\/support$/);
    expect(registered.get("backend")?.inputs.name).toBe("");
  });

  it("does not change the arguments it was given", async () => {
    const args = Object.freeze({ appId: "5a0b", keepers: Object.freeze({ n: 1 }) });
    const options = Object.freeze({ protect: true });
    await resolved(new SmoochKey("frozen", args, options).urn);
    expect(registered.get("frozen")?.inputs).toMatchObject({ appId: "5a0b", keepers: { n: 1 } });
  });

  it("derives a key's JWT as a secret", async () => {
    const key = new SmoochKey("signer", { appId: "5a0b" });
    expect(await resolved(key.jwt)).toBe(signJwt({ keyId: "signer-id", secret: "s3cret-of-the-key" }));
    expect(await pulumi.isSecret(key.jwt)).toBe(true);
  });

  it("contains the import option as an input, but none for an ordinary resource", async () => {
    await resolved(new SmoochApp("imported", {}, { import: "5a0b" }).urn);
    await resolved(SmoochKey.adopt("adopted", "app_1", { appId: "5a0b" }).urn);
    expect(registered.get("imported")?.inputs.__adopt).toBe("5a0b");
    expect(registered.get("adopted")?.inputs.__adopt).toBe("app_1");
    expect(registered.get("support")?.inputs).not.toHaveProperty("__adopt");
  });

  it("contains all arguments of a webhook, and nothing else", async () => {
    const args = {
      appId: "5a0b",
      target: "https://a.example",
      triggers: ["user:merge"],
      version: "v2" as const,
      includeFullUser: true,
      includeClient: false,
      displayName: "Bot",
    };
    await resolved(new SmoochWebhook("full", { ...args, ...{ colour: "red" } }).urn);
    const { __provider, __resource, ...inputs } = registered.get("full")?.inputs ?? {};
    expect(inputs).toEqual(args);
  });

  it("marks only an integration's credentials as secret", async () => {
    const secrets = { appSecret: "app-s3cret", pageAccessToken: "page-t0ken" };
    const args = { appId: "5a0b", type: "messenger" as const, facebookAppId: "12345", displayName: "Shop" };
    await resolved(new SmoochIntegration("page", { ...args, ...secrets }).urn);
    const { __provider, __resource, ...inputs } = registered.get("page")?.inputs ?? {};
    expect(inputs).toEqual({
      ...args,
      appSecret: marked("app-s3cret"),
      pageAccessToken: marked("page-t0ken"),
    });
  });

  it("accepts a channel newer than the package, and an adopted one without its credentials", async () => {
    const args = { appId: "5a0b", type: "kakao", fields: { region: "eu" } };
    const secretFields = { key: "k3y-of-talk" };
    await resolved(SmoochIntegration.untyped("new", { ...args, secretFields }).urn);
    expect(registered.get("new")?.inputs).toMatchObject({ ...args, secretFields: marked(secretFields) });
    const adopted = SmoochIntegration.adopt("bot", "5b0c", { appId: "5a0b", type: "telegram" });
    await resolved(adopted.urn);
    expect(registered.get("bot")?.inputs).toMatchObject({ type: "telegram", __adopt: "5b0c" });
    expect(registered.get("bot")?.inputs.token).toBeUndefined();
  });
  it("omits undeclared inputs, but has outputs for them and for what the provider fills in", async () => {
    const hook = new SmoochWebhook("bare", { appId: "5a0b", target: "https://a.example" });
    await resolved(hook.urn);
    const { includeFullUser, includeClient, displayName } = hook;
    const values = await resolved(pulumi.all([includeFullUser, includeClient, displayName]));
    expect(values).toEqual([undefined, undefined, undefined]);
    const { __provider, __resource, ...inputs } = registered.get("bare")?.inputs ?? {};
    expect(inputs).toEqual({ appId: "5a0b", target: "https://a.example" });
    // Filled in by the provider, so each has an output of its own.
    const own = [hook.triggers, hook.version, hook.webhookId, hook.secret];
    expect(new Set([...own, hook.displayName]).size).toBe(5);
  });

  it("has a separate output for each field of a resource that is only read", async () => {
    const app = SmoochApp.get("seen", "5a0b");
    await resolved(app.urn);
    expect(app.settings).not.toBe(app.metadata);
  });

  it("leaves the stack trace settings unchanged, and keeps the trace of a registration error", () => {
    const { stackTraceLimit, prepareStackTrace } = Error;
    const register = () => new SmoochApp("wrong", {}, { parent: "no resource" as never });
    expect(register).toThrow(/parent/);
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
    expect(Error.prepareStackTrace).toBe(prepareStackTrace);
    try {
      register();
    } catch (error) {
      expect(String(Reflect.get(Object(error), "stack"))).toMatch(/at register .*program\.test\.ts/s);
    }
  });
});
