import { z } from "zod";
import { type Controlled, shiftClock, startFaults } from "../control";
import type { Faults } from "../faults/faults";
import type { FaultRule } from "../faults/plan";
import { parseBody } from "../input";
import type { Route } from "../route";
import type { Control } from "./contract";
import { consoleRoute } from "./route";

const resetWire = z.strictObject({});

/** The faults, the clock, the profile, and the way back to an empty emulator. */
export function controlRoutes(emulator: Controlled, faults: Faults, clockOffsetMs: () => number): Route[] {
  const describe = (): Control => ({
    faults: emulator.faults,
    activeFaults: listActive(faults),
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

/** The rules that can still happen, for people. */
function listActive({ plan, happened }: Faults): string[] {
  return plan.rules.flatMap((rule, index) => {
    const count = happened[index] ?? 0;
    return count >= (rule.times ?? Number.POSITIVE_INFINITY) ? [] : [describeRule(rule, count)];
  });
}

function describeRule(rule: FaultRule, happened: number): string {
  const { operation = "every operation", probability, after, times } = rule;
  const parts = [
    describeFault(rule),
    probability !== undefined && `probability ${probability}`,
    after !== undefined && `not the first ${after}`,
    times !== undefined && `${happened} of ${times} times so far`,
  ];
  return `${[operation].flat().join(", ")}: ${parts.filter(Boolean).join(", ")}`;
}

function describeFault(rule: FaultRule): string {
  switch (rule.fault) {
    case "status":
      return `status ${rule.status}`;
    case "latency":
      return `latency of ${rule.ms} to ${rule.ms + (rule.jitterMs ?? 0)} ms`;
    default:
      return rule.fault;
  }
}
