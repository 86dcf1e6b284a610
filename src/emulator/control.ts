import { z } from "zod";
import { badRequest } from "./errors";
import type { FaultCounts, FaultPlan } from "./faults/plan";
import { parseBody } from "./input";
import type { Profile, ProfileChanges } from "./profile";
import type { Answer, Incoming, Match, Route } from "./route";
import type { EmulatorState } from "./snapshot";

const prefix = "/_emulator/";

/** What other processes can do with an emulator. */
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

// `setFaults` and `setProfile` validate their arguments themselves.
const objectWire = z.looseObject({});
const keyWire = z.strictObject({ keyId: z.string() });
const clockWire = z.strictObject({ offsetMs: z.int({ error: "must be a whole number of milliseconds" }) });

/**
 * Routes for other processes. They need no credentials, because the emulator listens on loopback only:
 *
 * - `GET /_emulator/state` returns an {@link EmulatorState}: all objects by id, without secrets.
 * - `POST /_emulator/reset` deletes all apps and service accounts with everything in them, and the logs. Accounts and
 *   their own keys, the fault plan, the profile and the clock stay.
 * - `POST /_emulator/faults` starts a {@link FaultPlan}; `{}` ends all faults.
 * - `GET /_emulator/faults` returns `{ plan, met }`, like the call that started the plan: the current plan, and how
 *   often each kind of fault has happened.
 * - `GET /_emulator/profile` returns the current {@link Profile}.
 * - `PUT /_emulator/profile` changes the settings it is given, keeps the others, and returns the whole profile.
 * - `POST /_emulator/revoke` takes `{ keyId }` and revokes this account key.
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
      startFaults(emulator, request);
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
    route("shiftClock", "POST", "clock", (request) => shiftClock(emulator, request)),
  ];
}

/** Starts the fault plan in the request. */
export function startFaults(emulator: Pick<Controlled, "setFaults">, request: Incoming): void {
  emulator.setFaults(parseBody(objectWire, request));
}

/** Shifts the clock as the request says, and returns by how much. */
export function shiftClock(
  emulator: Pick<Controlled, "shiftClock">,
  request: Incoming,
): { readonly offsetMs: number } {
  const { offsetMs } = parseBody(clockWire, request);
  try {
    emulator.shiftClock(offsetMs);
  } catch (error) {
    if (error instanceof RangeError) throw badRequest(error.message);
    throw error;
  }
  return { offsetMs };
}

/** Whether a request is for the emulator itself rather than the Smooch API: it is not limited, faulted or logged. */
export function isControl({ route: { path } }: Match): boolean {
  return path.startsWith(prefix);
}

function route(operation: string, method: string, name: string, act: (request: Incoming) => unknown): Route {
  const answer: Route["answer"] = ({ request }): Answer => ({ status: 200, body: act(request) });
  return { operation, method, path: prefix + name, query: [], answer };
}
