/** In the order in which they have to be carried out. */
export const operations = ["up", "preview", "refresh", "change", "destroy"] as const;
export type Operation = (typeof operations)[number];

/** What one operation cost; what cannot be measured here, or does not exist for this contender, is left out. */
export interface Cost {
  milliseconds: number;
  stateBytes?: number | undefined;
  writtenBytes?: number | undefined;
  /** Of the provider process. */
  peakMemoryBytes?: number | undefined;
}

/** One contender's objects of one size in one round: made, looked at, changed and deleted. */
export interface Trial {
  /** Undefined where the contender has no such operation. Rejects when the operation fails. */
  run(operation: Operation): Promise<Cost> | undefined;
  close(): void;
}
