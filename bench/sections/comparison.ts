import { type ContenderName, contenderNames, webhooksPerApp } from "../contenders/index";
import { type Operation, operations } from "../contenders/pulumi";
import { medianOf, type Spread, spread } from "../statistics";
import { bytes, count, range, ratio, table, time } from "../table";
import type { Breakdown, Results, Sample } from "./operations";

/** All rounds of one operation, for one contender and size. */
export interface Row {
  webhooks: number;
  operation: Operation;
  contender: ContenderName;
  rounds: number;
  milliseconds: Spread;
  /** How many times as long as the engine alone. */
  toFloor: number | undefined;
  toTutorial: number | undefined;
  calls: number | undefined;
  refused: number | undefined;
  stateBytes: number | undefined;
  writtenBytes: number | undefined;
  peakMemoryBytes: number | undefined;
}

export function compare(samples: readonly Sample[]): Row[] {
  const sizes = [...new Set(samples.map(({ webhooks }) => webhooks))];
  return sizes.flatMap((webhooks) =>
    operations.flatMap((operation) => {
      const of = (name: ContenderName) =>
        samples.filter(
          (sample) =>
            sample.webhooks === webhooks && sample.operation === operation && sample.contender === name,
        );
      const floor = medianOf(of("floor").map(({ milliseconds }) => milliseconds));
      const tutorial = medianOf(of("tutorial").map(({ milliseconds }) => milliseconds));
      return contenderNames.flatMap((contender) => {
        const rounds = of(contender);
        return rounds.length === 0
          ? []
          : [toRow(rounds, { webhooks, operation, contender }, { floor, tutorial })];
      });
    }),
  );
}

function toRow(
  rounds: readonly Sample[],
  what: Pick<Row, "webhooks" | "operation" | "contender">,
  { floor, tutorial }: Record<"floor" | "tutorial", number | undefined>,
): Row {
  const milliseconds = spread(rounds.map((sample) => sample.milliseconds));
  const middle = (read: (sample: Sample) => number | undefined) => medianOf(rounds.map(read));
  return {
    ...what,
    rounds: rounds.length,
    milliseconds,
    toFloor: floor && milliseconds.median / floor,
    toTutorial: tutorial && milliseconds.median / tutorial,
    calls: middle(({ calls }) => calls),
    refused: middle(({ refused }) => refused),
    stateBytes: middle(({ stateBytes }) => stateBytes),
    writtenBytes: middle(({ writtenBytes }) => writtenBytes),
    peakMemoryBytes: middle(({ peakMemoryBytes }) => peakMemoryBytes),
  };
}

const heads = ["operation", "contender", "time", "min to max", "× floor", "× tutorial"].concat([
  "calls",
  "429",
  "state",
  "written",
  "memory",
]);

/** A table for each size, and the failures. */
export function comparisonText(rows: readonly Row[], { breakdowns }: Results): string {
  const sizes = [...new Set([...rows, ...breakdowns].map(({ webhooks }) => webhooks))];
  const texts = sizes.map((webhooks) => {
    const apps = Math.ceil(webhooks / webhooksPerApp);
    const title = `${webhooks} ${webhooks === 1 ? "webhook" : "webhooks"} in ${apps} ${apps === 1 ? "app" : "apps"}`;
    const cells = rows.filter((row) => row.webhooks === webhooks).map(toCells);
    return [title, table(heads, cells, 2)].join("\n");
  });
  return [...texts, ...breakdowns.map(breakdownText)].join("\n\n");
}

function toCells(row: Row): string[] {
  return [
    row.operation,
    row.contender,
    time(row.milliseconds.median),
    range(row.milliseconds),
    ratio(row.toFloor),
    ratio(row.toTutorial),
    count(row.calls),
    count(row.refused),
    bytes(row.stateBytes),
    bytes(row.writtenBytes),
    bytes(row.peakMemoryBytes),
  ];
}

function breakdownText({ webhooks, contender, operation, calls, refused, message }: Breakdown): string {
  const where = `${contender}: ${operation} failed with ${webhooks} webhooks`;
  return `${where}, after ${calls} calls, ${refused} of them refused:\n${message.replace(/^/gm, "  ")}`;
}
