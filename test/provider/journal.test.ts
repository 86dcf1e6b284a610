import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileJournal, journalFolder } from "../../src/provider/journal";
import { apiVersions } from "../../src/smooch/generations/version";
import type { WireResponse } from "../../src/smooch/host";
import type { World } from "../support/world";
import { answer, integrations, isCreate, isKeyCreate, keys, lost, withApp, withKeys } from "./support";

const never = new Promise<never>(() => {});

describe.each(apiVersions)("with API %s a create that was interrupted by a kill", (version) => {
  it.each([
    ["before its request was applied", 0],
    ["after its request was applied", 1],
  ])("%s is made once", async (_, made) => {
    const { world, inputs } = await withKeys(version);
    await new Promise<void>((killed) => {
      world.intercept = async (request, forward) => {
        if (!isKeyCreate(request)) return forward();
        if (made === 1) await forward();
        killed();
        return never;
      };
      void keys.create(world.context(), inputs);
    });
    world.intercept = (_, forward) => forward();
    world.time += 5000;
    const { id, outputs } = await keys.create(world.context(), inputs);
    expect(world.emulator.snapshot().keys).toMatchObject([{ id, secret: outputs.secret }]);
    expect(world.said.filter((line) => line.includes("interrupted"))).toEqual(
      made === 1
        ? [`pulumi-smooch: key ${id} was made by an interrupted run, and belongs to this one now`]
        : [],
    );
  });

  it("that had its answer, but whose state was not written, is recovered by the same resource", async () => {
    const { world, inputs } = await withKeys(version);
    const named = { ...inputs, __resource: "dev/backend" };
    const { id } = await keys.create(world.context(), named);
    world.time += 5000;
    expect((await keys.create(world.context(), { ...inputs, __resource: "prod/backend" })).id).not.toBe(id);
    expect((await keys.create(world.context(), named)).id).toBe(id);
    world.journal.recorded(id);
    expect((await keys.create(world.context(), named)).id).not.toBe(id);
    expect(world.emulator.snapshot().keys).toHaveLength(3);
  });

  it("is made anew where what it made is gone", async () => {
    const { world, inputs } = await withKeys(version);
    const { id } = await keys.create(world.context(), inputs);
    await world.client().keys.delete(inputs.appId, id);
    const next = await keys.create(world.context(), inputs);
    expect(world.emulator.snapshot().keys.map((key) => key.id)).toEqual([next.id]);
  });

  it("is kept where Pulumi was told to replace it and asks for it again first", async () => {
    const { world, inputs } = await withKeys(version);
    const { id, outputs } = await keys.create(world.context(), inputs);
    const forced = world.context();
    expect((await keys.create(forced, inputs)).id).toBe(id);
    await keys.delete(forced, id, outputs);
    expect(world.emulator.snapshot().keys.map((key) => key.id)).toEqual([id]);
    expect(world.said).toContain(
      `pulumi-smooch: key ${id} was taken for what an interrupted run made, and was not replaced; run the same command again`,
    );
  });

  it("is not recovered where the state knows the object", async () => {
    const { world, inputs } = await withKeys(version);
    const { id } = await keys.create(world.context(), inputs);
    const replacing = world.context();
    replacing.session.know(id);
    const replaced = await keys.create(replacing, inputs);
    expect(replaced.id).not.toBe(id);
    world.journal.recorded(replaced.id);
    expect([id, replaced.id]).not.toContain((await keys.create(world.context(), inputs)).id);
  });

  it("is found long after as well, without waiting for it", async () => {
    const { world, inputs } = await withKeys(version);
    await new Promise<void>((killed) => {
      world.intercept = async (request, forward) => {
        if (isKeyCreate(request)) {
          killed();
          return never;
        }
        return forward();
      };
      void keys.create(world.context(), inputs);
    });
    world.intercept = (_, forward) => forward();
    world.time += 3_600_000;
    world.waits.length = 0;
    await keys.create(world.context(), inputs);
    expect(world.waits).toEqual([]);
    expect(world.emulator.snapshot().keys).toHaveLength(1);
  });

  it("leaves nothing behind when it was refused", async () => {
    const { world, inputs } = await withKeys(version);
    await expect(
      keys.create(world.context(), { ...inputs, appId: "5a0b1c2d3e4f5a6b7c8d9e0f" }),
    ).rejects.toThrow("HTTP 404");
    world.intercept = async (request, forward) => (isKeyCreate(request) ? answer(402) : forward());
    await expect(keys.create(world.context(), inputs)).rejects.toThrow("HTTP 402");
    world.intercept = (_, forward) => forward();
    await world.client().keys.create(inputs.appId, { name: "backend" });
    await keys.create(world.context(), inputs);
    expect(world.emulator.snapshot().keys).toHaveLength(2);
  });

  it("stops where several could be it", async () => {
    const { world, inputs } = await withKeys(version);
    await new Promise<void>((killed) => {
      world.intercept = async (request, forward) => {
        if (!isKeyCreate(request)) return forward();
        await forward();
        killed();
        return never;
      };
      void keys.create(world.context(), inputs);
    });
    world.intercept = (_, forward) => forward();
    await world.client().keys.create(inputs.appId, { name: "backend" });
    const ids = world.emulator.snapshot().keys.map(({ id }) => id);
    await expect(keys.create(world.context(), inputs)).rejects.toThrow(
      `may have made one of ${ids.join(", ")}.`,
    );
  });
});

describe.each(apiVersions)("with API %s an integration whose create was interrupted by a kill", (version) => {
  const telegram = { type: "telegram", token: "7:t0ken" };
  const web = { type: "web", brandColor: "ff0000" };
  const stored = (world: World) => world.emulator.snapshot().integrations;

  /** A process that is killed once its integration is made, and what was made. */
  async function interrupted(given: object, { isAnswered }: { isAnswered: boolean }) {
    const made = await withApp(version);
    const { world, appId } = made;
    const inputs = { appId, ...given, __resource: "dev/channel" };
    if (isAnswered) {
      await integrations.create(world.context(), inputs);
    } else {
      await new Promise<void>((killed) => {
        world.intercept = async (request, forward) => {
          const answered = await forward();
          if (!isCreate(request)) return answered;
          killed();
          return never;
        };
        void integrations.create(world.context(), inputs);
      });
      world.intercept = (_, forward) => forward();
    }
    world.time += 5000;
    world.writes.length = 0;
    const path = `/${version}/apps/${appId}/integrations`;
    return { ...made, inputs, path, first: stored(world)[0]?.id };
  }

  describe.each([
    ["before its answer came", false],
    ["before Pulumi was told", true],
  ])("%s", (_, isAnswered) => {
    it("is deleted and made anew with the credentials of today", async () => {
      const { world, inputs, path, first } = await interrupted(telegram, { isAnswered });
      const news = { ...inputs, token: "8:t0ken" };
      const { id, outputs } = await integrations.create(world.context(), news);
      expect(id).not.toBe(first);
      expect(stored(world)).toMatchObject([{ id, fields: { token: "8:t0ken" } }]);
      expect(outputs).toMatchObject(news);
      expect(world.writes).toEqual([
        [`DELETE ${path}/${first}`],
        [`POST ${path}`, { type: "telegram", token: "8:t0ken" }],
      ]);
      expect(world.said.filter((line) => line.includes("interrupted"))).toEqual([]);
      // Nothing is left to be recovered once the state has the new one.
      world.journal.recorded(id);
      const next = await integrations.create(world.context(), news);
      expect(stored(world).map((one) => one.id)).toEqual([id, next.id]);
    });

    it("is taken over where nothing in it is hidden", async () => {
      const { world, inputs, first } = await interrupted(web, { isAnswered });
      const { id, outputs } = await integrations.create(world.context(), inputs);
      expect(id).toBe(first);
      expect(outputs).toMatchObject(inputs);
      expect(stored(world)).toMatchObject([{ id, fields: { brandColor: "ff0000" } }]);
      expect(world.writes).toEqual([]);
      expect(world.said.filter((line) => line.includes("interrupted"))).toEqual([
        `pulumi-smooch: integration ${id} was made by an interrupted run, and belongs to this one now`,
      ]);
    });

    it("is deleted although the answer to that is lost", async () => {
      const { world, inputs, path, first } = await interrupted(telegram, { isAnswered });
      let deletes = 0;
      world.intercept = async ({ method }, forward) => {
        const answered = await forward();
        if (method === "DELETE" && ++deletes === 1) throw lost;
        return answered;
      };
      const { id } = await integrations.create(world.context(), inputs);
      expect(stored(world).map((one) => one.id)).toEqual([id]);
      expect(world.writes.map(([line]) => line)).toEqual([
        `DELETE ${path}/${first}`,
        `DELETE ${path}/${first}`,
        `POST ${path}`,
      ]);
    });

    it("is not taken for the new one, whose create is lost while listings are behind", async () => {
      const { world, inputs, first } = await interrupted(telegram, { isAnswered });
      // Within the second that its id tells.
      world.time -= 5000;
      let before: WireResponse | undefined;
      let creates = 0;
      world.intercept = async (request, forward) => {
        if (isCreate(request) && ++creates === 1) throw lost;
        const isListing = request.method === "GET" && !request.url.includes(String(first));
        if (isListing && creates === 1 && before) return before;
        const answered = await forward();
        if (isListing) before ??= answered;
        return answered;
      };
      const { id } = await integrations.create(world.context(), inputs);
      expect(id).not.toBe(first);
      expect(stored(world).map((one) => one.id)).toEqual([id]);
    });

    it("is looked for again where it could not be deleted", async () => {
      const { world, inputs, path, first } = await interrupted(telegram, { isAnswered });
      world.intercept = async ({ method }, forward) => (method === "DELETE" ? answer(403) : forward());
      await expect(integrations.create(world.context(), inputs)).rejects.toThrow(
        `Smooch refused to delete integration ${first}`,
      );
      expect(world.writes).toEqual([[`DELETE ${path}/${first}`]]);
      world.intercept = (_, forward) => forward();
      const { id } = await integrations.create(world.context(), inputs);
      expect(id).not.toBe(first);
      expect(stored(world).map((one) => one.id)).toEqual([id]);
    });
  });
});

describe("the journal's files", () => {
  let folder: string;
  beforeEach(() => {
    const parent = join(__dirname, "..", ".work");
    mkdirSync(parent, { recursive: true });
    folder = join(mkdtempSync(join(parent, "journal-")), "creates");
  });
  afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

  it("outlive the process, and hold no word of what was made", () => {
    const first = new FileJournal(folder);
    first.note("create https://bot.example/t0ken", { from: 1000 });
    expect(new FileJournal(folder).find("create https://bot.example/t0ken")).toEqual({ from: 1000 });
    first.note("create https://bot.example/t0ken", { from: 1000, id: "5a0b" });
    const [file] = readdirSync(folder);
    expect(file).toMatch(/^[0-9a-f]{32}\.json$/);
    expect(readFileSync(join(folder, String(file)), "utf8")).toBe('{"from":1000,"id":"5a0b"}');
    const next = new FileJournal(folder);
    next.recorded("another");
    expect(next.find("create https://bot.example/t0ken")).toEqual({ from: 1000, id: "5a0b" });
    next.recorded("5a0b");
    expect(readdirSync(folder)).toEqual([]);
    expect(next.find("create https://bot.example/t0ken")).toBeUndefined();
  });

  it("go when an entry is dropped", () => {
    const journal = new FileJournal(folder);
    journal.note("task", { from: 1 });
    journal.drop("task");
    expect(readdirSync(folder)).toEqual([]);
    expect(journal.find("task")).toBeUndefined();
  });

  it("of what Pulumi was told go when it has ended well, and no others", () => {
    new FileJournal(folder).note("killed before", { from: 1, id: "5a0b" });
    let end = () => {};
    const journal = new FileJournal(folder, (callback) => {
      end = callback;
    });
    journal.note("told", { from: 2, id: "5a0c" });
    journal.note("told as well", { from: 2, id: "5a0d" });
    journal.note("under way", { from: 2 });
    expect(readdirSync(folder)).toHaveLength(4);
    end();
    const next = new FileJournal(folder);
    expect(["killed before", "told", "told as well", "under way"].map((task) => next.find(task))).toEqual([
      { from: 1, id: "5a0b" },
      undefined,
      undefined,
      { from: 2 },
    ]);
  });

  it("that are damaged are overlooked", () => {
    mkdirSync(join(folder, "0.json"), { recursive: true });
    writeFileSync(join(folder, "1.json.new"), '{"from":1}');
    new FileJournal(folder).note("sound", { from: 1 });
    expect(new FileJournal(folder).find("sound")).toEqual({ from: 1 });
    writeFileSync(join(folder, "a.json"), '{"from":');
    writeFileSync(join(folder, "b.json"), '{"from":"yesterday"}');
    expect(new FileJournal(folder).find("task")).toBeUndefined();
  });

  it("tell the ids of what was made", () => {
    const journal = new FileJournal(folder);
    journal.note("begun", { from: 1 });
    journal.note("made", { from: 1, id: "5a0b" });
    expect(new FileJournal(folder).ids()).toEqual(new Set(["5a0b"]));
  });

  it("are done without where nothing can be written", () => {
    mkdirSync(join(folder, ".."), { recursive: true });
    writeFileSync(folder, "a file in the way");
    const journal = new FileJournal(folder);
    journal.note("task", { from: 1, id: "5a0b" });
    expect(journal.find("task")).toEqual({ from: 1, id: "5a0b" });
    journal.recorded("5a0b");
    expect(journal.find("task")).toBeUndefined();
  });

  it("lie beside Pulumi's own", () => {
    expect(journalFolder({ PULUMI_HOME: "/p" })).toBe(join("/p", "pulumi-smooch", "creates"));
    expect(journalFolder({})).toBe(join(homedir(), ".pulumi", "pulumi-smooch", "creates"));
  });
});
