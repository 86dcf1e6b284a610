import { describe, expect, it } from "vitest";
import type { Program } from "../program/program";
import { idOf } from "../program/references";
import { Engine } from "./engine";
import { type Plugin, PluginError } from "./plugin";

/** A plugin that follows a script and records its calls. */
function scripted(alter: Partial<Plugin> = {}) {
  const calls: string[] = [];
  let made = 0;
  const plugin: Plugin = {
    check: async (_, news) => ({ inputs: news, failures: [] }),
    diff: async () => ({ changes: undefined, replaces: [], deleteBeforeReplace: false }),
    create: async (inputs) => ({ id: `id${++made}`, outputs: inputs }),
    read: async (id, outputs) => ({ id, outputs }),
    update: async (_, __, news) => news,
    delete: async () => {},
    printed: () => "",
    ...alter,
  };
  const noted: Plugin = {
    ...plugin,
    create: (inputs) => {
      calls.push(`create ${inputs.name}`);
      return plugin.create(inputs);
    },
    update: (id, olds, news) => {
      calls.push(`update ${id}`);
      return plugin.update(id, olds, news);
    },
    delete: (id, outputs) => {
      calls.push(`delete ${id}`);
      return plugin.delete(id, outputs);
    },
  };
  return { engine: new Engine(() => noted), calls };
}

const app = { name: "app", kind: "app", inputs: { name: "Shop" } } as const;
const key = (keepers: number) =>
  ({ name: "key", kind: "key", inputs: { appId: idOf("app"), name: "backend", keepers } }) as const;

const replacing = (deleteBeforeReplace: boolean): Partial<Plugin> => ({
  diff: async (_, olds, news) => ({
    changes: undefined,
    replaces: olds.keepers === news.keepers ? [] : ["keepers"],
    deleteBeforeReplace,
  }),
});

describe("the model of the engine", () => {
  it("creates an app before its key, passes the app's id to the key, and deletes them in reverse order", async () => {
    const { engine, calls } = scripted();
    expect(await engine.up([app, key(1)])).toEqual({ ok: true, errors: [] });
    expect(engine.entries.map(({ id, inputs }) => [id, inputs.appId])).toEqual([
      ["id1", undefined],
      ["id2", "id1"],
    ]);
    expect(await engine.preview([app, key(1)])).toEqual([]);
    await engine.destroy();
    expect(calls).toEqual(["create Shop", "create backend", "delete id2", "delete id1"]);
    expect(engine.entries).toEqual([]);
  });

  it.each([
    [false, ["create backend", "delete id2"]],
    [true, ["delete id2", "create backend"]],
  ])("replaces in the order that diff requests (deleteBeforeReplace: %s)", async (before, order) => {
    const { engine, calls } = scripted(replacing(before));
    await engine.up([app, key(1)]);
    calls.length = 0;
    await engine.up([app, key(2)]);
    expect(calls).toEqual(order);
    expect(engine.entries.map(({ id }) => id)).toEqual(["id1", "id3"]);
  });

  it("deletes what a replaced resource holds before it, and creates it again after it", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const asked: unknown[] = [];
    const { engine, calls } = scripted({
      diff: async (_, olds, news) => {
        if (news.appId === unknown || news.linkedId === unknown) asked.push(news.name);
        const replaces = ["keepers", "appId"].filter((input) => olds[input] !== news[input]);
        return { changes: undefined, replaces, deleteBeforeReplace: replaces.includes("keepers") };
      },
    });
    const program = (keepers: number): Program => [
      { name: "app", kind: "app", inputs: { name: "Shop", keepers } },
      { name: "key", kind: "key", inputs: { name: "backend", appId: idOf("app") } },
      { name: "inner", kind: "key", inputs: { name: "inner", appId: idOf("key") } },
      { name: "link", kind: "key", inputs: { name: "linked", linkedId: idOf("app") } },
    ];
    await engine.up(program(1));
    calls.length = 0;
    await engine.up(program(2));
    expect(asked).toEqual(["linked", "backend", "inner"]);
    expect(calls.slice(0, 4)).toEqual(["delete id4", "delete id2", "delete id1", "create Shop"]);
    expect(calls.slice(4)).toEqual(["create backend", "update id3", "create inner"]);
    expect(await engine.preview(program(2))).toEqual([]);
  });

  it("deletes in the order of the references, a circle of old and new ones included", async () => {
    const { engine, calls } = scripted();
    const entry = (name: string, next: string): Program[number] => ({
      name,
      kind: "switchboardIntegration",
      inputs: { name, next: idOf(next) },
    });
    await engine.up([app, entry("a", "app"), entry("b", "a"), entry("c", "b")]);
    const [, a] = engine.entries;
    if (a !== undefined) a.references = { appId: ["app"], next: ["c"] };
    calls.length = 0;
    await engine.destroy();
    expect(calls).toEqual(["delete id4", "delete id3", "delete id2", "delete id1"]);
  });

  it("forgets what depends on a forgotten resource", async () => {
    const { engine } = scripted();
    const inner = { name: "inner", kind: "key", inputs: { name: "inner", appId: idOf("key") } } as const;
    await engine.up([app, key(1), inner]);
    const [forgotten] = engine.entries;
    if (forgotten !== undefined) engine.forget(forgotten);
    expect(engine.entries).toEqual([]);
  });

  it("keeps a replaced object if its deletion fails, and deletes it in the next update", async () => {
    let fails = false;
    const { engine, calls } = scripted({
      ...replacing(false),
      delete: async () => {
        if (fails) throw new PluginError("no");
      },
    });
    await engine.up([app, key(1)]);
    fails = true;
    expect(await engine.up([app, key(2)])).toEqual({ ok: false, errors: ["no"] });
    expect(engine.entries.map(({ id, pendingDelete }) => [id, pendingDelete])).toEqual([
      ["id1", false],
      ["id2", true],
      ["id3", false],
    ]);
    fails = false;
    calls.length = 0;
    await engine.up([app, key(2)]);
    expect(calls).toEqual(["delete id2"]);
  });

  it("records a partial create, updates it although nothing changed, and holds back its dependents", async () => {
    const failure = new PluginError("half", { id: "half", outputs: { name: "Shop" }, reasons: ["why"] });
    const { engine, calls } = scripted({
      create: (inputs) =>
        inputs.name === "Shop" ? Promise.reject(failure) : Promise.resolve({ id: "key", outputs: inputs }),
    });
    expect(await engine.up([app, key(1)])).toEqual({ ok: false, errors: ["half\nwhy"] });
    expect(engine.entries.map(({ id, initErrors }) => [id, initErrors])).toEqual([["half", ["why"]]]);
    expect(await engine.preview([app])).toEqual(["update app"]);
    await engine.up([app, key(1)]);
    expect(calls).toEqual(["create Shop", "update half", "create backend"]);
  });

  it("starts no further step after a failure, and deletes nothing", async () => {
    const { engine, calls } = scripted({
      create: async (inputs) => {
        if (inputs.name === "bad") throw new PluginError("no");
        return { id: String(inputs.name), outputs: inputs };
      },
    });
    const others: Program = [1, 2, 3, 4, 5, 6].map((n) => ({
      name: `a${n}`,
      kind: "app",
      inputs: { name: `a${n}` },
    }));
    await engine.up([app]);
    calls.length = 0;
    expect((await engine.up([{ name: "bad", kind: "app", inputs: { name: "bad" } }, ...others])).ok).toBe(
      false,
    );
    expect(calls[0]).toBe("create bad");
    expect(calls.length).toBeLessThan(6);
    expect(engine.entries.some(({ id }) => id === "Shop")).toBe(true);
  });

  it("drops missing objects on refresh, and records the inputs that read returns", async () => {
    let gone = false;
    const { engine } = scripted({
      read: async (id, outputs) => (gone ? { outputs: {} } : { id, outputs, inputs: { name: "Drifted" } }),
    });
    await engine.up([app]);
    await engine.refresh();
    expect(engine.entries[0]?.inputs).toEqual({ name: "Drifted" });
    expect(await engine.preview([app])).toEqual(["update app"]);
    gone = true;
    await engine.refresh();
    expect(engine.entries).toEqual([]);
  });

  it("keeps a secret input secret, and hands it to the provider as a plain value", async () => {
    const seen: unknown[] = [];
    const { engine } = scripted({
      check: async (olds, news) => {
        seen.push(olds.token);
        return { inputs: news, failures: [] };
      },
    });
    const bot = { name: "bot", kind: "integration", inputs: { type: "telegram", token: "s3cret" } } as const;
    await engine.up([bot]);
    expect(engine.entries[0]?.inputs.token).toMatchObject({ value: "s3cret" });
    expect(await engine.preview([bot])).toEqual([]);
    expect(seen).toEqual([undefined, "s3cret"]);
  });

  it("hands secrets back as plain values", async () => {
    const seen: unknown[] = [];
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "s" };
    const { engine } = scripted({
      create: async (inputs) => ({ id: "1", outputs: { ...inputs, secret } }),
      delete: async (_, outputs) => void seen.push(outputs.secret),
    });
    await engine.up([app]);
    await engine.destroy();
    expect(seen).toEqual(["s"]);
  });
});
