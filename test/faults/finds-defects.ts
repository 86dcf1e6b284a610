import { describe, expect, it } from "vitest";
import type { ApiVersion } from "../../src/smooch/api-version";
import type { FindingKind } from "./checks/findings";
import { defects } from "./defects";
import { simulation, simulationScale } from "./layers/simulation";
import { play } from "./play";
import { makeSchedule } from "./program/schedule";

const expectedFindings: Record<keyof typeof defects, FindingKind[]> = {
  "a blind retry of a create whose response was lost": ["duplicate", "orphan"],
  "any 404 to a delete accepted as proof": ["wrong account accepted"],
  "a partial create without its id": ["orphan", "duplicate"],
  "a stale list in the search for a lost create": ["duplicate", "orphan"],
  "a key deleted before its successor works": ["no working key"],
  "any 404 with a JSON body accepted as proof": ["lost", "reported revoked but works"],
  "a 404 without a body accepted as proof": ["lost", "reported revoked but works"],
  "a service key's 404 accepted as proof that an app is gone": ["lost", "reported revoked but works"],
  "an object taken over because an error names it": ["wrongly taken over"],
  "an object deleted because an error names it": ["wrongly deleted"],
  "another stack's note trusted": ["wrongly taken over"],
  "another backend's note trusted": ["wrongly taken over"],
  "an app with contents taken over after a lost response": ["wrongly taken over"],
  "a masked secret that replaces the real one": ["not converged"],
  "metadata updated as if the API always replaced it": ["not converged"],
  "a key whose deletion is not verified": ["reported revoked but works"],
  "an integration's key whose deletion is not verified": ["reported revoked but works"],
  "a service account's key whose deletion is not verified": ["reported revoked but works"],
  "a menu that a create overwrites": ["wrongly taken over"],
  "an entry of a switchboard deleted before another one is the default": ["not converged"],
};

/** Defects that show in one API version only. */
const shownIn: Partial<Record<keyof typeof defects, ApiVersion>> = {
  // In v2 a webhook cannot be changed while secrets are hidden, so its schedules do not hide them.
  "a masked secret that replaces the real one": "v1",
  "an integration's key whose deletion is not verified": "v2",
  "a service account's key whose deletion is not verified": "v1",
  "a menu that a create overwrites": "v1",
  "an entry of a switchboard deleted before another one is the default": "v2",
};

/** Defects that only show with two stacks. */
const betweenStacks = [
  "an object taken over because an error names it",
  "an object deleted because an error names it",
  "another stack's note trusted",
  "another backend's note trusted",
  "an app with contents taken over after a lost response",
];

/** Defects that only show if one of these operations fails. */
const needed: Partial<Record<keyof typeof defects, string>> = {
  "an integration's key whose deletion is not verified": "deleteIntegrationKey",
  "a service account's key whose deletion is not verified": "deleteServiceAccountKey",
};

/** Whether the defect can show in this schedule. */
function canShow(name: string, version: ApiVersion, seed: number): boolean {
  const { steps } = makeSchedule(seed, simulationScale, version);
  const fails = (one: string) =>
    steps.some(({ faults }) => faults.some(({ operation }) => operation === one));
  const operation = needed[name];
  if (operation !== undefined && !fails(operation)) return false;
  return !betweenStacks.includes(name) || steps.some(({ neighbour }) => neighbour);
}

/** Declares a test for each defect that the matrix has to find; a file for each API version, so that they share the cores. */
export function findsDefects(version: ApiVersion): void {
  const canOccur = (name: string) => (shownIn[name] ?? version) === version;
  describe("the matrix finds", () => {
    it.each(Object.keys(defects).filter(canOccur))(
      `%s: API ${version}`,
      async (name) => {
        const expected = expectedFindings[name] ?? [];
        const kinds: FindingKind[] = [];
        for (let seed = 1; seed < 1 + 600; seed++) {
          if (!canShow(name, version, seed)) continue;
          const schedule = makeSchedule(seed, simulationScale, version);
          const { findings } = await play(simulation(defects[name]), schedule);
          kinds.push(...findings.map(({ kind }) => kind));
          if (kinds.some((kind) => expected.includes(kind))) return;
        }
        expect.fail(
          `expected ${expected.join(" or ")} in 600 schedules with this defect, found ${[...new Set(kinds)].join(", ") || "nothing"}`,
        );
      },
      300_000,
    );
  });
}
