import { z } from "zod";
import { type Controlled, shiftClock, startFaults } from "../control";
import { parseBody } from "../input";
import type { Route } from "../route";
import type { Control } from "./contract";
import { consoleRoute } from "./route";

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
      startFaults(emulator, request);
      return describe();
    }),
    consoleRoute("PUT", "control/clock", ({ request }) => {
      shiftClock(emulator, request);
      return describe();
    }),
    consoleRoute("POST", "control/reset", ({ request }) => {
      parseBody(resetWire, request);
      emulator.reset();
      return describe();
    }),
  ];
}
