import { describe, expect, it } from "vitest";
import { apiVersions } from "../../../src/smooch/api-version";
import {
  answer,
  integrations,
  isKeyCreate,
  keys,
  lost,
  messageOf,
  partialFailure,
  withKeys,
} from "../support";
import { killed, mayBe, never, resource, said } from "./interrupted";

describe.each(apiVersions)(
  "with API %s a create that was interrupted while its request was under way",
  (version) => {
    it("stops the next create if a matching object was created, and touches nothing", async () => {
      const { world, key, again } = await killed(version);
      for (let runs = 0; runs < 2; runs++) await expect(again()).rejects.toThrow(mayBe(key));
      expect(world.emulator.snapshot().keys).toHaveLength(1);
    });

    it("names all matches that exist by the time no request can take effect any more", async () => {
      const { world, inputs, key, again } = await killed(version);
      let late: string | undefined;
      world.intercept = async (_, forward) => {
        const answered = await forward();
        world.intercept = (__, next) => next();
        late = (await world.client().keys.create(inputs.appId, { name: "backend" })).id;
        return answered;
      };
      const message = await messageOf(again());
      expect(late).toMatch(/\w{24}$/);
      expect(message).toMatch(mayBe(`${key}, ${late}`));
    });

    it("does not stop the next create after a person has deleted the object", async () => {
      const { world, key, appId, again } = await killed(version);
      await world.client().keys.delete(appId, key);
      const { id } = await again();
      expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
    });

    it("is settled when the program adopts the object", async () => {
      const { world, key, inputs, nextProcess } = await killed(version);
      const { id } = await keys.create(nextProcess(), { ...inputs, ...resource, __adopt: key });
      expect(id).toBe(key);
      world.journal.recorded(id);
      expect(world.journal.all()).toEqual([]);
    });

    it("stops an adoption if it may have created another object, which would be forgotten", async () => {
      const { world, key, inputs, nextProcess } = await killed(version);
      const other = await world.client().keys.create(inputs.appId, { name: "backend" });
      const adopt = () => keys.create(nextProcess(), { ...inputs, ...resource, __adopt: other.id });
      await expect(adopt()).rejects.toThrow(mayBe(key));
      for (const [name, { others: _, ...entry }] of world.journal.all()) world.journal.note(name, entry);
      await expect(adopt()).rejects.toThrow(mayBe(key));
      await world.client().keys.delete(inputs.appId, key);
      expect((await adopt()).id).toBe(other.id);
    });

    it.each(["/elsewhere", undefined])(
      "stays in the journal if a run whose backend is %s adopts something",
      async (backend) => {
        const { world, key, inputs, nextProcess } = await killed(version);
        world.backend = backend;
        await keys.create(nextProcess(), { ...inputs, ...resource, __adopt: key });
        expect(world.journal.all()).toHaveLength(1);
      },
    );

    it("does not stop the next create after a person has deleted the journal entry", async () => {
      const { world, key, again } = await killed(version);
      const message = await messageOf(again());
      world.journal.drop(String(/delete the file (\S+)\./.exec(message)?.[1]));
      expect((await again()).id).not.toBe(key);
      expect(world.emulator.snapshot().keys).toHaveLength(2);
    });

    it("does not stop the next create if nothing was created, once no request can take effect", async () => {
      const { world, again } = await killed(version, { applied: false });
      world.waits.length = 0;
      const { id } = await again();
      expect(world.waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(55_000);
      expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
      expect(said(world)).toEqual([]);
    });

    it("does not match a key that a person created by hand later", async () => {
      const { world, appId, again } = await killed(version, { applied: false });
      world.time += 120_000;
      const hand = await world.client().keys.create(appId, { name: "backend" });
      const { id } = await again();
      expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([hand.id, id]);
    });

    it("does not match a key in the state, or one that the same run created before", async () => {
      const { world, context, inputs, nextProcess } = await withKeys(version);
      const first = await keys.create(context, { ...inputs, __resource: "dev/first" });
      await new Promise<void>((kill) => {
        world.intercept = async (request, forward) => {
          if (!isKeyCreate(request)) return forward();
          kill();
          return never;
        };
        void keys.create(context, { ...inputs, ...resource });
      });
      world.intercept = (_, forward) => forward();
      world.time += 5000;
      const { id } = await keys.create(nextProcess(), { ...inputs, ...resource });
      expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([first.id, id]);
    });

    it("does not affect another stack, resource, project or kind", async () => {
      const { world, inputs, nextProcess, appId } = await killed(version);
      const other = nextProcess();
      await keys.create(other, { ...inputs, __resource: "prod/backend" });
      await keys.create(nextProcess(), { ...inputs, __resource: "dev/other" });
      const project = nextProcess();
      await keys.create(
        { ...project, run: { ...project.run, project: "another" } },
        { ...inputs, ...resource },
      );
      await integrations.create(nextProcess(), { appId, type: "telegram", token: "7:t0ken", ...resource });
      expect(world.emulator.snapshot().keys).toHaveLength(4);
      expect(said(world)).toEqual([]);
    });

    it("does not count as interrupted while its engine still listens", async () => {
      const { world, key, again } = await killed(version);
      world.liveEngine = world.journal.all()[0]?.[1].engine;
      const { id } = await again();
      expect(id).not.toBe(key);
      expect(said(world)).toEqual([]);
    });

    it("is forgotten when it was refused", async () => {
      const { world, inputs, nextProcess } = await withKeys(version);
      world.intercept = async (request, forward) => (isKeyCreate(request) ? answer(402) : forward());
      await expect(keys.create(nextProcess(), { ...inputs, ...resource })).rejects.toThrow("HTTP 402");
      expect(world.journal.all()).toEqual([]);
      // A create that was never begun leaves nothing to forget.
      await expect(keys.create(nextProcess(), { ...inputs, name: 5, ...resource })).rejects.toThrow();
    });

    it("is looked for again if Pulumi was told of its unknown effect but did not record it", async () => {
      const { world, inputs, nextProcess } = await withKeys(version);
      world.intercept = async (request, forward) => {
        if (isKeyCreate(request)) await forward();
        throw lost;
      };
      const failure = await partialFailure(keys.create(nextProcess(), { ...inputs, ...resource }));
      expect(failure.id).toMatch(/^unresolved:/);
      world.intercept = (_, forward) => forward();
      const [key] = world.emulator.snapshot().keys;
      await expect(keys.create(nextProcess(), { ...inputs, ...resource })).rejects.toThrow(
        mayBe(String(key?.id)),
      );
    });

    it("does not match a key of another name that was created in the same seconds", async () => {
      const { world, appId, again } = await killed(version, { applied: false });
      await world.client().keys.create(appId, { name: "worker" });
      await again();
      expect(world.emulator.snapshot().keys).toHaveLength(2);
    });

    it("does not affect a project of the same name that has its state elsewhere", async () => {
      const { world, key, again } = await killed(version);
      world.backend = "/elsewhere";
      const { id, outputs } = await again();
      expect(id).not.toBe(key);
      world.journal.recorded(id);
      await keys.delete(world.context(), id, outputs);
      expect(said(world)).toEqual([]);
    });

    it.each(["account", "address"])("is only reported if the %s differs", async (what) => {
      const { world, inputs, appId, key, again } = await killed(version);
      const [[name, entry] = []] = world.journal.all();
      if (name === undefined || entry === undefined) return expect.fail("no entry");
      if (what === "account") world.journal.note(name, { ...entry, account: "act_1@api.smooch.io" });
      if (what === "address") world.journal.note(name, { ...entry, address: { app: appId } });
      const { id } = await again();
      expect(id).not.toBe(key);
      const where = what === "address" ? "" : ` in app ${inputs.appId}`;
      expect(said(world)).toEqual([
        `pulumi-smooch: an interrupted run may have made the key${where} of resource dev/backend. Check whether it exists (\`pulumi-smooch audit\`) and whose it is, then delete the file ${name}`,
      ]);
    });

    it("is only reported if the backend is unknown", async () => {
      const { world, key, again } = await killed(version);
      world.backend = undefined;
      const [[name, entry] = []] = world.journal.all();
      const { backend: _, ...untold } = entry ?? expect.fail("no entry");
      world.journal.note(String(name), untold);
      expect((await again()).id).not.toBe(key);
      expect(said(world)).toHaveLength(1);
    });

    it("is reported once when the stack is refreshed or destroyed", async () => {
      const { world, context, inputs, appId } = await killed(version);
      const other = await keys.create(context, { ...inputs, name: "other", __resource: "dev/other" });
      world.journal.recorded(other.id);
      const next = world.context();
      await keys.read(next, other.id, other.outputs);
      await keys.delete(next, other.id, other.outputs);
      const [name] = world.journal.all()[0] ?? [];
      const line = `pulumi-smooch: an interrupted run may have made the key in app ${appId} of resource dev/backend. Check whether it exists (\`pulumi-smooch audit\`) and whose it is, then delete the file ${name}`;
      expect(said(world)).toEqual([line]);
      // It is not reported to another stack or project, or while that run is under way.
      await keys.delete(world.context(), other.id, { ...other.outputs, __resource: "de/other" });
      const project = world.context();
      project.run = { ...project.run, project: "another" };
      await keys.delete(project, other.id, other.outputs);
      await keys.delete(world.context(), other.id, { ...other.outputs, __resource: "prod/other" });
      world.liveEngine = world.journal.all()[0]?.[1].engine;
      await keys.delete(world.context(), other.id, other.outputs);
      expect(said(world)).toEqual([line]);
    });
  },
);
