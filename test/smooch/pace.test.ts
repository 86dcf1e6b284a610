import { describe, expect, it } from "vitest";
import { Limiter } from "../../src/emulator/limiter";
import type { Host } from "../../src/smooch/host";
import { Pace } from "../../src/smooch/pace";
import { VirtualClock } from "../support/clock";
import { Random } from "../support/random";

interface Situation {
  calls: number;
  /** Calls per second that the API allows. */
  rate: number;
  latencyMs: number;
  concurrency: number;
  /** Time between two calls that the caller wants to make. */
  everyMs?: number;
}

function virtual(random = new Random(1)) {
  const clock = new VirtualClock(random.next);
  return { clock, pace: new Pace({ now: clock.now, sleep: clock.sleep } as Host) };
}

/** Calls a rate-limited API as fast as allowed; returns the time taken and the number of refused calls. */
function play({ calls, rate, latencyMs, concurrency, everyMs = 0 }: Situation, seed: number) {
  const random = new Random(seed);
  const { clock, pace } = virtual(random);
  const limiter = new Limiter(rate, clock.now());
  let refused = 0;
  let left = calls;
  async function work(): Promise<void> {
    while (left-- > 0) {
      if (everyMs > 0) await clock.sleep(everyMs * concurrency * random.next());
      for (;;) {
        await pace.turn();
        const sentAt = clock.now();
        await clock.sleep((latencyMs * (0.5 + random.next())) / 2);
        const wait = limiter.take(clock.now());
        await clock.sleep((latencyMs * (0.5 + random.next())) / 2);
        if (wait === 0) break;
        refused++;
        pace.refused(sentAt, wait * 1000);
        await clock.sleep(0);
      }
      pace.accepted();
    }
  }
  return clock.run(
    (async () => {
      const begun = clock.now();
      await Promise.all(Array.from({ length: concurrency }, work));
      return { seconds: (clock.now() - begun) / 1000, refused };
    })(),
  );
}

const seeds = Array.from({ length: 20 }, (_, n) => n + 1);

describe("the pace of calls", () => {
  it("is not slowed down if no call is refused", async () => {
    const { seconds, refused } = await play({ calls: 1000, rate: 100_000, latencyMs: 50, concurrency: 8 }, 1);
    expect(refused).toBe(0);
    expect(seconds).toBeLessThan((1000 / 8) * 0.05 * 1.2);
  });

  it.each<[string, Situation, number?]>([
    ["20 a second", { calls: 300, rate: 20, latencyMs: 50, concurrency: 8, everyMs: 20 }],
    ["20 a second, over a long run", { calls: 1000, rate: 20, latencyMs: 50, concurrency: 8, everyMs: 20 }],
    ["5 a second", { calls: 300, rate: 5, latencyMs: 50, concurrency: 8, everyMs: 20 }, 0.04],
    ["50 a second", { calls: 1000, rate: 50, latencyMs: 20, concurrency: 8 }],
  ])("finds a limit of %s, with few calls refused", async (_, situation, share = 0.02) => {
    const { calls, rate } = situation;
    for (const seed of seeds) {
      const { seconds, refused } = await play(situation, seed);
      expect(seconds, `seed ${seed}`).toBeLessThan((1.2 * calls) / rate);
      expect(refused / calls, `seed ${seed}`).toBeLessThan(share);
    }
  });

  it("recovers from a single refusal that meant nothing", async () => {
    const { clock, pace } = virtual();
    await clock.run(
      (async () => {
        await pace.turn();
        pace.refused(clock.now(), 0);
        await clock.sleep(20_000);
        const begun = clock.now();
        for (let n = 0; n < 100; n++) {
          await pace.turn();
          pace.accepted();
        }
        expect(clock.now() - begun).toBeLessThan(1000);
      })(),
    );
  });

  it("is not slowed down by a period without calls", async () => {
    const { clock, pace } = virtual();
    await clock.run(
      (async () => {
        const limiter = new Limiter(20, clock.now());
        const burst = async (calls: number) => {
          const begun = clock.now();
          for (let accepted = 0; accepted < calls; ) {
            await pace.turn();
            const wait = limiter.take(clock.now());
            if (wait > 0) pace.refused(clock.now(), wait * 1000);
            else pace.accepted();
            if (wait === 0) accepted++;
          }
          return (clock.now() - begun) / 1000;
        };
        await burst(100);
        await clock.sleep(300_000);
        expect(await burst(300)).toBeLessThan((1.2 * 300) / 20);
      })(),
    );
  });

  it("does not wait for a clock that was set back", async () => {
    const { clock, pace } = virtual();
    await clock.run(
      (async () => {
        await pace.turn();
        pace.refused(clock.now(), 1000);
        clock.time -= 3_600_000;
        const begun = clock.now();
        await pace.turn();
        expect(clock.now() - begun).toBeLessThan(1000);
        pace.refused(clock.now(), 0);
        await pace.turn();
        expect(clock.now() - begun).toBeLessThan(2000);
      })(),
    );
  });

  it("is halved by refusals that come close together", async () => {
    const { clock, pace } = virtual();
    await clock.run(
      (async () => {
        for (let n = 0; n < 30; n++) {
          await pace.turn();
          pace.accepted();
        }
        for (let n = 0; n < 3; n++) {
          await clock.sleep(1);
          pace.refused(clock.now(), 0);
        }
        // 30 a second, then 15, then 7.5: the first call after that waits for a seventh of a second.
        const begun = clock.now();
        await pace.turn();
        expect(clock.now() - begun).toBeGreaterThan(125);
        expect(clock.now() - begun).toBeLessThan(145);
      })(),
    );
  });
});
