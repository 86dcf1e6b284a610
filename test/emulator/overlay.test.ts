import { describe, expect, it } from "vitest";
import { Bench } from "./support";

describe("an overlay", () => {
  it("changes how every API version returns one object, alone and in lists, but no other", async () => {
    const bench = new Bench();
    const [appId, other] = [await bench.createApp(), await bench.createApp("Other")];
    bench.emulator.overlay(appId, {
      appToken: null,
      metadata: { a: { b: 1 } },
      settings: undefined,
      color: "red",
    });
    const odd = { metadata: { a: { b: 1 } }, color: "red" };
    const v1 = { _id: appId, appToken: null, name: "Shop", ...odd };
    const v2 = { id: appId, displayName: "Shop", appToken: null, ...odd };
    expect(await bench.expect(200, "GET", `/v1/apps/${appId}`)).toEqual({ app: v1 });
    expect(await bench.expect(200, "GET", `/v2/apps/${appId}`)).toEqual({ app: v2 });
    const list = await bench.expect(200, "GET", "/v1.1/apps");
    expect(list.apps).toEqual([v1, expect.objectContaining({ _id: other, name: "Other" })]);
    expect(list.apps[1].color).toBeUndefined();
    expect(bench.emulator.snapshot().apps[0]).toMatchObject({ appToken: expect.any(String), name: "Shop" });
    expect(bench.emulator.snapshot().apps[0]?.metadata).toBeUndefined();
  });

  it("applies to a webhook inside its integration, and overrides the profile's `secrets`", async () => {
    const bench = new Bench({ profile: { secrets: "masked" } });
    const appId = await bench.createApp();
    const { id } = await bench.createWebhook(appId, { target: "https://shop.example/hook" });
    bench.emulator.overlay(id, { secret: "odd", version: null });
    const { integrations } = await bench.expect(200, "GET", `/v2/apps/${appId}/integrations`);
    expect(integrations[0].webhooks).toMatchObject([{ id, secret: "odd", version: null }]);
    const { webhooks } = await bench.expect(200, "GET", `/v1.1/apps/${appId}/webhooks`);
    expect(webhooks).toMatchObject([{ _id: id, secret: "odd", version: null }]);
  });

  it("replaces an earlier one", async () => {
    const bench = new Bench();
    const { id } = await bench.createKey(await bench.createApp());
    const appId = bench.emulator.snapshot().apps[0]?.id;
    const read = () => bench.expect(200, "GET", `/v1/apps/${appId}/keys/${id}`);
    const { key } = await read();
    bench.emulator.overlay(id, { secret: undefined, more: [1] });
    expect(await read()).toEqual({ key: { _id: id, name: "backend", more: [1] } });
    bench.emulator.overlay(id, { name: null });
    expect(await read()).toEqual({ key: { ...key, name: null } });
    bench.emulator.overlay(id, {});
    expect(await read()).toEqual({ key });
  });

  it("is removed by a reset", async () => {
    const play = async (overlaid?: string) => {
      const bench = new Bench();
      if (overlaid !== undefined) bench.emulator.overlay(overlaid, { name: "odd" });
      bench.emulator.reset();
      const appId = await bench.createApp();
      return { appId, answer: await bench.expect(200, "GET", `/v1/apps/${appId}`) };
    };
    const { appId, answer } = await play();
    expect(answer).toMatchObject({ app: { _id: appId, name: "Shop" } });
    expect(await play(appId)).toEqual({ appId, answer });
  });

  it("affects only the responses of the API, not the emulator's own endpoints", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    bench.emulator.overlay(appId, { name: "odd" });
    expect(await bench.expect(200, "GET", "/_emulator/state")).toMatchObject({
      apps: [{ id: appId, name: "Shop" }],
    });
  });
});
