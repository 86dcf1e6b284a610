import * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, it } from "vitest";
import { getApp, getKeyJwt, getKeys, SmoochKey } from "../../src/index";

const resolved = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });
const called: [string, unknown][] = [];
const app = { id: "5a0b", name: "Shop", settings: {}, metadata: {} };
const key = { id: "app_1", name: "backend", secret: "s3cret" };

beforeAll(async () => {
  // As in Pulumi's guide to unit testing.
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `${name}_id`, state: inputs }),
    call: ({ token, inputs }) => {
      called.push([token, inputs]);
      return { ...app, keys: [key], jwt: "t0ken" };
    },
  });
});

it("a key for which the mocks return no secret has an undefined JWT", async () => {
  expect(await resolved(new SmoochKey("backend", { appId: "5a0b" }).jwt)).toBeUndefined();
});

it("the functions use the mocked `call`, and no account", async () => {
  expect(await resolved(getApp({ appId: "5a0b" }))).toMatchObject(app);
  expect(await resolved(getKeys({ appId: "5a0b" }))).toEqual([key]);
  expect(await resolved(getKeyJwt({ appId: "5a0b", keyId: "app_1" }))).toBe("t0ken");
  expect(called).toEqual([
    ["smooch:index:getApp", { appId: "5a0b" }],
    ["smooch:index:getKeys", { appId: "5a0b" }],
    ["smooch:index:getKeyJwt", { appId: "5a0b", keyId: "app_1" }],
  ]);
});
