import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";

const slice = 100;

/** The first items of a list, and a button that shows more of them: a page of thousands of items would be slow. */
export function useSlice<T>(items: readonly T[]): { shown: readonly T[]; more: ComponentChildren } {
  const [limit, setLimit] = useState(slice);
  const left = items.length - limit;
  const more = left > 0 && (
    <button type="button" class="more" onClick={() => setLimit(limit + slice)}>
      Show more ({left} left)
    </button>
  );
  return { shown: items.slice(0, limit), more };
}

const arrivalMs = 3_000;

/** Returns which ids were not there at first and have come in the last seconds. */
export function useArrivals(ids: readonly string[] | undefined): (id: string) => boolean {
  const arrivals = useRef<Map<string, number> | undefined>(undefined);
  if (ids !== undefined) {
    const now = arrivals.current === undefined ? Number.NEGATIVE_INFINITY : performance.now();
    arrivals.current ??= new Map();
    for (const id of ids) if (!arrivals.current.has(id)) arrivals.current.set(id, now);
  }
  return (id) => performance.now() - (arrivals.current?.get(id) ?? Number.NEGATIVE_INFINITY) < arrivalMs;
}
