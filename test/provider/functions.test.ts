import { describe, expect, it } from "vitest";
import { failureOf, functions, requireIds } from "../../src/provider/functions";
import { answer, withApp } from "./support";

describe("functions", () => {
  it("return an app, its keys, and a token that Smooch signs", async () => {
    const { context, appId } = await withApp("v1");
    const { smooch } = context;
    const key = await smooch.keys.create(appId, { name: "backend" });
    expect(await functions.getApp(smooch, { appId })).toMatchObject({
      id: appId,
      appToken: expect.any(String),
      settings: { maskCreditCardNumbers: true },
      metadata: {},
    });
    const said: string[] = [];
    expect(await functions.getKeys(smooch, { appId }, (line) => said.push(line))).toEqual({
      keys: [{ id: key.id, name: "backend", secret: key.secret }],
    });
    expect(said).toEqual([]);
    const { jwt } = await functions.getKeyJwt(smooch, { appId, keyId: key.id });
    expect(jwt).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it("returns empty settings and metadata if the API returns none", async () => {
    const { world, context, appId } = await withApp("v1");
    world.intercept = async () => answer(200, { app: { _id: appId, name: "Shop" } });
    expect(await functions.getApp(context.smooch, { appId })).toEqual({
      id: appId,
      name: "Shop",
      appToken: undefined,
      settings: {},
      metadata: {},
    });
  });

  it("asks for each secret that a list leaves out, and names the keys that it cannot return", async () => {
    const { world, context, appId } = await withApp("v1");
    const { smooch } = context;
    const [shown, masked] = [
      await smooch.keys.create(appId, { name: "a" }),
      await smooch.keys.create(appId, { name: "b" }),
    ];
    world.intercept = async (request, forward) => {
      const response = await forward();
      if (request.method !== "GET") return response;
      const hide = (key: { _id: string; secret?: string }, all: boolean) =>
        all || key._id === masked.id ? { ...key, secret: undefined } : key;
      const body = JSON.parse(response.body);
      if (body.keys) {
        const broken = { _id: "app_broken", displayName: 7 };
        return {
          ...response,
          body: JSON.stringify({
            ...body,
            keys: [...body.keys.map((key: never) => hide(key, true)), broken],
          }),
        };
      }
      return { ...response, body: JSON.stringify({ key: hide(body.key, false) }) };
    };
    const said: string[] = [];
    const { keys } = await functions.getKeys(smooch, { appId }, (line) => said.push(line));
    expect(keys).toEqual([{ id: shown.id, name: "a", secret: shown.secret }]);
    expect(said).toEqual([
      `getKeys of app ${appId} left out key app_broken: name is missing; key ${masked.id}: Smooch does not return its secret`,
    ]);
  });

  it("take ids only, and say which value is none", () => {
    expect(() => requireIds({ appId: "5a0b", keyId: "app_1" })).not.toThrow();
    expect(() => requireIds({ appId: "5a0b/keys" })).toThrow("appId must be an id: letters, digits, - and _");
    expect(() => requireIds({ appId: undefined })).toThrow("appId must be an id");
  });

  it("fail with a sentence that tells what to do next", async () => {
    const { world, context, appId } = await withApp("v1");
    const error = await functions
      .getApp(context.smooch, { appId: "5a0b1c2d3e4f5a6b7c8d9e0f" })
      .catch((caught) => caught);
    expect(failureOf(error)).toMatch(/Check the id and the account\.$/);
    world.intercept = async () => answer(401, { error: { code: "unauthorized" } });
    const refused = await functions.getApp(context.smooch, { appId }).catch((caught) => caught);
    expect(failureOf(refused)).toBe(refused.message);
    expect(failureOf(new Error("plain"))).toBe("plain");
    expect(failureOf("text")).toBe("text");
  });
});
