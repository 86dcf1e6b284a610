import pLimit from "p-limit";
import type { Result } from "../checks/findings";
import type { Layer } from "../layers/layer";
import { play } from "../play";
import { makeSchedule, type Scale } from "../program/schedule";
import type { Share } from "./simulated";
import { addResult, emptySummary, type Summary } from "./summary";

/** Plays schedules in real time, several concurrently, because most of the time is spent waiting. */
export async function playInRealTime(
  layer: Layer,
  scale: Scale,
  { start, seeds, version }: Share,
  atOnce: number,
  onResult?: (result: Result) => void,
): Promise<Summary> {
  const summary = emptySummary();
  const began = performance.now();
  const limit = pLimit(atOnce);
  try {
    await Promise.all(
      Array.from({ length: seeds }, (_, index) =>
        limit(async () => {
          const result = await play(layer, makeSchedule(start + index, scale, version));
          addResult(summary, result);
          onResult?.(result);
        }),
      ),
    );
  } finally {
    await layer.close();
  }
  summary.failures.sort((a, b) => a.seed - b.seed);
  summary.milliseconds = performance.now() - began;
  return summary;
}
