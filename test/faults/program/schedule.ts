import type { FaultKind, FaultRule } from "../../../src/emulator/faults/plan";
import { kinds as emulated } from "../../../src/emulator/kinds/index";
import { foreignAnswerNames } from "../../../src/emulator/notfound";
import type { ProfileChanges } from "../../../src/emulator/profile";
import { type KindName, kinds, outsideApps } from "../../../src/kinds";
import { definitions } from "../../../src/provider/kinds";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { Random } from "../../support/random";
import { Author } from "./author";
import { otherKindsFor } from "./other-kinds";
import { type OutsideChange, outsideChanges } from "./outside-change";
import type { Declared, Program } from "./program";

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
  "foreign-404",
];

/** What goes wrong, where and how often. */
export type Rule = FaultRule & { readonly probability: number };

export interface Step {
  command: "up" | "refresh" | "destroy";
  /** The program at this step, whatever the command. */
  program: Program;
  /** `other`: with the credential of another account. It must fail and change nothing. */
  account: "own" | "other";
  /** How many milliseconds before the command somebody else creates objects with the same names. */
  namesakesAgoMs: number | undefined;
  /** Whether its first attempts are killed. */
  kills: boolean;
  /** What another stack declares that creates objects with the same names at the same time. */
  neighbour: Program | undefined;
  /** What happens outside Pulumi before the command. */
  outsideChange: OutsideChange | undefined;
  faults: readonly Rule[];
}

/** What people do and what goes wrong: plain data, generated from one seed. */
export interface Schedule {
  seed: number;
  /** The API version that the stack uses. */
  version: ApiVersion;
  /** How the emulator behaves where Smooch's documentation leaves it open. */
  profile: ProfileChanges;
  /** The stack's credential: an account key, or a service key that sees only what it created. */
  credential: "account" | "service";
  /** Whether the neighbour is another stack, or the same stack in another backend. */
  neighbour: "stack" | "backend";
  /** How far the clock of the machine that runs the commands is ahead of Smooch's. */
  clientAheadMs: number;
  steps: readonly Step[];
}

/** How large and how slow schedules may be in a layer. */
export interface Scale {
  size: "full" | "small";
  requestTimeoutMs: number;
  /** Whether time is virtual: minutes can pass at once, and processes can be killed at an exact moment. */
  isVirtual: boolean;
}

export function makeSchedule(seed: number, scale: Scale, version: ApiVersion = "v1"): Schedule {
  const random = new Random(seed);
  const credential = scale.isVirtual && random.chance(0.2) ? "service" : "account";
  const author = new Author(random.fork(), scale.size, version, credential);
  const operations = operationsOf(version, credential);
  const severity = random.pick([0, 0.03, 0.08, 0.15, 0.3]);
  const step = (command: Step["command"], program: Program): Step => ({
    command,
    program,
    account: "own",
    namesakesAgoMs:
      random.chance(0.15) && command === "up" && scale.isVirtual ? random.pick([4000, 90_000]) : undefined,
    kills: random.chance(0.15) && scale.isVirtual,
    neighbour:
      random.chance(0.25) && command === "up" && scale.isVirtual ? alsoElsewhere(program) : undefined,
    // Not before an `up`: without a refresh Pulumi does not see the change.
    outsideChange:
      random.chance(0.25) && command !== "up" && scale.isVirtual ? random.pick(outsideChanges) : undefined,
    faults: random.chance(0.2) ? [] : makeRules(random, severity, scale, operations),
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
    profile: makeProfile(random, scale, steps, version),
    credential,
    neighbour: random.pick(["stack", "backend"] as const),
    clientAheadMs: random.pick([0, 0, -45_000, 45_000]),
    steps,
  };
}

function makeProfile(
  random: Random,
  { isVirtual }: Scale,
  steps: readonly Step[],
  version: ApiVersion,
): ProfileChanges {
  const isElsewhere = ({ kind, inputs }: Declared) =>
    kind === "webhook" && inputs.version !== undefined && inputs.version !== version;
  const needsAll = steps.some(({ program }) => program.some(isElsewhere));
  const fewest = { v1: "all", "v1.1": "v1.1+v2", v2: "v2" } as const;
  // Nothing can change a webhook of v2 without the secret of a key of its app.
  const isOfV2 = ({ kind, inputs }: Declared) =>
    inputs.type === "custom" || (kind === "webhook" && (inputs.version ?? version) === "v2");
  const canHide = isVirtual && !steps.some(({ program }) => program.some(isOfV2));

  return {
    duplicateTargets: random.pick(["refuse", "refuse", "allow"] as const),
    metadata: random.pick(["replace", "merge"] as const),
    deleteAnswer: random.pick(["empty-object", "empty-object", "no-content", "accepted"] as const),
    unknownFields: random.pick(["strict", "lenient"] as const),
    serves: random.chance(0.4) && isVirtual && !needsAll ? fewest[version] : "all",
    // An object whose response was lost must then be replaced, which takes a person and several commands.
    secrets:
      canHide && random.chance(0.3)
        ? random.pick(["masked", "omitted", "omitted-in-lists"] as const)
        : "shown",
  };
}

/** What a stack can have as well: apps of its own with keys, and what is outside apps. */
function alsoElsewhere(program: Program): Program {
  return program.filter(({ kind }) => kind === "app" || kind === "key" || outsideApps.includes(kind));
}

/** A stale value is kept until the next refresh (docs/reliability.md), so another one follows a stale read. */
function refresh(step: Step): Step[] {
  const isStale = step.faults.some(({ fault }) => fault === "stale-read");
  return isStale ? [step, { ...step, outsideChange: undefined, faults: [] }] : [step];
}

/** The same rules, less likely with each attempt and finally none, so that the command eventually succeeds. */
export function thinOut(rules: readonly Rule[], attempt: number): readonly Rule[] {
  if (attempt >= 8) return [];
  return rules.map((rule) => ({ ...rule, probability: rule.probability * 0.7 ** attempt }));
}

function wrongAccount(random: Random, author: Author, program: Program): Step[] {
  const common = {
    account: "other",
    namesakesAgoMs: undefined,
    kills: false,
    neighbour: undefined,
    outsideChange: undefined,
    faults: [],
  } as const;
  const shorter = author.shorten(program);
  const command = random.pick(["refresh", "destroy", "up"] as const);
  if (command !== "up") return [{ ...common, command, program }];
  return shorter === undefined ? [] : [{ ...common, command, program: shorter }];
}

interface Operations {
  reads: readonly string[];
  creates: readonly string[];
  writes: readonly string[];
  /** Those that revoke something. */
  revocations: readonly string[];
}

/** The API's operations on everything that the stack can manage. */
function operationsOf(version: ApiVersion, credential: Schedule["credential"]): Operations {
  const managed = ["app", "key", "integration", ...otherKindsFor(version, credential)] as const;
  // v2 creates, reads and deletes a webhook as an integration; only the update has its own operation.
  const ofWebhooks = routesOf("webhook", version).filter(
    ({ operation }) => version !== "v2" || operation === "updateWebhook",
  );
  const routes = [...managed.flatMap((kind) => routesOf(kind, version)), ...ofWebhooks];
  const called = (...methods: string[]) => [
    ...new Set(routes.filter(({ method }) => methods.includes(method)).map(({ operation }) => operation)),
  ];
  const keys = managed.filter((kind) => definitions[kind].verifyDeletion);
  return {
    reads: called("GET"),
    creates: called("POST"),
    writes: called("POST", "PUT", "PATCH", "DELETE"),
    revocations: keys.map((kind) => `delete${kinds[kind].type}`),
  };
}

function routesOf(kind: KindName, version: ApiVersion) {
  return emulated[kind].routes(version);
}

function makeRules(random: Random, severity: number, scale: Scale, operations: Operations): Rule[] {
  const count = severity === 0 ? random.int(0, 1) : random.int(1, 6);
  const rules = Array.from({ length: count }, () => {
    const fault = random.pick(faultKinds);
    const rule = makeRule(random, fault, scale, operations);
    // Creates are few, and their faults matter most.
    const minimum =
      typeof rule.operation === "string" && operations.creates.includes(rule.operation) ? 0.3 : severity;
    const isEverywhere = Array.isArray(rule.operation);
    const probability =
      isEverywhere || random.chance(0.1) ? 0.8 : Math.max(minimum, severity) + random.next() * severity;
    return { ...rule, probability: Number(probability.toFixed(3)) };
  });
  // Two stale responses in a row must be handled; more, from several rules, need not be (docs/reliability.md).
  const stale = rules.find(({ fault }) => fault === "stale-read");
  return rules.filter((rule) => rule.fault !== "stale-read" || rule === stale);
}

function makeRule(
  random: Random,
  fault: FaultKind,
  scale: Scale,
  { reads, creates, writes, revocations }: Operations,
): FaultRule {
  const within = [...writes, ...reads].filter((operation) => operation !== "listApps");
  const somewhere = random.chance(0.4) ? {} : { operation: random.pick([...writes, ...reads]) };
  const onWrite = { operation: random.pick(random.chance(0.6) ? creates : writes) };
  switch (fault) {
    case "status": {
      // A key that is reported as revoked but is not.
      if (random.chance(0.3))
        return { fault, operation: random.pick(revocations), status: 200, body: {}, times: 1 };
      const status = random.pick([408, 500, 502, 503, 504]);
      return random.chance(0.5)
        ? { fault, ...somewhere, status }
        : { fault, ...onWrite, status, applied: true };
    }
    case "latency":
      // Up to one and a half times the timeout: the request may take effect after the caller has given up.
      return {
        fault,
        ...somewhere,
        ms: random.int(1, scale.requestTimeoutMs),
        jitterMs: scale.requestTimeoutMs / 2,
      };
    case "rate-limited":
      return { fault, ...somewhere, ...(random.chance(0.5) && { retryAfter: random.int(0, 2) }) };
    case "stale-read":
      // Writes become visible eventually: no reader can cope with an API that stays stale.
      return { fault, times: random.int(1, 2), ...(random.chance(0.5) && { operation: random.pick(reads) }) };
    case "hang":
    case "not-json":
      return random.chance(0.5)
        ? { fault, ...somewhere }
        : { fault, ...onWrite, applied: random.chance(0.5) };
    case "foreign-404":
      return {
        fault,
        // Some hosts serve only the list of apps.
        ...(random.chance(0.3) ? { operation: within } : somewhere),
        answer: random.pick(foreignAnswerNames),
      };
    case "reset-after":
    case "cut":
      return { fault, ...onWrite };
    default:
      return { fault, ...somewhere };
  }
}
