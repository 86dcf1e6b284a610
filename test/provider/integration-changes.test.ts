import { describe, expect, it } from "vitest";
import type { Properties } from "../../src/provider/kind";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { words } from "../support/words";
import { answer, integrations, withApp } from "./support";

/** A world with an integration in it, which records only the requests sent after the create. */
async function withIntegration(version: ApiVersion, given: Properties) {
  const made = await withApp(version);
  const inputs = { appId: made.appId, ...given };
  const { id, outputs } = await integrations.create(made.context, inputs);
  const path = `/${version}/apps/${made.appId}/integrations`;
  made.world.writes.length = 0;
  made.world.sent.length = 0;
  const diff = (olds: Properties, news: Properties) => integrations.diff(id, olds, news, { now: 0, version });
  const stored = () => made.world.emulator.snapshot().integrations.find((one) => one.id === id);
  return { ...made, inputs, id, outputs, path, diff, stored };
}

const facebook = { facebookAppId: "12345", appSecret: "app-s3cret", pageAccessToken: "page-t0ken" };
const line = { channelId: "l1", channelSecret: "line-s3cret", channelAccessToken: "line-t0ken" };
const bird = { type: "messagebird", accessKey: "bird-k3y", originator: "1514555", signingKey: "signing-k3y" };

describe.each(apiVersions)("with API %s a credential", (version) => {
  const telegram = { type: "telegram", token: "7:t0ken" };

  it("is not compared with the value that a read returns", async () => {
    const { world, context, id, outputs, inputs, diff } = await withIntegration(version, telegram);
    for (const token of [null, "masked"]) {
      const wire = { [words[version].id]: id, type: "telegram", status: "active", token };
      world.intercept = async () => answer(200, { integration: wire });
      const found = await integrations.read(context, id, outputs);
      expect(found?.inputs).toEqual(inputs);
      expect(diff(found?.outputs ?? {}, inputs)).toEqual({ changes: false });
    }
  });

  it("that is no longer given changes nothing", async () => {
    const { world, context, appId, id, outputs, diff, stored } = await withIntegration(version, telegram);
    const news = { appId, type: "telegram" };
    expect(diff(outputs, news)).toEqual({ changes: false });
    // The state keeps it, so that a different one is noticed.
    expect(await integrations.update(context, id, outputs, news)).toEqual(outputs);
    expect(world.writes).toEqual([]);
    expect(stored()?.fields).toMatchObject({ token: "7:t0ken" });
  });

  it("that is given for the first time after an adoption replaces nothing, and is recorded", async () => {
    const { world, appId, id, inputs, diff, stored } = await withIntegration(version, telegram);
    const context = world.context();
    const bare = { appId, type: "telegram" };
    const { outputs } = await integrations.create(context, { ...bare, __adopt: id });
    expect(outputs.__adopted).toBe(true);
    expect(await integrations.read(context, id, outputs)).toEqual({ id, outputs, inputs: bare });
    expect(diff(outputs, inputs)).toEqual({});
    const updated = await integrations.update(context, id, outputs, inputs);
    expect(updated).toEqual({ ...outputs, token: "7:t0ken" });
    expect(diff(updated, inputs)).toEqual({ changes: false });
    const dropped = await integrations.update(context, id, updated, bare);
    expect(diff(dropped, { ...inputs, token: "8:t0ken" })).toEqual({
      replaces: ["token"],
      deleteBeforeReplace: true,
    });
    expect(world.writes).toEqual([]);
    expect(stored()?.fields).toMatchObject({ token: "7:t0ken" });
  });
});

describe("a changed field", () => {
  it.each<[string, ApiVersion, Properties, Properties, object]>([
    [
      "of messenger",
      "v2",
      { type: "messenger", ...facebook },
      { pageAccessToken: "page-t0ken-2" },
      { pageAccessToken: "page-t0ken-2" },
    ],
    [
      "of instagram",
      "v2",
      { type: "instagram", ...facebook },
      { pageAccessToken: "page-t0ken-2", storyRepliesEnabled: false },
      { pageAccessToken: "page-t0ken-2", storyRepliesEnabled: false },
    ],
    [
      "of android",
      "v2",
      { type: "android", privateKey: "private-k3y", projectId: "p1" },
      { privateKey: "private-k3y-2" },
      { privateKey: "private-k3y-2" },
    ],
    [
      "of LINE",
      "v1",
      { type: "line", ...line },
      { channelSecret: "line-s3cret-2" },
      { channelSecret: "line-s3cret-2" },
    ],
    [
      "of LINE",
      "v1.1",
      { type: "line", ...line },
      { channelId: "l2", switcherSecret: "s3cret" },
      { channelId: "l2", switcherSecret: "s3cret" },
    ],
    [
      "of web",
      "v1",
      { type: "web", brandColor: "ff0000", buttonWidth: "60" },
      { brandColor: "00ff00" },
      { brandColor: "00ff00" },
    ],
    [
      "of web",
      "v2",
      { type: "web", prechatCapture: { enabled: false } },
      { prechatCapture: { enabled: true } },
      { prechatCapture: { enabled: true } },
    ],
    [
      "of whatsapp",
      "v2",
      { type: "whatsapp" },
      { accountManagementAccessToken: "whats-t0ken" },
      { accountManagementAccessToken: "whats-t0ken" },
    ],
    [
      "of ios",
      "v1.1",
      { type: "ios", certificate: "c3rt", displayName: "Shop" },
      { production: true },
      { production: true },
    ],
    [
      "of ios",
      "v2",
      { type: "ios", certificate: "c3rt", displayName: "Shop" },
      { displayName: "Store" },
      { displayName: "Store" },
    ],
    [
      "that all channels have",
      "v2",
      { type: "viber", token: "viber-t0ken" },
      { defaultResponderId: "r1", showAIDisclaimer: false },
      { defaultResponderId: "r1", showAIDisclaimer: false },
    ],
    ...apiVersions.map((version): [string, ApiVersion, Properties, Properties, object] => [
      "that is in fields or secretFields",
      version,
      { type: "web", fields: { brandColor: "ff0000" }, secretFields: { buttonWidth: "60" } },
      { fields: { brandColor: "00ff00" }, secretFields: { buttonWidth: "61" } },
      { brandColor: "00ff00", buttonWidth: "61" },
    ]),
  ])("%s is changed in place with %s, and nothing else is sent", async (_, version, given, change, body) => {
    const { world, context, id, inputs, outputs, path, diff } = await withIntegration(version, given);
    const news = { ...inputs, ...change };
    expect(diff(outputs, news)).toEqual({});
    const updated = await integrations.update(context, id, outputs, news);
    expect(world.writes).toEqual([[`${words[version].update} ${path}/${id}`, body]]);
    expect(updated).toEqual({ ...outputs, ...change });
    expect(diff(updated, news)).toEqual({ changes: false });
  });

  it.each<[string, ApiVersion, Properties, Properties]>([
    ["messenger", "v1", facebook, { pageAccessToken: "page-t0ken-2" }],
    ["messenger", "v1.1", facebook, { pageAccessToken: "page-t0ken-2" }],
    ["messenger", "v2", facebook, { appSecret: "app-s3cret-2" }],
    ["ios", "v1.1", { certificate: "c3rt", displayName: "Shop" }, { displayName: "Store" }],
    ["ios", "v1.1", { certificate: "c3rt" }, { displayName: "Shop" }],
    ["line", "v1", line, { channelAccessToken: "line-t0ken-2" }],
    ["line", "v2", line, { channelSecret: "line-s3cret-2" }],
    ["line", "v1.1", { channelId: "l1" }, { channelAccessToken: "line-t0ken" }],
    [
      "mailgun",
      "v2",
      { apiKey: "mail-k3y", domain: "a.example", incomingAddress: "in@a.example" },
      { apiKey: "k2" },
    ],
    [
      "twilio",
      "v2",
      { accountSid: "AC1", authToken: "t0ken", phoneNumberSid: "PN1" },
      { phoneNumberSid: "PN2" },
    ],
  ])(
    "of %s creates a new integration with %s, after the old one is deleted",
    async (type, version, given, change) => {
      const { world, context, id, inputs, outputs, path, diff } = await withIntegration(version, {
        type,
        ...given,
      });
      const news = { ...inputs, ...change };
      expect(diff(outputs, news)).toEqual({ replaces: Object.keys(change), deleteBeforeReplace: true });
      await integrations.delete(context, id, outputs);
      const next = await integrations.create(context, news);
      expect(next.id).not.toBe(id);
      expect(next.outputs).toMatchObject(news);
      expect(world.writes.map(([line]) => line)).toEqual([`DELETE ${path}/${id}`, `POST ${path}`]);
    },
  );

  it("of ios creates a new integration with v1.1 if its name is no longer declared", async () => {
    const { displayName, ...news } = { displayName: "Shop", type: "ios", certificate: "c3rt" };
    const { world, context, appId, id, outputs, path, diff } = await withIntegration("v1.1", {
      displayName,
      ...news,
    });
    expect(diff(outputs, { appId, ...news })).toEqual({
      replaces: ["displayName"],
      deleteBeforeReplace: true,
    });
    await integrations.delete(context, id, outputs);
    const next = await integrations.create(context, { appId, ...news });
    expect(next.outputs.displayName).toBeUndefined();
    expect(world.writes).toEqual([[`DELETE ${path}/${id}`], [`POST ${path}`, { ...news, type: "apn" }]]);
    expect(diff(next.outputs, { appId, ...news })).toEqual({ changes: false });
  });

  it("of a channel's appearance that is no longer declared stays unchanged", async () => {
    const { world, context, appId, id, outputs, diff, stored } = await withIntegration("v2", {
      type: "web",
      brandColor: "ff0000",
    });
    const news = { appId, type: "web" };
    expect(diff(outputs, news)).toEqual({});
    const { brandColor: _, ...rest } = outputs;
    expect(await integrations.update(context, id, outputs, news)).toEqual(rest);
    expect(world.writes).toEqual([]);
    expect(stored()?.fields).toMatchObject({ brandColor: "ff0000" });
  });

  it("shows in a refresh if Smooch returns it", async () => {
    const { context, appId, id, outputs, inputs, diff } = await withIntegration("v2", {
      type: "web",
      displayName: "Shop",
      originWhitelist: ["https://a.example"],
      prechatCapture: { enabled: true },
    });
    await context.smooch.integrations.update(appId, id, {
      type: "web",
      displayName: "Store",
      originWhitelist: [],
      prechatCapture: { enabled: false, enableEmailLinking: true },
      brandColor: "00ff00",
    });
    const found = await integrations.read(context, id, outputs);
    expect(found?.inputs).toEqual({
      ...inputs,
      displayName: "Store",
      originWhitelist: [],
      prechatCapture: { enabled: false },
    });
    expect(diff(found?.outputs ?? {}, inputs)).toEqual({});
  });
});

describe.each(["v1.1", "v2"] as const)("with API %s a name", (version) => {
  it("is set, changed and removed in place", async () => {
    const { world, context, id, inputs, outputs, path, diff, stored } = await withIntegration(version, {
      type: "viber",
      token: "viber-t0ken",
    });
    const change = `${words[version].update} ${path}/${id}`;
    const step = async (olds: Properties, news: Properties) => {
      expect(diff(olds, news)).toEqual({});
      const updated = await integrations.update(context, id, olds, news);
      expect(diff(updated, news)).toEqual({ changes: false });
      return updated;
    };
    const named = await step(outputs, { ...inputs, displayName: "Shop" });
    expect(named.displayName).toBe("Shop");
    const renamed = await step(named, { ...inputs, displayName: "Store" });
    expect(await step(renamed, inputs)).toEqual(outputs);
    expect(world.writes).toEqual([
      [change, { displayName: "Shop" }],
      [change, { displayName: "Store" }],
      [change, { displayName: null }],
    ]);
    expect(stored()?.displayName).toBeNull();
  });
});

describe("the secret of a channel's webhook", () => {
  const given = (version: ApiVersion) => {
    const { signingKey: _, ...old } = bird;
    return version === "v1" ? old : bird;
  };

  it.each(apiVersions)("with API %s stays in the state if reads do not return it", async (version) => {
    const { world, context, id, outputs, inputs } = await withIntegration(version, given(version));
    expect(outputs.webhookSecret).toMatch(/^[0-9a-f]{32}$/);
    const wire = { [words[version].id]: id, type: "messagebird", originator: "1514555" };
    world.intercept = async () => answer(200, { integration: wire });
    const found = await integrations.read(context, id, outputs);
    expect(found?.outputs.webhookSecret).toBe(outputs.webhookSecret);
    const updated = await integrations.update(context, id, outputs, inputs);
    expect(updated.webhookSecret).toBe(outputs.webhookSecret);
  });

  it("is updated from a read that returns it", async () => {
    const { world, context, id, outputs, inputs } = await withIntegration("v2", bird);
    const wire = {
      id,
      type: "messagebird",
      originator: "1514555",
      webhookSecret: "another-s3cret-of-a-hook",
    };
    world.intercept = async () => answer(200, { integration: wire });
    expect((await integrations.read(context, id, outputs))?.outputs.webhookSecret).toBe(
      "another-s3cret-of-a-hook",
    );
    const updated = await integrations.update(context, id, outputs, inputs);
    expect(updated.webhookSecret).toBe("another-s3cret-of-a-hook");
  });
});
