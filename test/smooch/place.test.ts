import { expect, it } from "vitest";
import { account, appIn, inApp, inside, pathTo } from "../../src/smooch/place";

const integration = inside(inApp("5a0b"), "integration", "5c0d");

it("a place has the path to what is in it, and the name that messages use", () => {
  expect(pathTo("v2", account, "apps")).toBe("/v2/apps");
  expect(account.name).toBe("");
  expect(pathTo("v2", inApp("5a0b"))).toBe("/v2/apps/5a0b");
  expect(inApp("5a0b").name).toBe("app 5a0b");
  expect(pathTo("v2", integration, "keys")).toBe("/v2/apps/5a0b/integrations/5c0d/keys");
  expect(integration.name).toBe("integration 5c0d of app 5a0b");
});

it("an object of the account can have a path segment of its own", () => {
  const place = inside(account, "service account", "5d0e", "serviceaccounts");
  expect(pathTo("v1", place, "keys")).toBe("/v1/serviceaccounts/5d0e/keys");
  expect(place.name).toBe("service account 5d0e");
});

it("everything inside an app knows the app, and what is outside has none", () => {
  expect(appIn(integration)).toBe("5a0b");
  expect(() => appIn(account)).toThrow("There is no app here.");
});

it.each(["..", "", "5a0b/keys", "5a0b?x"])("the id %j is refused, because it could lead elsewhere", (id) => {
  expect(() => pathTo("v2", inside(inApp("5a0b"), "integration", id))).toThrow("not a Smooch id");
});
