import { expect, test } from "vitest";
import { World } from "../support/world";
import { describeContract } from "./description";
import { Recorder } from "./recorder";
import { loadChecker } from "./validator";

describeContract("the exchange recorder", () => {
  test("reports wrong responses from the API and wrong requests from the client", async () => {
    const world = new World({}, "v2");
    const recorder = new Recorder(await loadChecker());
    const client = world.client();
    const { id } = await client.apps.create({ name: "Shop" });
    world.intercept = (request, forward) =>
      recorder.intercept(request, async () => {
        const response = await forward();
        return { ...response, body: response.body.replace('"displayName"', '"name"') };
      });
    await client.apps.get(id).catch(() => undefined);
    // The client retries, as it does after a truncated response.
    expect(recorder.violations.slice(0, 2)).toEqual([
      "GetApp 200: /app must have required property 'displayName' (displayName)",
      "GetApp 200: /app must NOT have additional properties (name)",
    ]);

    recorder.exchanges.length = 0;
    world.intercept = (request, forward) =>
      recorder.intercept({ ...request, body: '{"displayName":"Shop","colour":"red"}' }, forward);
    await client.apps.update(id, { name: "Store" });
    expect(recorder.violations).toEqual([
      "UpdateApp: /requestBody must NOT have additional properties (colour)",
    ]);
    expect(recorder.refused).toEqual([]);
    expect(recorder.operationsSeen).toEqual(new Map([["UpdateApp", new Set([200])]]));
  });

  test("treats the refusal of a request that the description also refuses as agreement", async () => {
    const world = new World({}, "v2");
    const recorder = new Recorder(await loadChecker());
    world.intercept = recorder.intercept;
    await expect(world.client().apps.create({ name: "" })).rejects.toMatchObject({ status: 400 });
    expect(recorder.violations).toEqual([]);
    expect(recorder.refused).toHaveLength(1);
  });

  test("wraps a transport as well", async () => {
    const world = new World({}, "v2");
    const recorder = new Recorder(await loadChecker());
    const send = recorder.wrap(world.host.send);
    await send({ method: "GET", url: "https://api.smooch.io/v2/apps", headers: {}, timeoutMs: 1000 });
    expect(recorder.operationsSeen).toEqual(new Map([["ListApps", new Set([401])]]));
    expect(recorder.violations).toEqual([]);
  });
});
