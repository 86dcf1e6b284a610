import jsonwebtoken from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import type { Properties } from "../../../src/provider/kind";
import { definitions } from "../../../src/provider/kinds";
import type { WireRequest } from "../../../src/smooch/host";
import { World } from "../../support/world";
import { answer, lost, partialFailure } from "../support";
import { open, openWithObject, rowOf, rows } from "./subjects";

const day = 24 * 60 * 60 * 1000;
const isDelete = ({ method }: WireRequest) => method === "DELETE";

/** What a live key may call, and its scope. */
const uses = {
  integrationKey: {
    scope: "integration",
    path: ({ appId, integrationId }: Properties) =>
      `/v2/apps/${appId}/integrations/${integrationId}/webhooks`,
  },
  serviceAccountKey: { scope: "account", path: (_: Properties, version: string) => `/${version}/apps` },
} as const;

const keyRows = rows.filter(([name]) => name === "integrationKey" || name === "serviceAccountKey");

describe.each(keyRows)("a %s with API %s", (...row) => {
  const [name, version] = row;
  const definition = definitions[name];
  const { label } = definition;
  const use = uses[name as keyof typeof uses];
  const now = { now: 0, version };
  const jwtOf = (id: string, outputs: Properties) => String(definition.derived?.jwt?.(id, outputs));

  /** The status of a call with the token. */
  async function statusWith(world: World, inputs: Properties, token: string): Promise<number> {
    const url = `https://api.smooch.io${use.path(inputs, version)}`;
    const headers = { authorization: `Bearer ${token}` };
    return (await world.host.send({ method: "GET", url, headers, timeoutMs: 1000 })).status;
  }

  it("has a secret, and signs a token that Smooch accepts", async () => {
    const { world, inputs, id, state } = await openWithObject(row);
    expect(definition.secrets).toEqual(["secret"]);
    expect(state.secret).toMatch(/^[\w-]{80,}$/);
    const token = jwtOf(id, state);
    expect(jsonwebtoken.verify(token, String(state.secret), { complete: true })).toMatchObject({
      header: { kid: id },
      payload: { scope: use.scope },
    });
    expect(await statusWith(world, inputs, token)).toBe(200);
    expect(definition.derived?.jwt?.(id, { ...state, secret: undefined })).toBeUndefined();
  });

  it("is rotated by keepers while the old one still works, and the old one then stops", async () => {
    const { world, kind, context, inputs, id, state, held } = await openWithObject(row);
    const news = { ...inputs, keepers: { rotated: "2026-11" } };
    expect(kind.diff(id, state, news, now)).toEqual({ replaces: ["keepers"], deleteBeforeReplace: false });
    const next = await kind.create(context, news);
    expect(next.outputs).toMatchObject(news);
    expect(held()).toHaveLength(2);
    for (const token of [jwtOf(id, state), jwtOf(next.id, next.outputs)])
      expect(await statusWith(world, inputs, token)).toBe(200);
    await kind.delete(context, id, state);
    expect(await statusWith(world, inputs, jwtOf(id, state))).toBe(401);
    expect(await statusWith(world, inputs, jwtOf(next.id, next.outputs))).toBe(200);
    expect(kind.diff(next.id, next.outputs, { ...news, keepers: { rotated: "2026-12" } }, now)).toEqual({
      replaces: ["keepers"],
      deleteBeforeReplace: false,
    });
  });

  it("is rotated once it is old enough, by the time in its id", async () => {
    const { world, kind, context, inputs } = await open(row);
    const declared = { ...inputs, rotateAfterDays: 30 };
    const { id, outputs } = await kind.create(context, declared);
    const made = world.time;
    expect(kind.diff(id, outputs, declared, { now: made + 29 * day, version })).toEqual({ changes: false });
    expect(kind.diff(id, outputs, declared, { now: made + 31 * day, version })).toEqual({
      changes: true,
      replaces: ["rotateAfterDays"],
      deleteBeforeReplace: false,
      reason: `key ${id} is 31 days old, which is past its rotateAfterDays: a new one replaces it`,
    });
    const { failures } = kind.check(context.session, version, {}, { ...inputs, rotateAfterDays: 0 });
    expect(failures).toEqual([{ property: "rotateAfterDays", reason: "must be more than 0" }]);
  });

  it("keeps its secret if Smooch masks it, with a message", async () => {
    const { world, kind, context, id, state, inputs } = await openWithObject(row);
    world.emulator.overlay(id, { secret: "Y4SI********************" });
    expect((await kind.read(context, id, state))?.outputs).toEqual(state);
    expect(await kind.update(context, id, state, inputs)).toEqual(state);
    expect(world.said.filter((line) => line.startsWith("pulumi-smooch:"))).toEqual(
      Array(2).fill(
        `pulumi-smooch: Smooch now returns no secret, or only a masked one, for ${label} ${id}; the one in the state was kept`,
      ),
    );
  });

  it("whose secret Smooch never returns is kept in the state, without one", async () => {
    const { world, kind, context, inputs } = await open(row);
    world.intercept = async (_, forward) => {
      const given = await forward();
      return { ...given, body: given.body.replaceAll(/"secret":"[^"]*"/g, '"secret":"****"') };
    };
    const { id, outputs, message } = await partialFailure(kind.create(context, inputs));
    expect(message).toBe(
      `Smooch does not return the secret of ${label} ${id}, and the state has none: replace the resource with \`pulumi up --replace <urn>\`.`,
    );
    expect(outputs).toEqual({ ...inputs, __seenBy: context.credential });
  });

  it("counts as deleted only once it is proven", async () => {
    const { world, kind, context, id, state, held } = await openWithObject(row);
    world.intercept = async (request, forward) => (isDelete(request) ? answer(200) : forward());
    await expect(kind.delete(context, id, state)).rejects.toThrow(
      `Smooch was asked several times to delete ${label} ${id}, but it still exists.`,
    );
    expect(held()).toHaveLength(1);
    let isLost = false;
    world.intercept = async (request, forward) => {
      const response = await forward();
      if (isLost || !isDelete(request)) return response;
      isLost = true;
      throw lost;
    };
    await expect(kind.delete(context, id, state)).resolves.toBeUndefined();
    expect(held()).toEqual([]);
  });

  it("is gone for other credentials too, if Smooch refuses what it signs", async () => {
    const { world, kind, id, state, deleteHolder, context } = await openWithObject(row);
    await deleteHolder?.();
    if (name === "integrationKey") await context.smooch.apps.delete(String(state.appId));
    const other = world.rotated();
    expect(await kind.read(other, id, state)).toBeUndefined();
    await kind.delete(other, id, state);
    const { secret: _, ...without } = state;
    await expect(kind.read(other, id, without)).rejects.toThrow("it was last seen with other credentials");
    // At another address, the refusal of the token says nothing.
    const elsewhere = { ...state, __seenBy: `act_1@elsewhere.example/${version}` };
    await expect(kind.read(other, id, elsewhere)).rejects.toThrow("it was last seen with other credentials");
  });

  it("explains the limit of ten", async () => {
    const { kind, context, inputs } = await open(row);
    for (let n = 0; n < 10; n++) await kind.create(context, { ...inputs, name: `key ${n}` });
    const holder = definition.holder?.kind.label;
    await expect(kind.create(context, inputs)).rejects.toThrow(
      `the ${holder} already has 10 ${label}s, the most Smooch allows (HTTP 400). Delete one, or declare it in another ${holder}. If ${label}s of this ${holder} are being replaced, their old ones are deleted only at the end of the update`,
    );
  });
});

it("a key of an integration that is not custom is refused with what to check", async () => {
  const { kind, context, address, world } = await open(rowOf("integrationKey", "v2"));
  const { id: integrationId } = await context.smooch.integrations.create(String(address.appId), {
    type: "telegram",
    token: "7:t0ken",
  });
  await expect(kind.create(context, { ...address, integrationId, name: "bot" })).rejects.toThrow(
    "(HTTP 400). Only custom integrations have keys: check integrationId.",
  );
  world.intercept = async () => answer(403, { errors: [{ code: "forbidden", title: "No" }] });
  await expect(kind.create(context, { ...address, name: "bot" })).rejects.toThrow(
    "No (HTTP 403). Use an account key",
  );
});

it.each(["v1", "v1.1"] as const)("with API %s a service account's names are unique", async (version) => {
  const { kind, context, inputs, id } = await openWithObject(rowOf("serviceAccount", version));
  await expect(kind.create(context, inputs)).rejects.toThrow(
    `It looks like service account ${id}, which already exists: adopt that one if no other resource has it, or delete it if nothing uses it.`,
  );
});

it.each(["v1", "v1.1"] as const)("with API %s service accounts need an account key", async (version) => {
  const world = new World({}, version);
  const { accountKeyId: keyId, accountKeySecret: secret } = world.emulator.addServiceKey();
  const { kind, inputs } = await open(rowOf("serviceAccount", version));
  await expect(kind.create(world.context({ keyId, secret }), inputs)).rejects.toThrow("(HTTP 403).");
});
