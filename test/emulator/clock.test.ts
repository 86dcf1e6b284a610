import { describe, expect, it } from "vitest";
import { Bench, sign } from "./support";

const day = 86_400_000;

describe("shiftClock", () => {
  it("shifts ids, dates and the log by the offset from the host's clock", async () => {
    const bench = new Bench();
    bench.emulator.shiftClock(-5 * day);
    bench.emulator.shiftClock(-day);
    const appId = await bench.createApp();
    expect(Number.parseInt(appId.slice(0, 8), 16) * 1000).toBe(bench.host.time - day);
    const { headers } = await bench.call("GET", "/v1/apps");
    expect(headers.date).toBe("Mon, 22 Oct 2018 00:00:00 GMT");
    expect(bench.emulator.requests[0]?.at).toBe(bench.host.time - day);
    bench.emulator.shiftClock(0);
    expect((await bench.call("GET", "/v1/apps")).headers.date).toBe("Tue, 23 Oct 2018 00:00:00 GMT");
  });

  it("decides whether a token has expired", async () => {
    const bench = new Bench();
    const { accountKeyId, accountKeySecret } = bench.emulator;
    const exp = bench.host.time / 1000 + 60;
    const token = sign(accountKeyId, accountKeySecret, { scope: "account", exp });
    const status = async () => (await bench.call("GET", "/v1/apps", { token })).status;
    expect(await status()).toBe(200);
    bench.emulator.shiftClock(60_000);
    expect(await status()).toBe(401);
  });

  it("leaves the rate limit alone", async () => {
    const bench = new Bench({ rateLimit: 1 });
    const status = async () => (await bench.call("GET", "/v1/apps")).status;
    expect(await status()).toBe(200);
    bench.emulator.shiftClock(day);
    expect(await status()).toBe(429);
    bench.emulator.shiftClock(-day);
    bench.host.time += 1000;
    expect(await status()).toBe(200);
  });

  it.each([-1_540_252_800_001, 2 ** 32 * 1000, Number.NaN])(
    "refuses times that ids cannot hold: %d",
    (offset) => {
      const { emulator } = new Bench();
      expect(() => emulator.shiftClock(offset)).toThrow(
        new RangeError("The emulator's clock must stay between the years 1970 and 2106."),
      );
    },
  );
});

describe("POST /_emulator/clock", () => {
  it("does the same for other processes", async () => {
    const bench = new Bench();
    const { status, body } = await bench.call("POST", "/_emulator/clock", {
      body: { offsetMs: -day },
      token: null,
    });
    expect([status, body]).toEqual([200, { offsetMs: -day }]);
    expect((await bench.call("GET", "/v1/apps")).headers.date).toBe("Mon, 22 Oct 2018 00:00:00 GMT");
  });

  it.each([
    [{}, "offsetMs: must be a whole number of milliseconds"],
    [{ offsetMs: "1" }, "offsetMs: must be a whole number of milliseconds"],
    [{ offsetMs: 1, now: 2 }, 'Unrecognized key: "now"'],
    [{ offsetMs: 1e13 }, "The emulator's clock must stay between the years 1970 and 2106."],
  ])("refuses %j", async (body, description) => {
    const answer = await new Bench().call("POST", "/_emulator/clock", { body });
    expect([answer.status, answer.body]).toEqual([400, { error: { code: "bad_request", description } }]);
  });
});
