/** What must never happen. */
export const findingKinds = [
  "duplicate",
  "orphan",
  "lost",
  "wrongly deleted",
  // A state, this stack's or another's, contains an object that somebody else made.
  "wrongly taken over",
  // The state dropped a key that still works, although no person removed it.
  "reported revoked but works",
  "no working key",
  "left after destroy",
  "leaked",
  "wrong account accepted",
  "not converged",
  // A command was refused again although the person had followed the error's advice.
  "stuck",
] as const;
export type FindingKind = (typeof findingKinds)[number];

/**
 * Objects that a person has to handle: allowed, because anything else would be unsafe, but bounded, because they must be
 * rare. The bounds are per 1,000 schedules, and about five times what was measured.
 */
export const bounds = {
  /** Objects that an error named as possibly the stack's own, and that the person did not adopt or delete. */
  named: 20,
  /**
   * Apps that another stack created in the same seconds, that were still empty (for example because its response was
   * also lost), and that were treated as the result of a lost request: the two cannot be told apart.
   */
  emptyApps: 20,
  /** Objects of killed creates, whose resources Pulumi named. The CLI layer kills every second command. */
  abandoned: 500,
} as const;

export interface Finding {
  kind: FindingKind;
  /** Index of the step, and of its attempt. */
  step: number;
  attempt: number;
  detail: string;
}

/** The result of one schedule. */
export interface Result {
  seed: number;
  findings: readonly Finding[];
  /** Objects that only an error names. */
  named: number;
  emptyApps: number;
  /** How often a person had to follow the advice in an error. */
  refusals: number;
  /** Objects of creates whose process was killed: Pulumi named their resources. */
  abandoned: number;
  kills: number;
  /** The number of `up`s that each changed program took. */
  ups: readonly number[];
  faults: Readonly<Record<string, number>>;
  commands: number;
  requests: number;
  /** Hash of the whole trace: equal for two plays of the same seed. */
  hash: string;
  trace: readonly string[];
}
