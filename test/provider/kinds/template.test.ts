import { describe, expect, it } from "vitest";
import { definitions } from "../../../src/provider/kinds";
import { lifecycle } from "../../../src/provider/lifecycle";
import { withApp } from "../support";

const templates = lifecycle(definitions.template);
const image = {
  role: "appMaker",
  type: "image",
  text: "Our shop",
  mediaUrl: "https://shop.example/a.png",
  mediaType: "image/png",
  actions: [
    { type: "postback", text: "Talk", payload: "TALK" },
    { type: "link", text: "Visit", uri: "https://shop.example" },
  ],
};
const carousel = {
  role: "appMaker",
  type: "carousel",
  items: [{ title: "Offer", actions: [{ type: "postback", text: "Buy", payload: "BUY" }] }],
};

describe.each(["v1", "v1.1"] as const)("a template with API %s", (version) => {
  const now = { now: 0, version };

  async function withTemplate(message: object) {
    const made = await withApp(version);
    const { context, appId, world } = made;
    const inputs = { appId, name: "greeting", message };
    const { id, outputs } = await templates.create(context, inputs);
    const [sent] = world.emulator.snapshot().templates;
    world.writes.length = 0;
    return { ...made, inputs, id, outputs, remote: sent?.message ?? {} };
  }

  it("does not differ by what Smooch adds to its message", async () => {
    const { inputs, outputs, id, remote, context } = await withTemplate(image);
    expect(remote).toMatchObject({ mediaSize: image.mediaUrl.length, actions: [{ uri: "" }, {}] });
    expect(outputs).toEqual({ ...inputs, __seenBy: context.credential });
    expect((await templates.read(context, id, outputs))?.outputs).toEqual(outputs);
    expect(templates.diff(id, outputs, inputs, now)).toEqual({ changes: false });
    expect((await withTemplate(carousel)).outputs.message).toEqual(carousel);
  });

  it("does not differ by ids that Smooch gives to parts of its message", async () => {
    const { world, inputs, outputs, id, context } = await withTemplate(carousel);
    const [item] = carousel.items;
    world.emulator.overlay(id, { message: { ...carousel, items: [{ ...item, _id: "5a0b" }] } });
    expect((await templates.read(context, id, outputs))?.outputs).toEqual(outputs);
    expect(templates.diff(id, outputs, inputs, now)).toEqual({ changes: false });
  });

  it.each<[string, object]>([
    ["another text", { ...image, text: "Other" }],
    ["an action less", { ...image, actions: image.actions.slice(1) }],
    [
      "a URL of an action that had none",
      { ...image, actions: [{ ...image.actions[0], uri: "https://b.example" }, image.actions[1]] },
    ],
    ["a property more", { ...image, metadata: { campaign: "spring" } }],
  ])("shows everything else that somebody changed: %s", async (_, message) => {
    const { context, appId, inputs, outputs, id, world } = await withTemplate(image);
    await context.smooch.templates.update(appId, id, { message: { ...message } });
    const found = await templates.read(context, id, outputs);
    expect(found?.outputs).toEqual({ ...outputs, message });
    expect(templates.diff(id, found?.outputs ?? {}, inputs, now)).toEqual({});
    world.writes.length = 0;
    expect(await templates.update(context, id, found?.outputs ?? {}, inputs)).toEqual(outputs);
    expect(world.writes).toEqual([[`PUT /${version}/apps/${appId}/templates/${id}`, { message: image }]]);
  });

  it("compares what is declared, even if Smooch would add it", async () => {
    const declared = { ...image, mediaSize: 7, actions: [{ ...image.actions[0], uri: "" }] };
    const { inputs, outputs, id, remote } = await withTemplate(declared);
    expect(outputs.message).toEqual(remote);
    expect(outputs.message).toEqual({ ...declared, mediaSize: image.mediaUrl.length });
    expect(templates.diff(id, outputs, inputs, now)).toEqual({});
  });

  it("is adopted and imported without what Smooch added", async () => {
    const { world, inputs, outputs, id, appId } = await withTemplate(image);
    const next = world.context();
    expect(await templates.create(next, { ...inputs, __adopt: id })).toEqual({ id, outputs });
    const found = await templates.import(next, id, { appId });
    expect(found.inputs).toEqual(inputs);
    expect(await templates.update(next, id, found.outputs, inputs)).toEqual(outputs);
    expect(world.writes).toEqual([]);
  });

  it("is named after its resource, and keeps that name when the resource is renamed", async () => {
    const { context } = await withApp(version);
    const declared = { appId: "5a0b", message: image };
    const { inputs, warnings } = templates.check(
      context.session,
      version,
      {},
      { ...declared, __resource: "dev/hello" },
    );
    expect(inputs).toEqual({ ...declared, name: "hello", __resource: "dev/hello" });
    expect(warnings).toEqual([]);
    const renamed = templates.check(context.session, version, inputs, { ...declared, __resource: "dev/bye" });
    expect(renamed.inputs).toEqual(inputs);
  });

  it("warns of nothing when a part of its message is removed, because Smooch removes it too", async () => {
    const { context, inputs, outputs } = await withTemplate(image);
    const { actions: _, ...message } = image;
    const { warnings } = templates.check(context.session, version, outputs, { ...inputs, message });
    expect(warnings).toEqual([]);
  });
});
