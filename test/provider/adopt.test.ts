import { describe, expect, it } from "vitest";
import { keepAdoption, requireMatch } from "../../src/provider/adopt";
import { Session } from "../../src/provider/context";
import { app } from "../../src/provider/kinds/app";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { words } from "../support/words";
import { World } from "../support/world";
import { answer, apps, integrations, keys, messageOf, named, webhooks } from "./support";

async function withKey(version: ApiVersion) {
  const world = new World({}, version);
  const smooch = world.client();
  const made = await smooch.apps.create({ name: "Shop", metadata: { tier: "gold" } });
  const { id, secret } = await smooch.keys.create(made.id, { name: "backend" });
  return { world, context: world.context(), appId: made.id, id, secret };
}

describe.each(apiVersions)("an adopting create with API %s", (version) => {
  const { message } = words[version];

  it("returns the object as if it had created it, and changes nothing", async () => {
    const { world, context, appId, id, secret } = await withKey(version);
    world.sent.length = 0;
    const declared = { appId, name: "backend", keepers: { n: 1 } };
    expect(await keys.create(context, { ...declared, __adopt: id })).toEqual({
      id,
      outputs: { ...declared, secret, __seenBy: context.credential },
    });
    expect(world.sent).toEqual([`GET /${version}/apps/${appId}/keys/${id}`]);
    // It makes no difference whether the program still adopts the object or no longer does.
    const { outputs } = await keys.create(context, { ...declared, __adopt: id });
    for (const news of [declared, { ...declared, __adopt: id }]) {
      expect(keys.diff(id, outputs, news, { now: world.time, version })).toEqual({ changes: false });
      expect(await keys.update(context, id, outputs, news)).toEqual(outputs);
    }
  });

  it("refuses an object that differs, without printing values that may be secret", async () => {
    const { context, appId, id } = await withKey(version);
    expect(await messageOf(keys.create(context, { appId, name: "other", __adopt: id }))).toContain(
      `key ${id} cannot be adopted, because it is not as the program declares it: name differs. Nothing was changed.`,
    );
    const hook = await context.smooch.webhooks.create(appId, {
      target: "https://a.example/t0ken",
      triggers: [message],
    });
    const declared = { appId, target: "https://b.example/t0ken", triggers: [message], version };
    await expect(webhooks.create(context, { ...declared, __adopt: hook.id })).rejects.toThrow(
      `webhook ${hook.id} cannot be adopted, because it is not as the program declares it: target differs. Nothing was changed.`,
    );
    await expect(
      apps.create(context, {
        name: "Shop",
        metadata: {},
        settings: { useAnimalNames: true, maskCreditCardNumbers: true },
        __adopt: appId,
      }),
    ).rejects.toThrow("settings.useAnimalNames differs; metadata has more entries in Smooch.");
    await context.smooch.apps.update(appId, { metadata: {} });
    await expect(apps.create(context, { name: "Shop", metadata: { a: 1 }, __adopt: appId })).rejects.toThrow(
      "metadata.a is not set in Smooch.",
    );
  });

  it("names what is not set in Smooch", async () => {
    const { world, context, appId } = await withKey(version);
    world.intercept = async () => answer(200, { app: named(version, appId, "Shop") });
    await expect(
      apps.create(context, { name: "Shop", settings: { useAnimalNames: true }, __adopt: appId }),
    ).rejects.toThrow("settings.useAnimalNames is not set in Smooch.");
  });

  it("reports that there is nothing to adopt, and any other failure", async () => {
    const { world, context, appId } = await withKey(version);
    const adopt = () =>
      keys.create(context, { appId, name: "backend", __adopt: "app_5735dcf248011972d621dc01" });
    await expect(adopt()).rejects.toThrow("There is nothing to adopt: check the id and the account.");
    world.intercept = async () => answer(403);
    await expect(adopt()).rejects.toThrow("(HTTP 403). Use an account key, or");
  });

  it("protects the object from being deleted by the resource that had it before", async () => {
    const { world, context, appId, id } = await withKey(version);
    const { outputs } = await keys.create(context, { appId, name: "backend", __adopt: id });
    await keys.delete(context, id, outputs);
    expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
    expect(world.said.at(-1)).toBe(
      `pulumi-smooch: key ${id} was adopted again and stays as it is; remove the adoption from the program to have it replaced`,
    );
    await keys.delete(world.context(), id, outputs);
    expect(world.emulator.snapshot().keys).toEqual([]);
  });
});

it("an adopting create refuses a webhook that was created through another API version", async () => {
  const { world, context, appId } = await withKey("v2");
  const old = await context.smooch
    .in("v1")
    .webhooks.create(appId, { target: "https://a.example", triggers: ["message"] });
  const [integration] = world.emulator.snapshot().integrations;
  const declared = { appId, target: "https://a.example", triggers: ["message"], version: "v2" };
  await expect(webhooks.create(context, { ...declared, __adopt: integration?.id })).rejects.toThrow(
    `webhook ${integration?.id} cannot be adopted, because it is not as the program declares it: version differs. Nothing was changed.`,
  );
  const { id, outputs } = await webhooks.create(context, { ...declared, version: "v1", __adopt: old.id });
  expect(id).toBe(old.id);
  expect(outputs).toEqual({
    ...declared,
    version: "v1",
    secret: old.secret,
    __seenBy: context.credential,
  });
});

describe("check of an adoption", () => {
  const inputs = { appId: "5a0b", name: "backend" };
  const id = "app_5735dcf248011972d621dc01";
  const notAnId = {
    property: "import",
    reason: "must be the id of the object to adopt: letters, digits, - and _",
  };

  it("keeps the id for the first create, and drops it for a replacement", () => {
    const session = new Session();
    expect(keys.check(session, "v1", {}, { ...inputs, __adopt: id }).inputs).toEqual({
      ...inputs,
      __adopt: id,
    });
    const again = keys.check(session, "v1", { ...inputs }, { ...inputs, __adopt: id });
    expect(again.warnings).toEqual([]);
    expect(keys.check(session, "v1", {}, { ...inputs, __adopt: id }).inputs).toEqual(inputs);
    expect(keys.check(new Session(), "v1", {}, inputs)).toEqual({ inputs, failures: [], warnings: [] });
    const named = { ...inputs, __resource: "dev/backend" };
    expect(keys.check(new Session(), "v1", {}, named)).toEqual({ inputs: named, failures: [], warnings: [] });
  });

  it.each([
    ["", {}, [notAnId]],
    ["..", {}, [notAnId]],
    ["app_1/../..", {}, [notAnId]],
    [
      "app_5734146407a69b610074",
      { rotateAfterDays: 30 },
      [
        {
          property: "",
          reason: "rotateAfterDays cannot be used: the object's id does not tell when it was created",
        },
      ],
    ],
    ["app_5734146407a69b610074", {}, []],
    [id, { rotateAfterDays: 30 }, []],
    ["04da6b54-80e4-46f7-96ec-b56ff0331ba9", { rotateAfterDays: 30 }, []],
  ])("of %j with %o", (adoptId, more, failures) => {
    expect(keys.check(new Session(), "v1", {}, { ...inputs, ...more, __adopt: adoptId }).failures).toEqual(
      failures,
    );
  });

  it("requires the fields that create an integration only when a replacement creates one", () => {
    const session = new Session();
    const bare = { appId: "5a0b", type: "telegram" };
    const failures = (olds: object) =>
      integrations.check(session, "v2", { ...olds }, { ...bare, __adopt: id }).failures;
    expect(failures({})).toEqual([]);
    expect(failures(bare)).toEqual([]);
    expect(failures({})).toEqual([{ property: "token", reason: "is required for telegram" }]);
  });

  it("accepts the id of an app without a creation time", () => {
    expect(apps.check(new Session(), "v1", {}, { name: "Shop", __adopt: "5a0b" }).failures).toEqual([]);
  });
});

describe("keepAdoption", () => {
  it("keeps nothing for a resource that adopts nothing", () => {
    const session = new Session();
    expect(keepAdoption(session, "dev/app", undefined, true)).toStrictEqual({});
    expect(session.owned.has("undefined")).toBe(false);
  });
});

it("says that an object which the program declares is not there at all", () => {
  const declared = { name: "Shop", metadata: { tier: "gold" } };
  expect(() => requireMatch(app, "5a0b", declared, { name: "Shop" })).toThrow(
    "metadata is not set in Smooch",
  );
  expect(() => requireMatch(app, "5a0b", { name: "Shop", metadata: "text" }, declared)).toThrow(
    "metadata differs",
  );
});
