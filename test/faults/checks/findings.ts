/** Everything that must never be. */
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
 * What a person is left with: allowed, because nothing else would be safe, and bounded, because it must stay rare. Most
 * in a thousand schedules, about five times what is measured.
 */
export const bounds = {
  /** Objects that an error named as perhaps the stack's own, and that the person left alone or forgot. */
  named: 20,
  /**
   * Apps that another stack made in the same seconds, in which nothing was yet (its own answer was lost as well, say), and
   * that were taken for a lost request's own: nothing tells them apart.
   */
  emptyApps: 20,
  /** Objects of creates whose process was killed, whose resources Pulumi named. Every second command is killed there. */
  abandoned: 500,
} as const;

export interface Finding {
  kind: FindingKind;
  /** Number of the step, from 0, and of its repetition. */
  step: number;
  attempt: number;
  detail: string;
}

/** What came of one schedule. */
export interface Result {
  seed: number;
  findings: readonly Finding[];
  /** Objects that nobody knows of but the person who reads the error that names them. */
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
  /** Of the whole trace: two plays of one seed have the same. */
  hash: string;
  trace: readonly string[];
}
