import type { Match } from "../route";
import type { Fault, FaultCounts, FaultKind, FaultRule } from "./plan";
import { seededRandom } from "./random";
import { type CompletePlan, parseFaultPlan } from "./schema";

/** Decides which requests get a fault. */
export class Faults {
  readonly #met = new Map<FaultKind, number>();
  #plan: CompletePlan = { seed: 1, rules: [] };
  #rules: readonly RuleState[] = [];

  get plan(): CompletePlan {
    return this.#plan;
  }

  /** How often each kind of fault has happened, across all plans. */
  get met(): FaultCounts {
    return Object.fromEntries(this.#met);
  }

  /** How often each rule of the plan has happened. */
  get happened(): readonly number[] {
    return this.#rules.map(({ happened }) => happened);
  }

  /** Starts a plan, beginning with its seed; undefined ends all faults. */
  setPlan(plan: unknown): void {
    this.#plan = parseFaultPlan(plan ?? {});
    const random = seededRandom(this.#plan.seed);
    this.#rules = this.#plan.rules.map((rule) => new RuleState(rule, random));
  }

  /** The fault for this request, if any. */
  next(match: Match): Fault | undefined {
    let met: Fault | undefined;
    for (const rule of this.#rules) {
      // Every rule sees every request, so that one rule's decision never shifts what another counts or draws.
      met = rule.next(match, met !== undefined) ?? met;
    }
    if (met !== undefined) this.#met.set(met.fault, (this.#met.get(met.fault) ?? 0) + 1);
    return met;
  }

  resetCounts(): void {
    this.#met.clear();
  }
}

/** A rule and its counters. */
class RuleState {
  readonly #rule: FaultRule;
  readonly #random: () => number;
  #seen = 0;
  happened = 0;

  constructor(rule: FaultRule, random: () => number) {
    this.#rule = rule;
    this.#random = random;
  }

  next(match: Match, isTaken: boolean): Fault | undefined {
    const { probability = 1, after = 0, times = Number.POSITIVE_INFINITY } = this.#rule;
    if (!matches(this.#rule, match)) return undefined;
    this.#seen += 1;
    const drawn = this.#random();
    const jitter = this.#rule.fault === "latency" ? this.#random() : 0;
    if (isTaken || this.#seen <= after || this.happened >= times || drawn >= probability) return undefined;
    this.happened += 1;
    return this.#rule.fault === "latency"
      ? { ...this.#rule, ms: this.#rule.ms + Math.floor(jitter * ((this.#rule.jitterMs ?? 0) + 1)) }
      : this.#rule;
  }
}

function matches({ operation, fault }: FaultRule, { route }: Match): boolean {
  if (fault === "stale-read" && route.method !== "GET") return false;
  return operation === undefined || [operation].flat().includes(route.operation);
}
