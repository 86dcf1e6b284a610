import { describe, expect, it } from "vitest";
import { signatureKey } from "../../src/kinds";
import { apiVersions } from "../../src/smooch/api-version";
import { words } from "../support/words";
import { World } from "../support/world";
import { answer, apps } from "./support";

type Metadata = Record<string, string | null>;

/** A server that merges metadata: it keeps every key that a request does not set to null. */
function merging(world: World, id: string, version: (typeof apiVersions)[number]): () => Metadata {
  let metadata: Metadata = { a: "1", b: "2" };
  const { id: idName, name } = words[version];
  world.intercept = async ({ method, body }, forward) => {
    if (method !== words[version].update && method !== "GET") return forward();
    const all: Metadata = { ...metadata, ...(body === undefined ? {} : JSON.parse(body).metadata) };
    metadata = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
    return answer(200, { app: { [idName]: id, [name]: "Shop", metadata } });
  };
  return () => metadata;
}

describe.each(apiVersions)("metadata with API %s", (version) => {
  const declared = { name: "Shop", metadata: { a: "1", b: "2" } };

  it.each([
    ["without one of its keys", { a: "1" }, { a: "1" }, { b: null }],
    ["with another key", { b: "3", c: "4" }, { b: "3", c: "4" }, { a: null }],
    ["not at all", undefined, {}, { a: null, b: null }],
  ])("that is now declared %s is correct on a server that merges", async (_, metadata, left, removed) => {
    const world = new World({}, version);
    const context = world.context();
    const { id, outputs } = await apps.create(context, declared);
    const actual = merging(world, id, version);
    const news = { name: "Shop", ...(metadata && { metadata }) };
    world.writes.length = 0;
    const updated = await apps.update(context, id, outputs, news);
    const line = `${words[version].update} /${version}/apps/${id}`;
    expect(world.writes).toEqual([
      [line, { metadata: metadata ?? {} }],
      [line, { metadata: removed }],
    ]);
    expect(actual()).toEqual(left);
    expect(updated.metadata).toEqual(metadata);
    expect(apps.diff(id, updated, news, { now: 0, version })).toEqual({ changes: false });
    const found = await apps.read(context, id, updated);
    expect(apps.diff(id, { ...found?.outputs }, news, { now: 0, version })).toEqual({ changes: false });
  });

  it("is sent once to a server that replaces it", async () => {
    const world = new World({}, version);
    const context = world.context();
    const { id, outputs } = await apps.create(context, declared);
    world.writes.length = 0;
    const news = { name: "Shop", metadata: { a: "1" } };
    expect((await apps.update(context, id, outputs, news)).metadata).toEqual({ a: "1" });
    expect(world.writes).toEqual([
      [`${words[version].update} /${version}/apps/${id}`, { metadata: { a: "1" } }],
    ]);
  });
});

it("metadata omits the key that marks Pulumi's secrets, which only another client can have set", async () => {
  const world = new World();
  const context = world.context();
  const { id, outputs } = await apps.create(context, { name: "Shop", metadata: { a: "1" } });
  world.intercept = async (_, forward) => {
    const given = await forward();
    return { ...given, body: given.body.replace('"a":"1"', `"a":"1","${signatureKey}":"x"`) };
  };
  const found = await apps.read(context, id, outputs);
  expect(found?.outputs.metadata).toEqual({ a: "1" });
  const adopted = await apps.create(world.context(), { name: "Shop", metadata: { a: "1" }, __adopt: id });
  expect(adopted.outputs.metadata).toEqual({ a: "1" });
  const read = await apps.read(context, id, {});
  expect(read?.outputs.metadata).toEqual({ a: "1" });
});
