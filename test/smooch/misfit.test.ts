import { describe, expect, it } from "vitest";
import { apiVersions } from "../../src/smooch/api-version";
import { asSmoochError, IncompleteCreateError } from "../../src/smooch/errors";
import { Reads } from "../../src/smooch/reads";
import { named } from "../provider/support";
import { words } from "../support/words";
import { World } from "../support/world";
import { refused, scripted } from "./endpoints/wire";

const secret = "Y4SINFtAUzEjayxgUjJZoTjG";
const masked = ["*************", "Y4SI…TjG", "short", "", 7, null, undefined];

describe.each(apiVersions)("an object that does not match the schema of API %s", (version) => {
  const { id: idName, name: nameName } = words[version];
  const key = (id: string, more: object = {}) => named(version, id, "backend", { secret, ...more });

  it("is an error that names its fields but no values, and is not read again", async () => {
    const app = {
      ...named(version, "5a0b", "Shop"),
      [nameName]: 7,
      metadata: { good: "x", bad: { deep: "canary" } },
    };
    const { smooch, sent } = scripted(version, [{ app }]);
    await expect(smooch.apps.get("5a0b")).rejects.toMatchObject({
      message: `The response from Smooch for app 5a0b has an unexpected format: ${nameName} has an unexpected value, metadata.bad has an unexpected value (HTTP 200). Check the object in Smooch. If it looks right there, upgrade pulumi-smooch.`,
      status: undefined,
      mayBeApplied: true,
    });
    expect(sent).toHaveLength(1);
  });

  it("is reported with the request id", async () => {
    const body = JSON.stringify({ key: { [idName]: "app_1" } });
    const { smooch } = scripted(version, [{ status: 200, headers: { "x-request-id": "r1" }, body }]);
    await expect(smooch.keys.get("5a0b", "app_1")).rejects.toMatchObject({
      requestId: "r1",
      summary: `The response from Smooch for key app_1 of app 5a0b has an unexpected format: ${nameName} is missing (HTTP 200) [request r1].`,
    });
  });

  it("does not fail the rest of a list, which reports what is wrong with it", async () => {
    const odd = { [idName]: "5a0c", [nameName]: null, metadata: { a: ["b"] } };
    const page = { apps: [named(version, "5a0b", "Shop"), odd], hasMore: false };
    const { smooch } = scripted(version, [page]);
    const { items, unreadable } = await smooch.apps.list();
    expect(items.map(({ id }) => id)).toEqual(["5a0b"]);
    expect(unreadable).toEqual([
      { id: "5a0c", problem: `${nameName} is missing, metadata.a has an unexpected value` },
    ]);
  });

  it.each([[{ name: "x" }], ["x"], [null]])(
    "fails the whole list if it is %j, without an id",
    async (odd) => {
      const { smooch } = scripted(version, [{ keys: [key("app_1"), odd] }]);
      await expect(smooch.keys.list("5a0b")).rejects.toThrow(
        `The response from Smooch for keys of app 5a0b has an unexpected format: ${idName} of item 2 is missing (HTTP 200).`,
      );
    },
  );

  it("may have null for every optional field", async () => {
    const app = named(version, "5a0b", "Shop", {
      appToken: null,
      settings: null,
      metadata: { a: "b", c: null },
    });
    const { smooch } = scripted(version, [{ app }]);
    expect(await smooch.apps.get("5a0b")).toEqual({ id: "5a0b", name: "Shop", metadata: { a: "b" } });
  });

  it("may have settings of other types, or without a name, which are left out", async () => {
    const settings = { useAnimalNames: true, limit: 3, theme: "dark", "": true };
    const { smooch } = scripted(version, [{ app: named(version, "5a0b", "Shop", { settings }) }]);
    expect((await smooch.apps.get("5a0b")).settings).toEqual({ useAnimalNames: true, limit: 3 });
  });

  it.each(masked)("has no secret if Smooch returns %j for it", async (given) => {
    const { smooch } = scripted(version, [{ keys: [key("app_1", { secret: given })] }]);
    const { items } = await smooch.keys.list("5a0b");
    expect(items).toEqual([{ id: "app_1", name: "backend", secret: undefined }]);
  });

  it("counts when finding where the next page begins", async () => {
    const pages =
      version === "v2"
        ? [{ apps: [named(version, "a1", "A"), { id: "a2" }], meta: { hasMore: true } }, { apps: [] }]
        : [{ apps: [named(version, "a1", "A"), { _id: "a2" }], hasMore: true }, { apps: [] }];
    const { smooch, sent } = scripted(version, pages);
    expect((await smooch.apps.list()).unreadable).toEqual([{ id: "a2", problem: `${nameName} is missing` }]);
    expect(sent[1]).toEqual([
      version === "v2"
        ? "GET /v2/apps?page[size]=100&page[after]=a2"
        : `GET /${version}/apps?limit=100&offset=2`,
    ]);
  });

  describe("in the response to a create", () => {
    const path = `/${version}/apps/5a0b/keys`;
    const create = (...answers: Parameters<typeof scripted>[1]) => {
      const { smooch, sent } = scripted(version, answers);
      return { made: smooch.keys.create("5a0b", { name: "backend" }), sent };
    };

    it.each([
      ["its name", { [idName]: "app_1", secret }],
      ["its secret", named(version, "app_1", "backend")],
    ])("is read separately if it lacks %s", async (_, partial) => {
      const { made, sent } = create({ key: partial }, { key: key("app_1") });
      expect(await made).toEqual({ id: "app_1", name: "backend", secret });
      expect(sent).toEqual([[`POST ${path}`, { [nameName]: "backend" }], [`GET ${path}/app_1`]]);
    });

    it("is read separately whatever its kind", async () => {
      const app = named(version, "5a0b", "Shop");
      const apps = scripted(version, [{ app: { [idName]: "5a0b" } }, { app }]);
      expect((await apps.smooch.apps.create({ name: "Shop" })).name).toBe("Shop");
      const web = scripted(version, [
        { integration: { [idName]: "5c0d" } },
        { integration: { [idName]: "5c0d", type: "web", status: "active" } },
      ]);
      expect((await web.smooch.integrations.create("5a0b", { type: "web" })).status).toBe("active");
      const hook = { [idName]: "57ff", target: "https://a.example", triggers: [], secret };
      const [noun, whole] =
        version === "v2"
          ? ["integration", { id: "57ff", type: "custom", webhooks: [hook] }]
          : ["webhook", hook];
      const hooks = scripted(version, [{ [noun]: { [idName]: "57ff" } }, { [noun]: whole }]);
      const made = await hooks.smooch.webhooks.create("5a0b", { target: "https://a.example", triggers: [] });
      expect(made.secret).toBe(secret);
    });

    it("may still lack its secret after that", async () => {
      const { made } = create(
        { key: named(version, "app_1", "backend") },
        { key: named(version, "app_1", "backend") },
      );
      expect(await made).toEqual({ id: "app_1", name: "backend", secret: undefined });
    });

    it("is reported with its id if it cannot be read either", async () => {
      const error = await create({ key: { [idName]: "app_1" } }, refused(403)).made.catch(
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(IncompleteCreateError);
      expect(error).toMatchObject({
        id: "app_1",
        message:
          'Smooch created a key in app 5a0b with the id app_1, but did not return all of it. Smooch refused to read key app_1 of app 5a0b: the credentials do not give access to it (HTTP 403). Use an account key, or for what is in an app, except its keys, a key of that app: managing apps, their keys and service accounts needs the scope "account".',
      });
    });

    it("may have been created even if it has no id", async () => {
      const error = asSmoochError(
        await create({ key: { [nameName]: "backend" } }).made.catch((caught: unknown) => caught),
      );
      expect(error.mayBeApplied).toBe(true);
      expect(error.summary).toBe(
        `The response from Smooch for a key in app 5a0b has an unexpected format: ${idName} is missing (HTTP 200).`,
      );
    });
  });

  it("is read separately if a list hides its secret", async () => {
    const world = new World({}, version);
    const client = world.client(undefined, {}, new Reads(world.host));
    const app = await client.apps.create({ name: "Shop" });
    const made = await client.keys.create(app.id, { name: "backend" });
    const keys = `/${version}/apps/${app.id}/keys`;
    world.intercept = async (request, forward) => {
      const answer = await forward();
      if (new URL(request.url).pathname !== keys) return answer;
      return { ...answer, body: answer.body.replaceAll(String(made.secret), "****") };
    };
    world.sent.length = 0;
    expect(await client.keys.get(app.id, made.id)).toEqual(made);
    expect(world.sent).toEqual([`GET ${keys}`, `GET ${keys}/${made.id}`]);
  });
});

it.each([["v1"], ["v1.1"]] as const)(
  "a webhook of %s may have null for its version and flags",
  async (version) => {
    const webhook = {
      _id: "57ff",
      target: "https://a.example",
      triggers: ["message"],
      secret,
      version: null,
      includeClient: null,
      includeFullAppUser: null,
    };
    const { smooch } = scripted(version, [{ webhook }]);
    expect(await smooch.webhooks.get("5a0b", "57ff")).toEqual({
      id: "57ff",
      target: "https://a.example",
      triggers: ["message"],
      secret,
      version,
    });
  },
);

it("a custom integration is read separately if a list hides its secret, unlike others", async () => {
  const world = new World({}, "v2");
  const client = world.client(undefined, {}, new Reads(world.host));
  const { id: appId } = await client.apps.create({ name: "Shop" });
  const hook = { target: "https://a.example", triggers: ["conversation:message"] };
  const custom = await client.integrations.create(appId, { type: "custom", webhooks: [hook] });
  const web = await client.integrations.create(appId, { type: "web" });
  const list = `/v2/apps/${appId}/integrations`;
  world.intercept = async (request, forward) => {
    const answer = await forward();
    if (new URL(request.url).pathname !== list) return answer;
    return { ...answer, body: answer.body.replaceAll(String(custom.webhookSecret), "****") };
  };
  world.sent.length = 0;
  expect(await client.integrations.get(appId, custom.id)).toEqual(custom);
  expect(await client.integrations.get(appId, web.id)).toEqual(web);
  expect(world.sent).toEqual([`GET ${list}`, `GET ${list}/${custom.id}`]);
});

it("a v2 key whose secret Smooch hides signs no token", async () => {
  const { smooch } = scripted("v2", [{ key: named("v2", "app_1", "backend") }]);
  await expect(smooch.keys.getJwt("5a0b", "app_1")).rejects.toThrow(
    "Smooch does not return the secret of key app_1.",
  );
});

describe("a call that needs the app's own key", () => {
  const read = (...keys: object[]) => [
    {
      integration: {
        id: "5c0d",
        type: "custom",
        webhooks: [{ id: "57ff", target: "https://a.example", triggers: [], secret }],
      },
    },
    refused(403),
    { keys },
  ];
  const update = { target: "https://b.example" };
  const webhook = { id: "57ff", target: "https://b.example", triggers: [], secret };

  it("reads a key separately if the list hides its secret, and then tries the next", async () => {
    const { smooch, sent } = scripted("v2", [
      ...read(named("v2", "app_1", "a"), named("v2", "app_2", "b")),
      { key: named("v2", "app_1", "a") },
      { key: named("v2", "app_2", "b", { secret }) },
      { webhook },
    ]);
    expect((await smooch.webhooks.update("5a0b", "5c0d", update)).target).toBe("https://b.example");
    const path = "/v2/apps/5a0b";
    expect(sent.slice(2)).toEqual([
      [`GET ${path}/keys`],
      [`GET ${path}/keys/app_1`],
      [`GET ${path}/keys/app_2`],
      [`PATCH ${path}/integrations/5c0d/webhooks/57ff`, update],
    ]);
  });

  it("fails if no key shows its secret", async () => {
    const { smooch } = scripted("v2", [
      ...read(named("v2", "app_1", "a")),
      { key: named("v2", "app_1", "a") },
    ]);
    await expect(smooch.webhooks.update("5a0b", "5c0d", update)).rejects.toThrow(
      "app 5a0b has none that Smooch shows: declare a SmoochKey in it.",
    );
  });
});
