import { describe, expect, it } from "vitest";
import type { ApiVersion } from "../../src/smooch/api-version";
import type { SmoochClient } from "../../src/smooch/client";
import { SmoochError } from "../../src/smooch/errors";
import { TransportFault, type WireResponse } from "../../src/smooch/host";
import type { KeyPair } from "../../src/smooch/jwt";
import type { SecretKey } from "../../src/smooch/secret-key";
import { World } from "../support/world";

/** The calls for one kind of key. */
interface Keys {
  create(): Promise<SecretKey>;
  delete(id: string): Promise<boolean>;
  isRefused(key: KeyPair): Promise<boolean>;
}

async function appKeys(smooch: SmoochClient): Promise<Keys> {
  const { id } = await smooch.apps.create({ name: "Shop" });
  return {
    create: () => smooch.keys.create(id, { name: "backend" }),
    delete: (keyId) => smooch.keys.delete(id, keyId),
    isRefused: (key) => smooch.keys.isRefused(id, key),
  };
}

async function integrationKeys(smooch: SmoochClient): Promise<Keys> {
  const { id: appId } = await smooch.apps.create({ name: "Shop" });
  const webhooks = [{ target: "https://bot.example", triggers: ["conversation:message"] }];
  const { id: integrationId } = await smooch.integrations.create(appId, { type: "custom", webhooks });
  const at = { appId, integrationId };
  return {
    create: () => smooch.integrationKeys.create(at, { name: "bot" }),
    delete: (id) => smooch.integrationKeys.delete(at, id),
    isRefused: (key) => smooch.integrationKeys.isRefused(at, key),
  };
}

async function serviceAccountKeys(smooch: SmoochClient): Promise<Keys> {
  const { id: serviceAccountId } = await smooch.serviceAccounts.create({}, { name: "CI" });
  const at = { serviceAccountId };
  return {
    create: () => smooch.serviceAccountKeys.create(at, { name: "deploy" }),
    delete: (id) => smooch.serviceAccountKeys.delete(at, id),
    isRefused: (key) => smooch.serviceAccountKeys.isRefused(key),
  };
}

const rows: [string, ApiVersion, (smooch: SmoochClient) => Promise<Keys>, RegExp][] = [
  ["an app", "v1", appKeys, /^app_/],
  ["an app", "v1.1", appKeys, /^app_/],
  ["an app", "v2", appKeys, /^app_/],
  ["a custom integration", "v2", integrationKeys, /^int_/],
  ["a service account", "v1", serviceAccountKeys, /^svc_/],
  ["a service account", "v1.1", serviceAccountKeys, /^svc_/],
];

describe.each(rows)("a key of %s in API %s", (_, version, open, prefix) => {
  async function withKey() {
    const world = new World({}, version);
    const keys = await open(world.client());
    const { id: keyId, secret } = await keys.create();
    expect(keyId).toMatch(prefix);
    return { world, keys, pair: { keyId, secret: String(secret) } };
  }

  it("is refused by Smooch once it is deleted, and not before", async () => {
    const { keys, pair } = await withKey();
    expect(await keys.isRefused(pair)).toBe(false);
    expect(await keys.delete(pair.keyId)).toBe(true);
    expect(await keys.isRefused(pair)).toBe(true);
  });

  it.each<[string, WireResponse]>([
    ["a 401 without a code, as a proxy sends it", { status: 401, headers: {}, body: "{}" }],
    [
      "a 403",
      {
        status: 403,
        headers: {},
        body: '{"error":{"code":"forbidden"},"errors":[{"code":"forbidden"}]}',
      },
    ],
    [
      "a 404",
      {
        status: 404,
        headers: {},
        body: '{"error":{"code":"not_found"},"errors":[{"code":"not_found"}]}',
      },
    ],
  ])("is not proven to be refused by %s", async (_, response) => {
    const { world, keys, pair } = await withKey();
    world.intercept = async () => response;
    expect(await keys.isRefused(pair)).toBe(false);
  });

  it("is not proven to be refused if Smooch cannot be reached", async () => {
    const { world, keys, pair } = await withKey();
    world.intercept = async () => {
      throw new TransportFault("lost", "connection reset");
    };
    expect(await keys.isRefused(pair)).toBe(false);
  });

  it("is asked about without an account key, and its secret stays out of messages", async () => {
    const { world, keys, pair } = await withKey();
    let authorization = "";
    world.intercept = async ({ headers }) => {
      authorization = String(headers.authorization);
      throw new Error(`failed with ${pair.secret}`);
    };
    const error = await keys.isRefused(pair).catch((reason: unknown) => reason);
    expect(error).not.toBeInstanceOf(SmoochError);
    const [header = ""] = authorization.replace("Bearer ", "").split(".");
    expect(JSON.parse(Buffer.from(header, "base64url").toString())).toMatchObject({ kid: pair.keyId });
  });
});
