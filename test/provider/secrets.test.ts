import { describe, expect, it } from "vitest";
import type { Properties } from "../../src/provider/kind";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { signJwt } from "../../src/smooch/jwt";
import type { Intercept, World } from "../support/world";
import { integrations, keys, messageOf, partialFailure, webhooks, withApp, withKeys } from "./support";

const another = "another-secret-of-the-key";

/** Replaces a secret with another value in every response. */
function instead(secret: unknown, shown: unknown): Intercept {
  return async (_, forward) => {
    const given = await forward();
    return { ...given, body: given.body.replaceAll(JSON.stringify(secret), JSON.stringify(shown)) };
  };
}

function hidden(): Intercept {
  return async (_, forward) => {
    const given = await forward();
    return { ...given, body: given.body.replaceAll(/"secret":"[^"]*"/g, '"secret":"****"') };
  };
}

async function withHook(version: ApiVersion) {
  const made = await withApp(version);
  const { id, outputs } = await webhooks.create(made.context, made.hook());
  return { ...made, id, outputs, inputs: made.hook() };
}

describe.each(apiVersions)("a secret with API %s", (version) => {
  it.each([
    ["another", another, "another secret"],
    ["a masked one", "Y4SI********************", "no secret, or only a masked one,"],
    ["none", null, "no secret, or only a masked one,"],
  ])("in the state is kept if Smooch returns %s, with a warning", async (_, shown, what) => {
    const { world, context, inputs } = await withKeys(version);
    const { id, outputs } = await keys.create(context, inputs);
    const line = `pulumi-smooch: Smooch now returns ${what} for key ${id}; the one in the state was kept`;
    const told = () => world.said.filter((one) => one.startsWith("pulumi-smooch:"));
    await keys.read(context, id, outputs);
    expect(told()).toEqual([]);
    world.intercept = instead(outputs.secret, shown);
    expect((await keys.read(context, id, outputs))?.outputs).toEqual(outputs);
    expect(told()).toEqual([line]);
    expect(await keys.update(context, id, outputs, inputs)).toEqual(outputs);
    expect(told()).toEqual([line, line]);
  });

  it("of a webhook is kept too", async () => {
    const { world, context, id, outputs } = await withHook(version);
    world.intercept = instead(outputs.secret, another);
    expect((await webhooks.read(context, id, outputs))?.outputs).toEqual(outputs);
    expect(world.said).toContain(
      `pulumi-smooch: Smooch now returns another secret for webhook ${id}; the one in the state was kept`,
    );
  });

  it("that Smooch hides prevents a key from being adopted or read", async () => {
    const { world, context, appId, inputs } = await withKeys(version);
    const { id } = await context.smooch.keys.create(appId, { name: "backend" });
    world.intercept = hidden();
    expect(await messageOf(keys.create(context, { ...inputs, __adopt: id }))).toBe(
      `Smooch does not return the secret of key ${id}, so it cannot be adopted: create a new key instead.`,
    );
    expect(await messageOf(keys.read(context, id, { appId }))).toBe(
      `Smooch does not return the secret of key ${id}, so it cannot be read: create a new key instead.`,
    );
  });

  it("that Smooch hides from the start leaves a key whose update explains what to do", async () => {
    const { world, context, inputs } = await withKeys(version);
    world.intercept = hidden();
    const { id, outputs, message } = await partialFailure(keys.create(context, inputs));
    const reason = `Smooch does not return the secret of key ${id}, and the state has none: replace the resource with \`pulumi up --replace <urn>\`.`;
    expect(message).toBe(reason);
    expect(outputs).toEqual({ ...inputs, __seenBy: context.credential });
    // A refresh succeeds.
    expect((await keys.read(context, id, outputs))?.outputs).toEqual(outputs);
    await expect(keys.update(context, id, outputs, inputs)).rejects.toThrow(reason);
    await keys.delete(context, id, outputs);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });
});

/** Deletes the webhook of a custom integration, as another client with a key of the app. */
async function deleteInner(world: World, appId: string, id: string): Promise<void> {
  const smooch = world.client();
  const key = await smooch.keys.create(appId, { name: "somebody" });
  const inner = world.emulator.snapshot().webhooks[0]?.id;
  const { status } = await world.host.send({
    method: "DELETE",
    url: `https://api.smooch.io/v2/apps/${appId}/integrations/${id}/webhooks/${inner}`,
    headers: { authorization: `Bearer ${signJwt({ keyId: key.id, secret: String(key.secret) })}` },
    timeoutMs: 1000,
  });
  expect(status).toBe(200);
}

describe("a v2 webhook that was deleted without its integration", () => {
  const circumstances = { now: 0, version: "v2" } as const;

  it("shows as drift, and is replaced after its integration is deleted", async () => {
    const { world, context, appId, id, outputs, inputs } = await withHook("v2");
    await deleteInner(world, appId, id);
    const found = await webhooks.read(context, id, outputs);
    expect(found?.outputs).toEqual({ ...outputs, target: "", triggers: [] });
    expect(world.said.filter((line) => line.startsWith("pulumi-smooch"))).toEqual([]);
    const state: Properties = { ...found?.outputs };
    expect(webhooks.diff(id, state, inputs, circumstances)).toEqual({
      changes: true,
      replaces: ["target"],
      deleteBeforeReplace: true,
      reason: `the webhook of custom integration ${id} was deleted in Smooch: a new integration replaces this one`,
    });
    await webhooks.delete(context, id, state);
    const made = await webhooks.create(context, inputs);
    expect(world.emulator.snapshot().integrations.map((one) => one.id)).toEqual([made.id]);
    expect(webhooks.diff(made.id, made.outputs, inputs, circumstances)).toEqual({ changes: false });
  });

  it("cannot be updated before a refresh", async () => {
    const { world, context, appId, id, outputs, hook } = await withHook("v2");
    await deleteInner(world, appId, id);
    const news = hook({ target: "https://b.example" });
    expect(await messageOf(webhooks.update(context, id, outputs, news))).toBe(
      `The webhook of custom integration ${id} was deleted in Smooch. Run \`pulumi refresh\` and then \`pulumi up\`, which replaces the integration.`,
    );
    // The name belongs to the integration.
    const named = await webhooks
      .update(context, id, outputs, hook({ displayName: "Bot" }))
      .catch((error: Error) => error.message);
    expect(named).toContain("was deleted in Smooch");
  });

  it("is restored in place if the integration is declared", async () => {
    const { world, context, appId } = await withApp("v2");
    const hook = { target: "https://a.example", triggers: ["conversation:message"] };
    const inputs = { appId, type: "custom", displayName: "Bot", webhooks: [hook] };
    const { id, outputs } = await integrations.create(context, inputs);
    await deleteInner(world, appId, id);
    const found = await integrations.read(context, id, outputs);
    const { webhooks: _, ...rest } = outputs;
    expect(found?.outputs).toEqual({ ...rest, details: {} });
    const state: Properties = { ...found?.outputs };
    expect(integrations.diff(id, state, inputs, circumstances)).toEqual({});
    const updated = await integrations.update(context, id, state, inputs);
    const [made] = world.emulator.snapshot().webhooks;
    expect(updated).toEqual({
      ...outputs,
      webhookSecret: made?.secret,
      details: { webhookId: made?.id },
    });
    expect(updated.webhookSecret).not.toBe(outputs.webhookSecret);
    expect(integrations.diff(id, updated, inputs, circumstances)).toEqual({ changes: false });
  });
});
