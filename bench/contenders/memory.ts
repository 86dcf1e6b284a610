import { findProvider, peakMemory } from "../../test/support/processes";

const everyMs = 100;

/** Watches the provider process of a `pulumi` and returns its peak memory; Linux only. */
export function watchMemory(pulumi: number): () => number | undefined {
  if (process.platform !== "linux") return () => undefined;
  let provider: number | undefined;
  let peak: number | undefined;
  const timer = setInterval(() => {
    provider ??= findProvider(pulumi);
    // The system records the peak itself, so rare polling only misses the last moment.
    if (provider !== undefined) peak = peakMemory(provider) ?? peak;
  }, everyMs);
  return () => {
    clearInterval(timer);
    return peak;
  };
}
