/** Everything that must never be. */
export const findingKinds = [
  "duplicate",
  "orphan",
  "lost",
  "wrongly deleted",
  "no working key",
  "alive after destroy",
  "leaked",
  "wrong account accepted",
  "not converged",
] as const;
export type FindingKind = (typeof findingKinds)[number];

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
