import type { FaultKind, FaultRule } from "../../src/emulator/faults/plan";
import type { ApiVersion } from "../../src/smooch/generations/version";
import { Author, type Program } from "./program";
import { Random } from "./random";

export const faultKinds: readonly FaultKind[] = [
  "status",
  "latency",
  "refused",
  "reset-before",
  "reset-after",
  "cut",
  "not-json",
  "stale-read",
  "rate-limited",
  "hang",
];

/** What goes wrong, where and how often. */
export type Rule = FaultRule & { readonly probability: number };

export interface Step {
  command: "up" | "refresh" | "destroy";
  /** What the program declares by now, whatever the command. */
  program: Program;
  /** `other`: with the credential of another account. It must fail and change nothing. */
  account: "own" | "other";
  /** Somebody else makes objects of the same names just before. */
  strangers: boolean;
  faults: readonly Rule[];
}

/** What people do and what goes wrong meanwhile: plain data, all of it from one seed. */
export interface Schedule {
  seed: number;
  /** The generation of the API that the stack uses. */
  version: ApiVersion;
  /** What Smooch does with a second webhook of the same target. */
  duplicateTargets: "refuse" | "allow";
  /** How far the clock of who runs the commands is ahead of Smooch's. */
  clientAheadMs: number;
  steps: readonly Step[];
}

/** How slow and how large things may be where a schedule is played. */
export interface Scale {
  size: "full" | "small";
  requestTimeoutMs: number;
  /** Whether minutes can pass, so that the objects of others are surely older. */
  strangers: boolean;
}

export function makeSchedule(seed: number, scale: Scale, version: ApiVersion = "v1"): Schedule {
  const random = new Random(seed);
  const author = new Author(random.fork(), scale.size, version);
  const severity = random.pick([0, 0.03, 0.08, 0.15, 0.3]);
  const step = (command: Step["command"], program: Program): Step => ({
    command,
    program,
    account: "own",
    strangers: random.chance(0.15) && command === "up" && scale.strangers,
    faults: random.chance(0.2) ? [] : makeRules(random, severity, scale, operationsOf[version]),
  });

  let program = author.write();
  const steps = [step("up", program)];
  for (let edits = random.int(2, scale.size === "full" ? 5 : 3); edits > 0; edits--) {
    if (random.chance(0.3)) steps.push(...refresh(step("refresh", program)));
    if (random.chance(0.1)) steps.push(...wrongAccount(random, author, program));
    program = author.edit(program);
    steps.push(step("up", program));
  }
  if (random.chance(0.1)) steps.push(...wrongAccount(random, author, program));
  steps.push(step("destroy", program));
  return {
    seed,
    version,
    duplicateTargets: random.pick(["refuse", "refuse", "allow"] as const),
    clientAheadMs: random.pick([0, 0, -45_000, 45_000]),
    steps,
  };
}

/** A value that was read stale is believed until the next refresh (docs/reliability.md), so there is a next one. */
function refresh(step: Step): Step[] {
  const isStale = step.faults.some(({ fault }) => fault === "stale-read");
  return isStale ? [step, { ...step, faults: [] }] : [step];
}

/** The same rules, rarer the more often a command was repeated, and gone in the end: so that it can succeed. */
export function thinOut(rules: readonly Rule[], attempt: number): readonly Rule[] {
  if (attempt >= 8) return [];
  return rules.map((rule) => ({ ...rule, probability: rule.probability * 0.7 ** attempt }));
}

function wrongAccount(random: Random, author: Author, program: Program): Step[] {
  const common = { account: "other", strangers: false, faults: [] } as const;
  const shorter = author.shorten(program);
  const command = random.pick(["refresh", "destroy", "up"] as const);
  if (command !== "up") return [{ ...common, command, program }];
  return shorter === undefined ? [] : [{ ...common, command, program: shorter }];
}

interface Operations {
  reads: readonly string[];
  creates: readonly string[];
  writes: readonly string[];
}

/** v2 makes, reads and deletes a webhook as an integration, and only changes it under its own name. */
const operationsOf: Readonly<Record<ApiVersion, Operations>> = {
  v1: operations(["App", "Key", "Webhook", "Integration"]),
  "v1.1": operations(["App", "Key", "Webhook", "Integration"]),
  v2: operations(["App", "Key", "Integration"], ["updateWebhook"]),
};

function operations(nouns: readonly string[], more: readonly string[] = []): Operations {
  const creates = nouns.map((noun) => `create${noun}`);
  const changes = nouns.filter((noun) => noun !== "Key").map((noun) => `update${noun}`);
  return {
    reads: nouns.flatMap((noun) => [`get${noun}`, `list${noun}s`]),
    creates,
    writes: [...creates, ...changes, ...nouns.map((noun) => `delete${noun}`), ...more],
  };
}

function makeRules(random: Random, severity: number, scale: Scale, operations: Operations): Rule[] {
  const count = severity === 0 ? random.int(0, 1) : random.int(1, 6);
  const rules = Array.from({ length: count }, () => {
    const fault = random.pick(faultKinds);
    const rule = makeRule(random, fault, scale, operations);
    // Creates are few, and what befalls them matters most.
    const least =
      typeof rule.operation === "string" && operations.creates.includes(rule.operation) ? 0.3 : severity;
    const probability = random.chance(0.1) ? 0.8 : Math.max(least, severity) + random.next() * severity;
    return { ...rule, probability: Number(probability.toFixed(3)) };
  });
  // Two stale answers in a row are survived; more, from several rules, are not promised (docs/reliability.md).
  const stale = rules.find(({ fault }) => fault === "stale-read");
  return rules.filter((rule) => rule.fault !== "stale-read" || rule === stale);
}

function makeRule(
  random: Random,
  fault: FaultKind,
  scale: Scale,
  { reads, creates, writes }: Operations,
): FaultRule {
  const somewhere = random.chance(0.4) ? {} : { operation: random.pick([...writes, ...reads]) };
  const onWrite = { operation: random.pick(random.chance(0.6) ? creates : writes) };
  switch (fault) {
    case "status": {
      const status = random.pick([408, 500, 502, 503, 504]);
      return random.chance(0.5)
        ? { fault, ...somewhere, status }
        : { fault, ...onWrite, status, applied: true };
    }
    case "latency":
      // Up to half as long again as a caller waits: the request takes effect after it was given up.
      return {
        fault,
        ...somewhere,
        ms: random.int(1, scale.requestTimeoutMs),
        jitterMs: scale.requestTimeoutMs / 2,
      };
    case "rate-limited":
      return { fault, ...somewhere, ...(random.chance(0.5) && { retryAfter: random.int(0, 2) }) };
    case "stale-read":
      // What was written shows after a while: no reader can do anything with an API that never comes round.
      return { fault, times: random.int(1, 2), ...(random.chance(0.5) && { operation: random.pick(reads) }) };
    case "hang":
    case "not-json":
      return random.chance(0.5)
        ? { fault, ...somewhere }
        : { fault, ...onWrite, applied: random.chance(0.5) };
    case "reset-after":
    case "cut":
      return { fault, ...onWrite };
    default:
      return { fault, ...somewhere };
  }
}
