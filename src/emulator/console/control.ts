import { z } from "zod";
import { badRequest } from "../errors";
import type { FaultCounts, FaultPlan } from "../faults/plan";
import { parseBody } from "../input";
import type { Profile } from "../profile";
import type { Route } from "../route";
import type { Control } from "./contract";
import { consoleRoute } from "./route";

/** What the console controls. */
interface Controlled {
  readonly faults: FaultPlan;
  readonly faultsMet: FaultCounts;
  readonly profile: Profile;
  setFaults(plan: FaultPlan | undefined): void;
  shiftClock(offsetMs: number): void;
  reset(): void;
}

// `setFaults` validates the plan itself.
const planWire = z.looseObject({});
const clockWire = z.strictObject({ offsetMs: z.int({ error: "must be a whole number of milliseconds" }) });
const resetWire = z.strictObject({});

/** The faults, the clock, the profile, and the way back to an empty emulator. */
export function controlRoutes(emulator: Controlled, clockOffsetMs: () => number): Route[] {
  const describe = (): Control => ({
    faults: emulator.faults,
    met: { ...emulator.faultsMet },
    clockOffsetMs: clockOffsetMs(),
    profile: { ...emulator.profile },
  });
  return [
    consoleRoute("GET", "control", describe),
    consoleRoute("PUT", "control/faults", ({ request }) => {
      emulator.setFaults(parseBody(planWire, request));
      return describe();
    }),
    consoleRoute("PUT", "control/clock", ({ request }) => {
      const { offsetMs } = parseBody(clockWire, request);
      try {
        emulator.shiftClock(offsetMs);
      } catch (error) {
        if (error instanceof RangeError) throw badRequest(error.message);
        throw error;
      }
      return describe();
    }),
    consoleRoute("POST", "control/reset", ({ request }) => {
      parseBody(resetWire, request);
      emulator.reset();
      return describe();
    }),
  ];
}
