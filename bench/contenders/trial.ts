/** In the order in which they must run. */
export const operations = ["up", "preview", "refresh", "change", "destroy"] as const;
export type Operation = (typeof operations)[number];

/** The cost of one operation. What cannot be measured here, or does not apply to the contender, is omitted. */
export interface Cost {
  milliseconds: number;
  stateBytes?: number | undefined;
  writtenBytes?: number | undefined;
  /** Of the provider process. */
  peakMemoryBytes?: number | undefined;
}

/** One contender's objects of one size in one round: created, read, changed and deleted. */
export interface Trial {
  /** Undefined if the contender does not have this operation. Rejects if it fails. */
  run(operation: Operation): Promise<Cost> | undefined;
  close(): void;
}
