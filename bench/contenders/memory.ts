import { findProvider, peakMemory } from "../../test/support/processes";

const everyMs = 100;

/** Follows the provider process of a `pulumi` and says at the end how much memory it had at most; only Linux tells. */
export function watchMemory(pulumi: number): () => number | undefined {
  if (process.platform !== "linux") return () => undefined;
  let provider: number | undefined;
  let peak: number | undefined;
  const timer = setInterval(() => {
    provider ??= findProvider(pulumi);
    // The system keeps the highest value itself: looking seldom misses only what comes in the last moment.
    if (provider !== undefined) peak = peakMemory(provider) ?? peak;
  }, everyMs);
  return () => {
    clearInterval(timer);
    return peak;
  };
}
