import pLimit from "p-limit";
import type { Layer } from "./layer";
import { play } from "./play";
import { makeSchedule, type Scale } from "./schedule";
import { addResult, emptySummary, type Summary } from "./summary";

/** Plays schedules where time is real and mostly spent waiting: several at a time. */
export async function playInRealTime(
  layer: Layer,
  scale: Scale,
  { start, seeds }: { start: number; seeds: number },
  atOnce: number,
  onTrace?: (trace: readonly string[]) => void,
): Promise<Summary> {
  const summary = emptySummary();
  const began = performance.now();
  const limit = pLimit(atOnce);
  try {
    await Promise.all(
      Array.from({ length: seeds }, (_, index) =>
        limit(async () => {
          const result = await play(layer, makeSchedule(start + index, scale));
          addResult(summary, result);
          onTrace?.(result.trace);
        }),
      ),
    );
  } finally {
    await layer.close();
  }
  summary.culprits.sort((a, b) => a.seed - b.seed);
  summary.milliseconds = performance.now() - began;
  return summary;
}
