/** Everything that must never happen. */
export const findingKinds = [
  "duplicate",
  "orphan",
  "lost",
  "wrongly deleted",
  // A state, this stack's or another's, holds an object that somebody else made.
  "taken over wrongly",
  // The state dropped a key that still works, and no person did that.
  "revocation claimed but alive",
  "no working key",
  "alive after destroy",
  "leaked",
  "wrong account accepted",
  "not converged",
  // A refusal came again although the person had taken a way out that it named.
  "stuck",
] as const;
export type FindingKind = (typeof findingKinds)[number];

/**
 * Objects left for a person to deal with: allowed, because nothing else would be safe, but bounded, because they must
 * stay rare. The bounds are per thousand schedules, and about five times what was measured.
 */
export const bounds = {
  /** Objects that an error named as possibly the stack's own, and that the person left alone or forgot. */
  named: 20,
  /**
   * Apps that another stack created in the same seconds, that were still empty (its response was lost as well, say),
   * and that were treated as the result of a lost request: the two cannot be told apart.
   */
  emptyApps: 20,
  /** Objects of killed creates whose resources Pulumi named. The CLI layer kills every second command. */
  abandoned: 500,
} as const;

export interface Finding {
  kind: FindingKind;
  /** Number of the step, from 0, and of its repetition. */
  step: number;
  attempt: number;
  detail: string;
}

/** The result of one schedule. */
export interface Result {
  seed: number;
  findings: readonly Finding[];
  /** Objects that are known only to the person who reads the error that names them. */
  named: number;
  emptyApps: number;
  /** How often a person had to take a way out. */
  refusals: number;
  /** Objects of creates whose process was killed: Pulumi named their resources. */
  abandoned: number;
  kills: number;
  /** How many `up`s each changed program took. */
  ups: readonly number[];
  faults: Readonly<Record<string, number>>;
  commands: number;
  requests: number;
  /** Hash of the whole trace: equal for two plays of the same seed. */
  hash: string;
  trace: readonly string[];
}
