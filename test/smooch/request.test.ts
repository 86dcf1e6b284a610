import { describe, expect, it } from "vitest";
import type { WireRequest } from "../../src/smooch/host";
import { World } from "../support/world";

/** A client whose requests are kept. */
function watched(version: "v1" | "v2", auth: "jwt" | "basic" = "jwt") {
  const world = new World({}, version);
  const requests: WireRequest[] = [];
  world.intercept = async (request, forward) => {
    requests.push(request);
    return forward();
  };
  return { world, requests, smooch: world.client(undefined, { auth }) };
}

describe("a request", () => {
  it("asks for JSON, and says what it sends only if it sends something", async () => {
    const { requests, smooch } = watched("v2");
    const { id } = await smooch.apps.create({ name: "Shop" });
    await smooch.apps.get(id);
    await smooch.apps.delete(id);
    const [create, get, remove] = requests;
    expect(create).toMatchObject({
      headers: { accept: "application/json", "content-type": "application/json" },
      body: '{"displayName":"Shop"}',
    });
    for (const request of [get, remove]) {
      expect(request).not.toHaveProperty("body");
      expect(request?.headers).toEqual({ accept: "application/json", authorization: expect.any(String) });
    }
  });

  it("is signed as configured, in v1 always with a token", async () => {
    for (const [version, scheme] of [
      ["v1", /^Bearer /],
      ["v2", /^Basic /],
    ] as const) {
      const { requests, smooch } = watched(version, "basic");
      await smooch.apps.list();
      expect(requests[0]?.headers.authorization).toMatch(scheme);
    }
  });
});

describe("an error that quotes the request", () => {
  function refusing(description: string) {
    const { world, smooch } = watched("v1");
    const body = JSON.stringify({ error: { code: "bad_request", description } });
    world.intercept = async () => ({ status: 400, headers: {}, body });
    return smooch;
  }

  it.each([
    ["unchanged", '12:two\n\n  lines "quoted" '],
    ["as in JSON", '12:two\\n\\n  lines \\"quoted\\" '],
    ["on one line", '12:two lines "quoted"'],
  ])("hides a value that is quoted %s", async (_, quoted) => {
    const smooch = refusing(`<${quoted}> is refused`);
    const integration = { type: "telegram", token: '12:two\n\n  lines "quoted" ' } as const;
    await expect(smooch.integrations.create("5a0b", integration)).rejects.toThrow("<[secret]> is refused");
  });

  it("shows the API's own words", async () => {
    const settings = { useAnimalNames: true };
    const description = "telegram and message:appUser are allowed if useAnimalNames is true";
    const smooch = refusing(description);
    for (const refused of [
      smooch.apps.create({ name: "Shop", settings }),
      smooch.integrations.create("5a0b", { type: "telegram", token: "12:t0ken" }),
      smooch.webhooks.create("5a0b", { target: "https://a.example", triggers: ["message:appUser"] }),
    ])
      await expect(refused).rejects.toThrow(description);
  });
});

it("calls are sent about as fast as the API's rate limit allows", async () => {
  const world = new World({ rateLimit: 20 });
  const smooch = world.client();
  const { id } = await smooch.apps.create({ name: "Shop" });
  const from = world.time;
  await Promise.all(Array.from({ length: 1000 }, () => smooch.apps.get(id)));
  const refused = world.sent.length - 1001;
  expect(world.time - from).toBeLessThan(1.3 * (1000 / 20) * 1000);
  expect(refused).toBeLessThan(50);
});
