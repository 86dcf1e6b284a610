import { expect, it } from "vitest";
import { TransportFault } from "../../src/smooch/host";
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
