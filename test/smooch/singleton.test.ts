import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Endpoint } from "../../src/smooch/endpoint";
import { requireFit } from "../../src/smooch/fit";
import { inApp } from "../../src/smooch/place";
import { type SingletonForm, singletonIn } from "../../src/smooch/singleton";
import { refused, scripted } from "./endpoints/wire";

interface Greeting {
  text: string;
  token?: string | undefined;
}
const wire = z.object({ text: z.string(), token: z.string().optional() });
const form: SingletonForm<Greeting, Greeting> = {
  read: (greeting) => requireFit(wire, greeting),
  write: (body) => ({ body }),
};
const greeting: Endpoint<Greeting, typeof form> = {
  label: "greeting",
  forms: { v1: form, v2: { ...form, segment: "welcome", envelope: "message" } },
  secrets: ({ token }) => [token],
};

const address = { appId: "5a0b" };
const placeOf = ({ appId }: typeof address) => inApp(appId);

describe.each([
  ["v1", "/v1/apps/5a0b/greeting", "greeting"],
  ["v2", "/v2/apps/5a0b/welcome", "message"],
] as const)("an object without an id, in API %s", (version, path, envelope) => {
  it("is read, put and deleted under its app", async () => {
    const hello = { text: "Hello" };
    const { api, sent } = scripted(version, [{ [envelope]: hello }, { [envelope]: { text: "Hi" } }, {}]);
    const greetings = singletonIn(api, greeting, placeOf);
    const id = "greeting-5a0b";
    expect(await greetings.get(address)).toEqual({ ...hello, id });
    expect(await greetings.put(address, { text: "Hi" })).toEqual({ text: "Hi", id });
    expect(await greetings.delete(address)).toBe(true);
    expect(sent).toEqual([[`GET ${path}`], [`PUT ${path}`, { text: "Hi" }], [`DELETE ${path}`]]);
  });

  it("is listed as one item or none if its app exists", async () => {
    const app = {
      app: { [version === "v2" ? "id" : "_id"]: "5a0b", [version === "v2" ? "displayName" : "name"]: "Shop" },
    };
    const missing = refused(404, {
      error: { code: "not_found", description: "No." },
      errors: [{ code: "not_found", title: "No." }],
    });
    const { api, sent } = scripted(version, [
      { [envelope]: { text: "Hello" } },
      missing,
      app,
      missing,
      missing,
    ]);
    const greetings = singletonIn(api, greeting, placeOf);
    const one = { items: [{ text: "Hello", id: "greeting-5a0b" }], unreadable: [] };
    expect(await greetings.list(address)).toEqual(one);
    expect(await greetings.list(address)).toEqual({ items: [], unreadable: [] });
    await expect(greetings.list(address)).rejects.toThrow("Smooch refused to read app 5a0b: No (HTTP 404).");
    expect(sent).toEqual([
      [`GET ${path}`],
      [`GET ${path}`],
      [`GET /${version}/apps/5a0b`],
      [`GET ${path}`],
      [`GET /${version}/apps/5a0b`],
    ]);
  });

  it("is named by its app in errors, without its secrets", async () => {
    const { api } = scripted(version, [
      { [envelope]: { text: "Hello", token: "t0ken-of-the-app" } },
      refused(403, { error: { description: "t0ken-of-the-app" }, errors: [{ title: "t0ken-of-the-app" }] }),
      { [envelope]: { text: 7 } },
    ]);
    const greetings = singletonIn(api, greeting, placeOf);
    await greetings.get(address);
    await expect(greetings.delete(address)).rejects.toThrow(
      "Smooch refused to delete the greeting of app 5a0b: [secret] (HTTP 403).",
    );
    await expect(greetings.get(address)).rejects.toThrow(
      "The response from Smooch for the greeting of app 5a0b has an unexpected format: text has an unexpected value",
    );
  });
});

it("a kind of object that the API version lacks is reported without sending anything", () => {
  const { api, sent } = scripted("v1.1", []);
  const { get } = singletonIn(api, greeting, placeOf);
  expect(() => get(address)).toThrow("API v1.1 has no greetings: set smooch:apiVersion to v1 or v2.");
  expect(sent).toEqual([]);
});
