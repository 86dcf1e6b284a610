import { describe, expect, it } from "vitest";
import type { Properties } from "../../src/provider/kind";
import { apiVersions } from "../../src/smooch/api-version";
import { words } from "../support/words";
import { answer, integrations, isCreate, lost, partialFailure, staleReads, withApp } from "./support";

const webhook = {
  target: "https://a.example/hook",
  triggers: ["conversation:message", "user:merge"],
  includeFullUser: true,
};
const now = { now: 0, version: "v2" } as const;

async function withCustom() {
  const made = await withApp("v2");
  const { appId, context, world } = made;
  const key = await context.smooch.keys.create(appId, { name: "backend" });
  const inputs = { appId, type: "custom", displayName: "Bot", webhooks: [webhook] };
  const { id, outputs } = await integrations.create(context, inputs);
  const path = `/v2/apps/${appId}/integrations/${id}`;
  const [first] = world.emulator.snapshot().webhooks;
  world.writes.length = 0;
  return { ...made, key, inputs, id, outputs, path, first, inner: `${path}/webhooks/${first?.id}` };
}

describe("a custom integration", () => {
  it("has its webhook's id and secret as outputs", async () => {
    const { outputs, inputs, context, first } = await withCustom();
    expect(outputs).toEqual({
      ...inputs,
      status: "active",
      details: { webhookId: first?.id },
      webhookSecret: first?.secret,
      __seenBy: context.credential,
    });
  });

  it.each(["v1", "v1.1"] as const)("is read through v2 if %s is configured", async (version) => {
    const { world, appId, id, outputs, context: made } = await withCustom();
    const context = { ...made, smooch: made.smooch.in(version) };
    expect(await integrations.read(context, id, outputs)).toMatchObject({
      outputs: { webhooks: [webhook], webhookSecret: outputs.webhookSecret },
    });
    await integrations.delete(context, id, outputs);
    expect(world.emulator.snapshot().integrations.filter((one) => one.appId === appId)).toEqual([]);
  });

  it.each<[string, Properties, Properties]>([
    ["target", { target: "https://b.example" }, { target: "https://b.example" }],
    ["triggers", { triggers: ["user:remove"] }, { triggers: ["user:remove"] }],
    [
      "flags",
      { includeFullUser: false, includeFullSource: true },
      { includeFullUser: false, includeFullSource: true },
    ],
  ])("has its webhook's %s changed in place, with a key of the app", async (_, change, stored) => {
    const { world, context, id, outputs, inputs, first, inner } = await withCustom();
    const webhooks = [{ ...webhook, ...change }];
    const news = { ...inputs, webhooks };
    expect(integrations.diff(id, outputs, news, now)).toEqual({});
    const updated = await integrations.update(context, id, outputs, news);
    expect(updated).toEqual({ ...outputs, webhooks });
    const sent = [`PATCH ${inner}`, webhooks[0]];
    expect(world.writes).toEqual([sent, sent]);
    expect(world.emulator.snapshot().webhooks).toEqual([{ ...first, ...stored }]);
    expect(integrations.diff(id, updated, news, now)).toEqual({ changes: false });
  });

  it("has its name and its webhook changed by separate calls", async () => {
    const { world, context, id, outputs, inputs, path, inner } = await withCustom();
    const webhooks = [{ ...webhook, target: "https://b.example" }];
    await integrations.update(context, id, outputs, { ...inputs, displayName: "Help", webhooks });
    expect(world.writes.map(([line]) => line)).toEqual([`PATCH ${inner}`, `PATCH ${inner}`, `PATCH ${path}`]);
    expect(world.writes.at(-1)?.[1]).toEqual({ displayName: "Help" });
  });

  it("needs a key of the app to change its webhook, and none to change its name", async () => {
    const { world, context, id, outputs, inputs, key, appId } = await withCustom();
    await context.smooch.keys.delete(appId, key.id);
    const renamed = await integrations.update(context, id, outputs, { ...inputs, displayName: "Help" });
    expect(renamed.displayName).toBe("Help");
    const webhooks = [{ ...webhook, target: "https://b.example" }];
    await expect(integrations.update(context, id, renamed, { ...inputs, webhooks })).rejects.toThrow(
      `(HTTP 403). This call needs a key of the app itself, and app ${appId} has none that Smooch shows: declare a SmoochKey in it.`,
    );
    expect(world.emulator.snapshot().webhooks).toMatchObject([{ target: webhook.target }]);
  });

  it.each<[string, object, object]>([
    ["webhook", {}, { target: "https://b.example", triggers: ["user:remove"], includeFullUser: false }],
    ["name", { displayName: "Help" }, {}],
    ["webhook and name", { displayName: "Help" }, { target: "https://b.example", triggers: ["user:remove"] }],
  ])("whose %s was changed is returned changed, although reads are stale", async (_, change, inner) => {
    const { world, context, id, outputs, inputs, path } = await withCustom();
    const news = { ...inputs, ...change, webhooks: [{ ...webhook, ...inner }] };
    world.intercept = staleReads(path);
    // Primes the stale read, like an earlier read in the same process.
    await integrations.read(context, id, outputs);
    const updated = await integrations.update(context, id, outputs, news);
    expect(updated).toEqual({ ...outputs, ...news });
    expect(integrations.diff(id, updated, news, now)).toEqual({ changes: false });
    world.intercept = (_, forward) => forward();
    expect((await integrations.read(context, id, updated))?.outputs).toEqual(updated);
  });

  it("shows changes to its webhook, but only to declared properties", async () => {
    const { context, id, outputs, inputs, appId } = await withCustom();
    await context.smooch.webhooks.update(appId, id, { target: "https://b.example", includeClient: true });
    const found = await integrations.read(context, id, outputs);
    expect(found?.inputs).toEqual({ ...inputs, webhooks: [{ ...webhook, target: "https://b.example" }] });
    expect(integrations.diff(id, found?.outputs ?? {}, inputs, now)).toEqual({});
  });

  it("that another program creates meanwhile, for another target, is not treated as its own", async () => {
    const { world, context, appId } = await withApp("v2");
    let creates = 0;
    world.intercept = async (request, forward) => {
      if (!isCreate(request) || ++creates > 1) return forward();
      await world.client().webhooks.create(appId, { ...webhook, target: "https://b.example" });
      throw lost;
    };
    const { id, outputs } = await integrations.create(context, {
      appId,
      type: "custom",
      webhooks: [webhook],
    });
    const { webhooks } = world.emulator.snapshot();
    expect(webhooks.map(({ target }) => target)).toEqual(["https://b.example", webhook.target]);
    expect(id).toBe(webhooks[1]?.integrationId);
    expect(outputs.webhooks).toEqual([webhook]);
  });

  it("is not adopted with another webhook, and the error shows no target", async () => {
    const { world, id, inputs } = await withCustom();
    const webhooks = [{ ...webhook, target: "https://b.example/t0ken" }];
    await expect(integrations.create(world.context(), { ...inputs, webhooks, __adopt: id })).rejects.toThrow(
      `integration ${id} cannot be adopted, because it is not as the program declares it: webhooks differs. Nothing was changed.`,
    );
    expect(world.writes).toEqual([]);
  });
});

describe.each(apiVersions)("with API %s a channel newer than this package", (version) => {
  const given = { type: "kakao", fields: { region: "eu" }, secretFields: { key: "k3y-of-talk" } };

  it("is sent as it is declared, and keeps values that only the state has", async () => {
    const { world, context, appId } = await withApp(version);
    const { id } = words[version];
    const wire = { [id]: "6955b900aaaaaaaaaaaaaaaa", type: "kakao", status: "inactive", region: "us" };
    world.intercept = async ({ method }, forward) =>
      method === "DELETE" ? forward() : answer(201, { integration: wire });
    const inputs = { appId, ...given };
    const made = await integrations.create(context, inputs);
    expect(world.writes.at(-1)?.[1]).toEqual({ type: "kakao", region: "eu", key: "k3y-of-talk" });
    expect(made.outputs).toEqual({
      ...inputs,
      status: "inactive",
      details: {},
      __seenBy: context.credential,
    });
    expect(await integrations.read(context, made.id, made.outputs)).toEqual({ ...made, inputs });
    expect(integrations.diff(made.id, made.outputs, inputs, { now: 0, version })).toEqual({ changes: false });
  });
});

describe.each(apiVersions)("with API %s an integration", (version) => {
  const telegram = (appId: string) => ({ appId, type: "telegram", token: "7:t0ken" });

  it("whose create was lost is found, and one of another type is not", async () => {
    const { world, context, appId } = await withApp(version);
    await context.smooch.integrations.create(appId, { type: "viber", token: "viber-t0ken" });
    world.intercept = async (request, forward) => {
      const answered = await forward();
      if (isCreate(request)) throw lost;
      return answered;
    };
    const { id, outputs } = await integrations.create(context, telegram(appId));
    expect(world.emulator.snapshot().integrations.map((one) => one.id)).toContain(id);
    expect(world.emulator.snapshot().integrations).toHaveLength(2);
    expect(outputs).toMatchObject({ ...telegram(appId), status: "active" });
  });

  it("whose create has an unknown effect is named by a later command, and not touched", async () => {
    const { world, context, appId } = await withApp(version);
    world.intercept = async (request, forward) => {
      if (isCreate(request)) await forward();
      throw lost;
    };
    const failure = await partialFailure(integrations.create(context, telegram(appId)));
    expect(failure.outputs).toMatchObject(telegram(appId));
    expect(failure.message).not.toContain("t0ken");
    world.intercept = (_, forward) => forward();
    const [made] = world.emulator.snapshot().integrations;
    await expect(integrations.delete(world.context(), failure.id, failure.outputs)).rejects.toThrow(
      `The request may have made integration ${made?.id}, which cannot be told apart from one that somebody else made.`,
    );
    await world.client().integrations.delete(appId, String(made?.id));
    await integrations.delete(world.context(), failure.id, failure.outputs);
  });

  it("is not treated as gone because of another account's 404", async () => {
    const { world, context, appId } = await withApp(version);
    const { id, outputs } = await integrations.create(context, telegram(appId));
    for (const attempt of [
      integrations.read(world.stranger(), id, outputs),
      integrations.delete(world.stranger(), id, outputs),
    ]) {
      await expect(attempt).rejects.toThrow(
        "it may still exist in an account that these credentials cannot see",
      );
    }
    const rotated = world.rotated();
    await integrations.delete(rotated, id, outputs);
    expect(await integrations.read(rotated, id, outputs)).toBeUndefined();
    expect(world.emulator.snapshot().integrations).toEqual([]);
  });

  it("that differs from the declared one is not adopted, and no credential is compared", async () => {
    const { world, context, appId } = await withApp(version);
    const twilio = { appId, type: "twilio", accountSid: "AC1", authToken: "t0ken", phoneNumberSid: "PN1" };
    const { id } = await integrations.create(context, twilio);
    const declared = { ...twilio, accountSid: "AC2", authToken: "another" };
    await expect(integrations.create(world.context(), { ...declared, __adopt: id })).rejects.toThrow(
      `integration ${id} cannot be adopted, because it is not as the program declares it: accountSid differs. Nothing was changed.`,
    );
    await expect(
      integrations.create(world.context(), { appId, type: "viber", token: "t0ken", __adopt: id }),
    ).rejects.toThrow("type differs");
  });

  it("that is read without being declared shows everything that Smooch returns", async () => {
    const { context, appId } = await withApp(version);
    const made = await integrations.create(context, {
      appId,
      type: "twilio",
      accountSid: "AC1",
      authToken: "t0ken",
      phoneNumberSid: "PN1",
    });
    const { authToken: _, ...shown } = made.outputs;
    const more = version === "v2" ? { showAIDisclaimer: true } : {};
    const found = await integrations.read(context, made.id, { appId, type: "twilio" });
    expect(found?.outputs).toEqual({ ...shown, ...more, __read: true });
  });

  it("that Smooch refuses causes an error that explains how Smooch checks credentials", async () => {
    const { world, context, appId, error } = await withApp(version);
    world.intercept = async () => answer(400, error("Bad token 7:t0ken."));
    await expect(integrations.create(context, telegram(appId))).rejects.toThrow(
      `Smooch refused to create an integration in app ${appId}: Bad token [secret] (HTTP 400). Smooch tries the credentials with the channel's own service: check them there, and that the account is not connected to another app.`,
    );
    await expect(integrations.create(context, { appId, type: "web" })).rejects.toThrow(
      "(HTTP 400). Correct the program and run the same command again.",
    );
  });
});
