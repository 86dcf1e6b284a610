import { describe, expect, it } from "vitest";
import { parseImportId } from "../../../src/plugin/import-id";
import { definitions } from "../../../src/provider/kinds";
import { apiVersions } from "../../../src/smooch/api-version";
import type { WireRequest } from "../../../src/smooch/host";
import { answer, lost, notFound } from "../support";
import { open, openWithObject, rows } from "./subjects";

const missingId = "5a0b1c2d3e4f5a6b7c8d9e0f";

describe.each(rows)("a %s with API %s", (...row) => {
  const [name, version] = row;
  const { label, isSingleton } = definitions[name];
  const now = { now: 0, version };
  /** Requests about objects of this kind: the last segment of their path, or the one before an id. */
  const isOwn = ({ url }: WireRequest) => {
    const { pathname } = new URL(url);
    const segment = {
      integrationKey: "keys",
      switchboard: "switchboards",
      switchboardIntegration: "switchboardIntegrations",
      menu: "menu",
      template: "templates",
      serviceAccount: "serviceaccounts",
      serviceAccountKey: "keys",
    }[String(name)];
    return pathname.split("/").slice(-2).includes(String(segment));
  };

  it("is created, and has no change then", async () => {
    const { kind, context, inputs, held, outputs = () => ({}) } = await open(row);
    const made = await kind.create(context, inputs);
    const { id } = made;
    expect(made.outputs).toEqual({ ...inputs, ...outputs(made.outputs), __seenBy: context.credential });
    expect(held()).toHaveLength(1);
    expect(kind.diff(id, made.outputs, inputs, now)).toEqual({ changes: false });
    expect(await kind.read(context, id, made.outputs)).toEqual({ id, outputs: made.outputs, inputs });
  });

  it("shows what somebody else changed, and is put right by an update", async () => {
    const { kind, context, inputs, id, state, world, drift, drifted } = await openWithObject(row);
    if (drift === undefined) world.emulator.overlay(id, { name: "other", displayName: "other" });
    else await drift(id);
    const found = await kind.read(context, id, state);
    const outputs = found?.outputs ?? {};
    const different = Object.keys(inputs).filter(
      (input) => JSON.stringify(outputs[input]) !== JSON.stringify(state[input]),
    );
    expect(different).toEqual(drifted);
    if (drift === undefined) {
      expect(kind.diff(id, outputs, inputs, now)).toEqual({ replaces: drifted, deleteBeforeReplace: false });
      return;
    }
    expect(kind.diff(id, outputs, inputs, now)).toEqual({});
    expect(await kind.update(context, id, outputs, inputs)).toEqual(state);
    expect((await kind.read(context, id, state))?.outputs).toEqual(state);
  });

  it("is changed in place, or replaced", async () => {
    const { kind, context, inputs, id, state, change, replaced, world, held } = await openWithObject(row);
    if (change !== undefined) {
      const news = { ...inputs, ...change };
      expect(kind.diff(id, state, news, now)).toEqual({});
      expect(await kind.update(context, id, state, news)).toEqual({ ...state, ...change });
      expect(held()).toHaveLength(1);
    }
    const before = world.writes.length;
    if (Object.keys(replaced).length > 0) {
      expect(kind.diff(id, state, { ...inputs, ...replaced }, now)).toEqual({
        replaces: Object.keys(replaced),
        deleteBeforeReplace: isSingleton === true,
      });
    }
    expect(world.writes).toHaveLength(before);
  });

  it("can be deleted and created again in one run", async () => {
    const { kind, context, inputs, id, state, held } = await openWithObject(row);
    await kind.read(context, id, state);
    await kind.delete(context, id, state);
    expect(held()).toEqual([]);
    const again = await kind.create(context, inputs);
    expect(held()).toHaveLength(1);
    expect(kind.diff(again.id, again.outputs, inputs, now)).toEqual({ changes: false });
  });

  it("is gone once it is deleted, and a second deletion finds nothing to do", async () => {
    const { kind, context, id, state, held, world } = await openWithObject(row);
    await kind.delete(context, id, state);
    expect(held()).toEqual([]);
    const next = world.context();
    expect(await kind.read(next, id, state)).toBeUndefined();
    await kind.delete(next, id, state);
    expect(held()).toEqual([]);
  });

  it("is adopted if it is as declared, and otherwise refused with the differences", async () => {
    const { kind, inputs, id, state, world, change, replaced, address } = await openWithObject(row);
    const context = world.context();
    const ids = isSingleton ? [id, "only"] : [id];
    for (const adopt of ids)
      expect(await kind.create(context, { ...inputs, __adopt: adopt })).toEqual({ id, outputs: state });
    const other = { ...inputs, ...(change ?? replaced) };
    await expect(kind.create(context, { ...other, __adopt: id })).rejects.toThrow(
      `${label} ${id} cannot be adopted, because it is not as the program declares it: ${Object.keys(change ?? replaced)[0]}`,
    );
    if (!isSingleton) {
      const none = kind.create(context, { ...inputs, ...address, __adopt: missingId });
      await expect(none).rejects.toThrow("There is nothing to adopt: check the id and the account.");
    }
    expect(world.writes).toEqual([]);
  });

  it("is read by its id alone, and that is an error if there is none", async () => {
    const { kind, id, address, state, world } = await openWithObject(row);
    const context = world.context();
    for (const given of isSingleton ? [id, "only"] : [id]) {
      const found = await kind.read(context, given, address);
      expect(found).toMatchObject({ id, inputs: address, outputs: state });
      expect(found?.inputs).toEqual(address);
    }
    await kind.delete(context, id, state);
    await expect(kind.read(context, id, address)).rejects.toThrow(`Smooch has no ${label} ${id}`);
    if (isSingleton)
      await expect(kind.read(context, "only", address)).rejects.toThrow(`Smooch has no ${label} there`);
    expect(world.writes.map(([line]) => line.split(" ")[0])).toEqual(["DELETE"]);
  });

  it("is imported by the plugin, and its first update changes nothing", async () => {
    const { kind, id, address, inputs, state, world } = await openWithObject(row);
    const context = world.context();
    const ids = Object.values(address).map(String);
    const importIds = isSingleton ? [[...ids, id], ids] : [[...ids, id]];
    for (const parts of importIds) {
      const parsed = parseImportId(name, parts.join("/"));
      expect(parsed.address).toEqual(address);
      const found = await kind.import(context, parsed.id, { ...parsed.address, __resource: "dev/it" });
      expect(found.id).toBe(id);
      expect(kind.diff(id, found.outputs, inputs, { ...now, isBeingImported: true })).toMatchObject({
        changes: true,
        reason: expect.stringContaining(`${label} ${id} is imported`),
      });
      const declared = { ...found.inputs, __resource: "dev/it" };
      const { __resource, ...written } = declared;
      expect(kind.check(context.session, version, {}, written).failures).toEqual([]);
      expect(await kind.update(context, id, found.outputs, inputs)).toEqual(state);
    }
    expect(world.writes).toEqual([]);
    await expect(kind.import(context, missingId, { ...address })).rejects.toThrow(
      /^(Smooch has no|Smooch refused to read)/,
    );
  });

  it("whose create gets no response is created only once", async () => {
    const { kind, context, inputs, held, world, outputs = () => ({}) } = await open(row);
    let isLost = false;
    world.intercept = async (request, forward) => {
      const response = await forward();
      if (isLost || !isOwn(request) || !["POST", "PUT"].includes(request.method)) return response;
      isLost = true;
      throw lost;
    };
    const made = await kind.create(context, inputs);
    expect(made.outputs).toEqual({ ...inputs, ...outputs(made.outputs), __seenBy: context.credential });
    expect(isLost).toBe(true);
    expect(held()).toHaveLength(1);
  });

  it("is gone with what holds it", async () => {
    const { kind, id, state, world, deleteHolder } = await openWithObject(row);
    if (deleteHolder === undefined) return;
    await deleteHolder();
    expect(await kind.read(world.context(), id, state)).toBeUndefined();
    await kind.delete(world.context(), id, state);
  });

  it("is not gone because of a 404 while what holds it is there", async () => {
    const { kind, id, state, world, holder, held, address } = await openWithObject(row);
    const { appId } = address;
    world.intercept = async (request, forward) => (isOwn(request) ? notFound(version) : forward());
    const reading = kind.read(world.context(), id, state);
    const why = {
      serviceAccount: `service account ${id} (HTTP 404), but it does not list any service accounts either`,
      // What a switchboard holds is part of it.
      switchboardIntegration: `${holder} (HTTP 404), but app ${appId} is there`,
    }[String(name)];
    // An app without a menu answers so: there is no list that could show it.
    if (name === "menu") expect(await reading).toBeUndefined();
    else
      await expect(reading).rejects.toThrow(
        `Smooch cannot find ${why ?? `${label} ${id} (HTTP 404), but ${holder} is there`}. Nothing was changed.`,
      );
    expect(held()).toHaveLength(1);
  });

  it("is not gone because of a response that is not from the API", async () => {
    const { kind, id, state, world, held } = await openWithObject(row);
    world.intercept = async () => answer(404, { message: "no Route matched" });
    for (const call of [kind.read(world.context(), id, state), kind.delete(world.context(), id, state)])
      await expect(call).rejects.toThrow("which is not the API's error for a missing object");
    expect(held()).toHaveLength(1);
  });

  it("is not gone because other credentials cannot see it", async () => {
    const { kind, id, state, world, held } = await openWithObject(row);
    const { accountKeyId: keyId, accountKeySecret: secret } = world.emulator.addServiceKey({ apps: [] });
    for (const other of [world.stranger(), world.context({ keyId, secret })]) {
      await expect(kind.read(other, id, state)).rejects.toThrow(/Nothing was changed|HTTP 40[13]/);
      await expect(kind.delete(other, id, state)).rejects.toThrow(/Nothing was changed|HTTP 40[13]/);
    }
    expect(held()).toHaveLength(1);
  });

  it.each(apiVersions.filter((other) => !definitions[name].in?.includes(other)))(
    "is refused in the preview with API %s",
    async (other) => {
      const { kind, context, inputs } = await open(row);
      expect(kind.check(context.session, other, {}, inputs).failures).toEqual([
        { property: "", reason: `needs apiVersion ${definitions[name].in?.join(" or ")}` },
      ]);
    },
  );
});

it.each([
  ["menu", "a/b/c", "menu has the form <appId>/<menuId>, or <appId>; "],
  ["switchboard", "", "switchboard has the form <appId>/<switchboardId>, or <appId>; "],
  ["switchboardIntegration", "5a0b/5c0d", "form <appId>/<switchboardId>/<switchboardIntegrationId>; "],
  ["integrationKey", "5a0b/int_1", "form <appId>/<integrationId>/<integrationKeyId>; "],
  ["serviceAccount", "5a0b/5d0e", "service account has the form <serviceAccountId>; "],
  ["serviceAccountKey", "svc_1", "form <serviceAccountId>/<serviceAccountKeyId>; "],
] as const)("the import id of a %s cannot be %j", (name, importId, form) => {
  expect(() => parseImportId(name, importId)).toThrow(form);
});
