import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

describe("keys of v2", () => {
  it("return their secret every time", async () => {
    const bench = new Bench();
    const keys = `/v2/apps/${await bench.createApp()}/keys`;
    const { key } = await bench.expect(201, "POST", keys, { body: { displayName: "backend" } });
    expect(key).toEqual({
      id: expect.stringMatching(/^app_[0-9a-f]{24}$/),
      displayName: "backend",
      secret: expect.stringMatching(/^[\w-]{86}$/),
    });
    expect(await bench.expect(200, "GET", keys)).toEqual({ keys: [key] });
    expect(await bench.expect(200, "GET", `${keys}/${key.id}`)).toEqual({ key });
    expect(await bench.refusal("GET", `${keys}/${key.id}/jwt`)).toEqual([501, "emulator_unknown_request"]);
    expect(await bench.expect(200, "DELETE", `${keys}/${key.id}`)).toEqual({});
    for (const method of ["GET", "DELETE"]) {
      expect(await bench.refusal(method, `${keys}/${key.id}`)).toEqual([404, "not_found"]);
    }
  });

  it.each([[{}], [{ displayName: "" }], [{ displayName: "x".repeat(101) }], [{ name: "backend" }]])(
    "refuse %j with 400",
    async (body) => {
      const bench = new Bench();
      const keys = `/v2/apps/${await bench.createApp()}/keys`;
      expect(await bench.refusal("POST", keys, { body })).toEqual([400, "bad_request"]);
    },
  );

  it("are limited to ten per app, whichever API version created them", async () => {
    const bench = new Bench();
    const appId = await bench.createApp();
    for (let count = 0; count < 10; count++) await bench.createKey(appId);
    const body = { displayName: "eleventh" };
    expect(await bench.refusal("POST", `/v2/apps/${appId}/keys`, { body })).toEqual([400, "bad_request"]);
  });
});
