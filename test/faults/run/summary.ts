import type { ApiVersion } from "../../../src/smooch/api-version";
import { bounds, type FindingKind, findingKinds, type Result } from "../checks/findings";

export interface Failure {
  seed: number;
  kind: FindingKind;
  where: string;
  detail: string;
}

/** The result of many schedules. Plain data, so that workers can send it. */
export interface Summary {
  schedules: number;
  commands: number;
  requests: number;
  named: number;
  emptyApps: number;
  refusals: number;
  abandoned: number;
  kills: number;
  faults: Record<string, number>;
  counts: Record<FindingKind, number>;
  /** How many programs took each number of `up`s. */
  ups: Record<number, number>;
  failures: Failure[];
  milliseconds: number;
}

const sums = ["commands", "requests", "named", "emptyApps", "refusals", "abandoned", "kills"] as const;

export function emptySummary(): Summary {
  const counts = Object.fromEntries(findingKinds.map((kind) => [kind, 0])) as Record<FindingKind, number>;
  const none = { schedules: 0, commands: 0, requests: 0, milliseconds: 0 };
  const left = { named: 0, emptyApps: 0, refusals: 0, abandoned: 0, kills: 0 };
  return { ...none, ...left, faults: {}, counts, ups: {}, failures: [] };
}

export function addResult(summary: Summary, result: Result): void {
  summary.schedules++;
  for (const count of sums) summary[count] += result[count];
  addCounts(summary.faults, result.faults);
  for (const count of result.ups) summary.ups[count] = (summary.ups[count] ?? 0) + 1;
  for (const { kind, step, attempt, detail } of result.findings) {
    summary.counts[kind]++;
    summary.failures.push({ seed: result.seed, kind, where: `step ${step}.${attempt}`, detail });
  }
}

/** Adds up parts that ran concurrently; the duration is the longest one. */
export function merge(parts: readonly Summary[]): Summary {
  const whole = emptySummary();
  for (const part of parts) {
    whole.schedules += part.schedules;
    for (const count of sums) whole[count] += part[count];
    addCounts(whole.faults, part.faults);
    addCounts(whole.counts, part.counts);
    addCounts(whole.ups, part.ups);
    whole.failures.push(...part.failures);
    whole.milliseconds = Math.max(whole.milliseconds, part.milliseconds);
  }
  whole.failures.sort((a, b) => a.seed - b.seed);
  return whole;
}

export function isClean(summary: Summary): boolean {
  return Object.values(summary.counts).every((count) => count === 0) && exceeded(summary).length === 0;
}

/** The counts that exceed their bounds. Three more are allowed, because small numbers of schedules vary by chance. */
export function exceeded(summary: Summary): (keyof typeof bounds)[] {
  const names = ["named", "emptyApps", "abandoned"] as const;
  return names.filter((name) => summary[name] > 3 + (bounds[name] * summary.schedules) / 1000);
}

export function percentile({ ups }: Summary, share: number): number {
  const sorted = Object.entries(ups)
    .map(([count, programs]) => ({ count: Number(count), programs }))
    .sort((a, b) => a.count - b.count);
  const wanted = share * sorted.reduce((sum, { programs }) => sum + programs, 0);
  let sum = 0;
  for (const { count, programs } of sorted) {
    sum += programs;
    if (sum >= wanted) return count;
  }
  return 0;
}

const shown = 20;

/** The table, and the commands to replay the seeds with findings. */
export function describe(layer: string, version: ApiVersion, summary: Summary): string {
  const {
    schedules,
    commands,
    requests,
    faults,
    counts,
    named,
    emptyApps,
    refusals,
    abandoned,
    kills,
    milliseconds,
  } = summary;
  const met = Object.values(faults).reduce((sum, count) => sum + count, 0);
  const byKind = Object.entries(faults).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows: (readonly [string, string | number])[] = [
    ["schedules", schedules],
    ["commands", commands],
    ["requests", requests],
    ["faults injected", met],
    ...byKind.map(([kind, count]): [string, number] => [`  ${kind}`, count]),
    ...findingKinds.map((kind): [string, number] => [kind, counts[kind]]),
    ["refusals resolved by a person", refusals],
    [`empty apps taken (max ${bounds.emptyApps}/1,000)`, emptyApps],
    [`only named (max ${bounds.named}/1,000)`, named],
    ...(kills > 0
      ? ([
          ["processes killed", kills],
          [`  objects left (max ${bounds.abandoned}/1,000)`, abandoned],
        ] as const)
      : []),
    ["ups to converge, median", percentile(summary, 0.5)],
    ["ups to converge, 99 %", percentile(summary, 0.99)],
    ["duration", `${(milliseconds / 1000).toFixed(1)} s`],
    ["schedules per minute", Math.round((schedules / Math.max(1, milliseconds)) * 60_000)],
  ];
  const table = rows.map(([name, value]) => `  ${name.padEnd(34)}${String(value).padStart(12)}`);
  const tooMany = exceeded(summary).map(
    (name) => `  too many: ${name} (at most ${bounds[name]} per 1,000 schedules, plus 3)`,
  );
  const failures = describeFailures(layer, version, summary);
  return [`layer ${layer}, API ${version}`, ...table, ...tooMany, ...failures].join("\n");
}

function describeFailures(layer: string, version: ApiVersion, { failures }: Summary): string[] {
  const seeds = [...new Set(failures.map(({ seed }) => seed))];
  if (seeds.length === 0) return [];
  const lines = seeds.slice(0, shown).flatMap((seed) => [
    ...failures
      .filter((failure) => failure.seed === seed)
      .slice(0, 3)
      .map(({ kind, where, detail }) => `  seed ${seed}, ${where}: ${kind}: ${detail.slice(0, 200)}`),
    `    npm run faults -- --layer ${layer} --api-version ${version} --start ${seed} --seeds 1 --verbose`,
  ]);
  const more = seeds.length > shown ? [`  … and ${seeds.length - shown} more`] : [];
  return [`  seeds with findings: ${seeds.length}`, ...lines, ...more];
}

function addCounts<Name extends string | number>(
  sum: Partial<Record<Name, number>>,
  counts: Partial<Record<Name, number>>,
): void {
  for (const name of Object.keys(counts) as Name[]) sum[name] = (sum[name] ?? 0) + (counts[name] ?? 0);
}
