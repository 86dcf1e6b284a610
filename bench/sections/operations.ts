import type { ApiConditions, CallCounts } from "../api";
import { type Contender, type ContenderName, makeContender } from "../contenders/index";
import { type Cost, type Operation, operations, type PulumiTrial } from "../contenders/pulumi";
import { rotate } from "../statistics";

/** The cost of one operation of one contender, measured once. */
export interface Sample extends Cost, CallCounts {
  webhooks: number;
  contender: ContenderName;
  operation: Operation;
}

/** A failed operation: the contender takes no further part in this round and size. */
export interface Breakdown extends CallCounts {
  webhooks: number;
  contender: ContenderName;
  operation: Operation;
  message: string;
}

export interface Course {
  sizes: readonly number[];
  rounds: number;
  contenders: readonly ContenderName[];
  operations: readonly Operation[];
  conditions: ApiConditions;
  /** Environment variables for every `pulumi`. */
  environment?: Readonly<Record<string, string>>;
}

/** Receives progress, and can stop the measurement. */
export interface Watcher {
  log(line: string): void;
  signal: AbortSignal;
}

export interface Results {
  samples: Sample[];
  breakdowns: Breakdown[];
}

/** Alternates between contenders within each operation, so that all of them run under the same conditions. */
export async function measureOperations(course: Course, work: string, watcher: Watcher): Promise<Results> {
  const results: Results = { samples: [], breakdowns: [] };
  const contenders: Contender[] = [];
  try {
    for (const name of course.contenders)
      contenders.push(await makeContender(name, work, course.conditions, course.environment ?? {}));
    for (const webhooks of course.sizes) {
      for (let round = 0; round < course.rounds; round++) {
        watcher.log(`${webhooks} webhooks, round ${round + 1} of ${course.rounds}`);
        await playRound(rotate(contenders, round), webhooks, course.operations, results, watcher.signal);
      }
    }
  } finally {
    for (const { api } of contenders) api.stop();
  }
  return results;
}

async function playRound(
  contenders: readonly Contender[],
  webhooks: number,
  shown: readonly Operation[],
  { samples, breakdowns }: Results,
  signal: AbortSignal,
): Promise<void> {
  const trials = new Map<Contender, PulumiTrial>();
  try {
    for (const contender of contenders) trials.set(contender, await contender.start(webhooks));
    for (const operation of operations) {
      if (operation !== "up" && !shown.includes(operation)) continue;
      for (const [contender, trial] of trials) {
        signal.throwIfAborted();
        const { name, api } = contender;
        const what = { webhooks, contender: name, operation };
        try {
          const cost = await trial.run(operation);
          const counts = await api.take();
          if (shown.includes(operation)) samples.push({ ...what, ...cost, ...counts });
        } catch (error) {
          signal.throwIfAborted();
          breakdowns.push({ ...what, ...(await api.take()), message: messageOf(error) });
          trial.close();
          trials.delete(contender);
        }
      }
    }
  } finally {
    for (const trial of trials.values()) trial.close();
    for (const { api } of contenders) await api.reset();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
