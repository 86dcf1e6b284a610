import { describe, expect, test } from "vitest";
import type { SmoochClient } from "../../src/smooch/client";
import { World } from "../support/world";
import { type Ids, type Legacy, newIntegration, rowsOf } from "./legacy";
import { directRows, playRow } from "./legacy-objects";
import { Recorder } from "./recorder";

describe.each<Legacy>(["v1", "v1.1"])("API %s, checked against v1's reference", (version) => {
  test.each(rowsOf(version))(
    "$operation",
    async ({ run, sent: [method, path], query, body, status, answer }) => {
      const world = new World({}, version);
      const recorder = new Recorder();
      const client = world.client();
      const ids = await prepare(client);
      world.intercept = recorder.intercept;
      // Some rows are refusals, so the call may fail: only what went over the wire is checked.
      await run(client, ids).catch(() => undefined);

      const [{ request, answer: given }, ...more] = recorder.atLeastOne();
      expect(more).toEqual([]);
      expect(request.method).toBe(method);
      expect(request.path).toBe(
        `/${version}${path.replace(/\{(\w+)\}/g, (_, name: keyof Ids) => ids[name])}`,
      );
      expect(Object.fromEntries(new URLSearchParams(request.query))).toEqual(query ?? {});
      expect(request.body && JSON.parse(request.body)).toEqual(body);
      expect(request.headers["content-type"]).toBe(body && "application/json");
      expect(given.status).toBe(status);
      expect(given.headers["content-type"]).toMatch(/^application\/json/);
      expect(answer.safeParse(JSON.parse(given.body)).error?.issues).toBe(undefined);
    },
  );
});

describe.each<Legacy>(["v1", "v1.1"])(
  "the emulator alone in %s, checked against v1's reference",
  (version) => {
    test.each(directRows)("$operation", async (row) => {
      const { answer } = await playRow(row, version, new Recorder());
      expect(answer.status).toBe(row.status);
      expect(row.answer.safeParse(JSON.parse(answer.body)).error?.issues).toBe(undefined);
    });
  },
);

async function prepare(client: SmoochClient): Promise<Ids> {
  const app = await client.apps.create({ name: "Shop", metadata: { tier: "gold" } });
  const key = await client.keys.create(app.id, { name: "backend" });
  const webhook = await client.webhooks.create(app.id, {
    target: "https://example.com/hook",
    triggers: ["message:appUser"],
  });
  const integration = await client.integrations.create(app.id, newIntegration);
  return { app: app.id, key: key.id, webhook: webhook.id, integration: integration.id };
}
