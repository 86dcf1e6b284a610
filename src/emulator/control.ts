import { z } from "zod";
import { badRequest } from "./errors";
import type { FaultCounts, FaultPlan } from "./faults/plan";
import { parseBody } from "./input";
import type { Profile, ProfileChanges } from "./profile";
import type { Answer, Match, Route } from "./route";
import type { EmulatorState } from "./snapshot";

const prefix = "/_emulator/";

/** The part of an emulator that other processes may use. */
export interface Controlled {
  describeState(): EmulatorState;
  reset(): void;
  readonly faults: FaultPlan;
  readonly faultsMet: FaultCounts;
  setFaults(plan: FaultPlan | undefined): void;
  shiftClock(offsetMs: number): void;
  readonly profile: Profile;
  setProfile(changes: ProfileChanges): void;
  revokeAccountKey(keyId: string): void;
}

// `setFaults` and `setProfile` check what they are given, as they do for callers in the same process.
const objectWire = z.looseObject({});
const keyWire = z.strictObject({ keyId: z.string() });
const clockWire = z.strictObject({ offsetMs: z.int({ error: "must be a whole number of milliseconds" }) });

/**
 * For other processes, without credentials because the emulator listens on the loopback interface only:
 *
 * - `GET /_emulator/state` answers an {@link EmulatorState}: what exists, by id, without a secret.
 * - `POST /_emulator/reset` deletes every app with all it holds, and the logs. Accounts and their keys stay, and so do
 *   the fault plan, the profile and the clock.
 * - `POST /_emulator/faults` begins a {@link FaultPlan}; `{}` ends all faults.
 * - `GET /_emulator/faults` answers `{ plan, met }` like the call that began the plan: the plan in force, and how often
 *   each kind of fault has happened.
 * - `GET /_emulator/profile` answers the {@link Profile} in force.
 * - `PUT /_emulator/profile` takes answers to some of its questions, keeps the others, and answers the whole.
 * - `POST /_emulator/revoke` takes `{ keyId }`: an account key, which from now on is refused.
 * - `POST /_emulator/clock` takes `{ offsetMs }`: how far the emulator's clock is ahead of the real one.
 */
export function controlRoutes(emulator: Controlled): Route[] {
  const describeFaults = () => ({ plan: emulator.faults, met: emulator.faultsMet });

  return [
    route("getState", "GET", "state", () => emulator.describeState()),
    route("reset", "POST", "reset", () => {
      emulator.reset();
      return {};
    }),
    route("getFaults", "GET", "faults", describeFaults),
    route("setFaults", "POST", "faults", (request) => {
      emulator.setFaults(parseBody(objectWire, request));
      return describeFaults();
    }),
    route("getProfile", "GET", "profile", () => emulator.profile),
    route("setProfile", "PUT", "profile", (request) => {
      emulator.setProfile(parseBody(objectWire, request));
      return emulator.profile;
    }),
    route("revokeAccountKey", "POST", "revoke", (request) => {
      const { keyId } = parseBody(keyWire, request);
      try {
        emulator.revokeAccountKey(keyId);
      } catch {
        throw badRequest("keyId: is not the id of an account key");
      }
      return {};
    }),
    route("shiftClock", "POST", "clock", (request) => {
      const { offsetMs } = parseBody(clockWire, request);
      try {
        emulator.shiftClock(offsetMs);
      } catch (error) {
        if (error instanceof RangeError) throw badRequest(error.message);
        throw error;
      }
      return { offsetMs };
    }),
  ];
}

/** Whether a request is about the emulator and not part of any Smooch API: it is not limited, faulted or logged. */
export function isControl({ route: { path } }: Match): boolean {
  return path.startsWith(prefix);
}

function route(
  operation: string,
  method: string,
  name: string,
  act: (request: Parameters<Route["answer"]>[0]["request"]) => unknown,
): Route {
  const answer: Route["answer"] = ({ request }): Answer => ({ status: 200, body: act(request) });
  return { operation, method, path: prefix + name, query: [], answer };
}
