import { expect, it } from "vitest";
import { TransportFault, type WireResponse } from "../../src/smooch/host";
import { World } from "../support/world";

it("logs one line per attempt, with the reason for a retry and no secret", async () => {
  const world = new World();
  const smooch = world.client();
  const app = await smooch.apps.create({ name: "Shop" });
  let calls = 0;
  world.intercept = async (_, forward) => {
    world.time += 12;
    calls++;
    if (calls === 1) return { status: 503, headers: {}, body: "" };
    if (calls === 2) throw new TransportFault("lost", "connection reset");
    return forward();
  };
  const { secret } = await smooch.keys
    .create(app.id, { name: "backend" })
    .catch(() => smooch.keys.create(app.id, { name: "b" }))
    .catch(() => smooch.keys.create(app.id, { name: "c" }));
  await smooch.keys.list(app.id);
  expect(world.said).toEqual([
    "smooch: create, POST /v1/apps, done, 0 ms, attempt 1",
    `smooch: create, POST /v1/apps/${app.id}/keys, HTTP 503, 12 ms, attempt 1`,
    `smooch: create, POST /v1/apps/${app.id}/keys, lost, 12 ms, attempt 1`,
    `smooch: create, POST /v1/apps/${app.id}/keys, done, 12 ms, attempt 1`,
    `smooch: list, GET /v1/apps/${app.id}/keys, done, 12 ms, attempt 1`,
  ]);
  expect(world.said.join()).not.toContain(secret);
});

it("logs how long it waits before a retry", async () => {
  const world = new World();
  let calls = 0;
  world.intercept = async (_, forward) =>
    ++calls === 1 ? { status: 503, headers: { "retry-after": "2" }, body: "" } : forward();
  await world.client().apps.list();
  expect(world.said).toEqual([
    "smooch: list, GET /v1/apps, HTTP 503, again in 2000 ms, 0 ms, attempt 1",
    "smooch: list, GET /v1/apps, done, 0 ms, attempt 2",
  ]);
});

it.each<[string, () => Promise<WireResponse>]>([
  ["HTTP 503", respond(503)],
  ["HTTP 404", respond(404, "{}")],
  ["HTTP 404", respond(404, '{"error":{"code":"app_not_found"}}')],
  ["unreadable", respond(200, "<html>")],
  ["unreadable", respond(200, "[]")],
  ["misfit", respond(200, '{"app":{"_id":"5a0b1c2d3e4f5a6b7c8d9e0f"}}')],
  ["lost", fail("lost")],
  ["oversized", fail("oversized")],
  ["stopped", fail("stopped")],
  ["unsent", fail("unsent")],
  ["unsent", fail("unsent", "EPROTO")],
  ["notRunning", fail("unsent", "ECONNREFUSED")],
  ["untrusted", fail("unsent", "CERT_HAS_EXPIRED")],
  ["untrusted", fail("unsent", "SELF_SIGNED_CERT_IN_CHAIN")],
])("calls a failed attempt %s", async (word, answer) => {
  const world = new World();
  world.intercept = answer;
  const smooch = world.client(undefined, { baseUrl: "http://127.0.0.1:4010" });
  await expect(smooch.apps.get("5a0b1c2d3e4f5a6b7c8d9e0f")).rejects.toThrow();
  expect(world.said.at(-1)).toContain(`smooch: read, GET /v1/apps/5a0b1c2d3e4f5a6b7c8d9e0f, ${word}, `);
});

it("calls an object that a list does not show absent", async () => {
  const world = new World({}, "v2");
  world.intercept = respond(200, '{"switchboards":[]}');
  const get = world.client().switchboards.get("5a0b1c2d3e4f5a6b7c8d9e0f", "5a0b1c2d3e4f5a6b7c8d9e0e");
  await expect(get).rejects.toThrow();
  expect(world.said.at(-1)).toContain(", absent, ");
});

function respond(status: number, body = ""): () => Promise<WireResponse> {
  return () => Promise.resolve({ status, headers: {}, body });
}

function fail(kind: TransportFault["kind"], code?: string): () => Promise<never> {
  return () => Promise.reject(new TransportFault(kind, "it failed", code));
}
