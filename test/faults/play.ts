import { createHash } from "node:crypto";
import type { KindName } from "../../src/kinds";
import { definitions } from "../../src/provider/kinds";
import { Random } from "../support/random";
import { type Memory, unaccounted } from "./checks/accounted";
import { differencesFromProgram, differencesFromSmooch } from "./checks/converged";
import type { Finding, FindingKind, Result } from "./checks/findings";
import { leaks } from "./checks/leaks";
import { isBeingReplaced, wronglyGone } from "./checks/untouched";
import { identify, type LiveObject } from "./checks/watch";
import type { Outcome } from "./layers/engine";
import type { Layer, Stage } from "./layers/layer";
import { currentEntry, type Entry } from "./layers/state";
import { placeNamesakes } from "./people/namesakes";
import { changeOutside } from "./people/outside-changes";
import { Person } from "./people/person";
import { isSecretInput, secretsIn } from "./program/channels";
import type { Declared, Program } from "./program/program";
import { type Schedule, type Step, thinOut } from "./program/schedule";

const maxAttempts = 12;
const betweenCommandsMs = 5_000;

/** Plays one schedule and returns everything that went wrong. */
export async function play(layer: Layer, schedule: Schedule): Promise<Result> {
  const trace: string[] = [];
  const stage = await layer.open(schedule, (line) => trace.push(line));
  try {
    const player = new Player(schedule, stage, trace);
    for (const [index, step] of schedule.steps.entries()) await player.step(index, step);
    const hash = createHash("sha256").update(trace.join("\n")).digest("hex").slice(0, 16);
    const { findings, ups, commands, faults, refusals } = player;
    const live = new Set(stage.watch.live().map(({ id }) => id));
    const named = [...player.named].filter((id) => live.has(id)).length;
    const abandoned = player.abandoned.size;
    const { kills = 0, watch } = stage;
    const numbers = {
      named,
      emptyApps: watch.emptyApps,
      refusals,
      abandoned,
      kills,
      commands,
      requests: watch.requests,
    };
    return { seed: schedule.seed, findings, ups, faults, ...numbers, hash, trace };
  } finally {
    await stage.close();
  }
}

class Player {
  readonly findings: Finding[] = [];
  readonly named = new Set<string>();
  readonly abandoned = new Set<string>();
  readonly ups: number[] = [];
  readonly faults: Record<string, number> = {};
  commands = 0;
  /** Whether the last command got a stale response. */
  #hadStaleRead = false;
  /** How often the person had to follow the advice in an error. */
  refusals = 0;
  readonly #seen = new Set<string>();
  readonly #descriptions = new Map<Declared, string>();
  readonly #memory: Memory = { known: new Set(), messages: "" };
  readonly #faultsMetBefore: Readonly<Record<string, number>>;
  readonly #random: Random;
  readonly #person: Person;
  readonly #note = (line: string) => void this.trace.push(line);
  #at = { step: 0, attempt: 0 };
  /** Where the current command's log begins in the trace; everything before it has been checked. */
  #logStart = 0;

  constructor(
    private readonly schedule: Schedule,
    private readonly stage: Stage,
    private readonly trace: string[],
  ) {
    // The emulator may have been used for another schedule before.
    this.#faultsMetBefore = { ...stage.watch.emulator.faultsMet };
    this.#random = new Random(schedule.seed ^ 0xadd5);
    this.#person = new Person(stage, this.#random.fork(), schedule.version, this.#note);
    stage.watch.emulator.setProfile(schedule.profile);
    stage.watch.onGone = (id) => void this.#memory.known.delete(id);
  }

  async step(index: number, step: Step): Promise<void> {
    this.#at = { step: index, attempt: 0 };
    for (const { inputs } of step.program)
      for (const secret of secretsIn(inputs)) this.stage.watch.secrets.add(secret);
    if (step.account === "other") return this.#tryAsOther(step);
    if (step.namesakesAgoMs !== undefined)
      await placeNamesakes(this.stage, step.program, this.schedule.version, step.namesakesAgoMs);
    const { outsideChange } = step;
    const afterwards =
      outsideChange &&
      (await changeOutside(
        this.stage,
        outsideChange,
        step.program,
        this.#random,
        this.schedule.version,
        this.#note,
      ));
    const refusedBefore = this.refusals;
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      this.#at = { step: index, attempt };
      const rules = thinOut(step.faults, attempt);
      const written = { ...step, program: await this.#person.write(step.program) };
      const { ok, errors } = await this.#command(written, rules);
      if (attempt === 0) afterwards?.();
      if (await this.#person.respond(step, errors)) this.refusals++;
      if (!ok) continue;
      if (step.command === "up") {
        this.ups.push(attempt + 1);
        await this.#expectConverged({
          ...written,
          program: written.program.map(({ adopt: _, replace: __, ...declared }) => declared),
        });
      }
      if (step.command === "destroy") await this.#expectEmpty();
      return;
    }
    if (step.command === "up") this.ups.push(maxAttempts);
    const kind = this.refusals > refusedBefore ? "stuck" : "not converged";
    this.#find(kind, step.command, `${step.command} still fails after ${maxAttempts} attempts`);
  }

  async #command(step: Step, rules: Step["faults"]): Promise<Outcome> {
    const { stage } = this;
    const { emulator } = stage.watch;
    await stage.pass(betweenCommandsMs);
    this.#logStart = this.trace.length;
    this.trace.push(`# step ${this.#at.step}.${this.#at.attempt} ${step.command} as ${step.account}`);
    this.trace.push(...step.program.map((declared) => `#   ${this.#describe(declared)}`));
    this.trace.push(...rules.map((rule) => `#   ${JSON.stringify(rule)}`));
    emulator.setFaults({ seed: (this.schedule.seed + 31 * this.#at.step + this.#at.attempt) >>> 0, rules });
    const before = await this.#remember();
    stage.watch.onDelete = () => this.#expectWorkingKeys(step, new Set(before.values()));
    const outcome = await stage.run(step, this.#at.attempt);
    this.commands++;
    stage.watch.onDelete = () => {};
    await stage.await(stage.watch.settled());
    emulator.setFaults({});
    this.#countFaults();
    this.#memory.messages += outcome.errors.join("\n");
    this.trace.push(outcome.ok ? "ok" : "failed");
    await this.#expectAccounted(outcome);
    await this.#expectUntouched(step, before);
    return outcome;
  }

  async #remember(): Promise<ReadonlyMap<string, string>> {
    const entries = await this.stage.state();
    const live = this.#markKnown(entries);
    return new Map(entries.filter(({ id }) => live.has(id)).map(({ id, name }) => [id, name]));
  }

  /** Remembers what exists and is in the state; returns the ids of everything that exists. */
  #markKnown(entries: readonly Entry[]): ReadonlySet<string> {
    const live = new Set(this.stage.watch.live().map(({ id }) => id));
    for (const { id } of entries) if (live.has(id)) this.#memory.known.add(id);
    return live;
  }

  async #expectAccounted({ errors, files = "" }: Outcome): Promise<void> {
    const { stage } = this;
    const entries = await stage.state();
    const { interrupted, notes } = { interrupted: stage.interrupted?.(), notes: stage.notes?.() };
    const { lost, orphans, duplicates, named, abandoned } = unaccounted(this.#own(), entries, this.#memory, {
      interrupted,
      notes,
    });
    for (const { id } of abandoned) this.abandoned.add(id);
    for (const { id, kind } of lost)
      this.#find(
        isKey(kind) ? "reported revoked but works" : "lost",
        id,
        `${kind} ${id} exists, but the state dropped it`,
      );
    for (const { id, kind } of orphans)
      this.#find("orphan", id, `${kind} ${id} exists, but neither the state nor an error names it`);
    for (const { id, kind } of duplicates)
      this.#find("duplicate", id, `${kind} ${id} is a second object like one in the state`);
    for (const { id } of named) this.named.add(id);
    for (const [, id = ""] of errors
      .join("\n")
      .matchAll(/ ([\w-]+) was made by an interrupted run, and belongs/g))
      stage.watch.noteRecovered(id, "own");
    for (const { id, by, madeBy } of stage.watch.wronglyTaken)
      this.#find("wrongly taken over", id, `${by} has ${id} in its state, but ${madeBy} made it`);
    const texts = {
      "an error": errors.join("\n"),
      "the log": this.trace.slice(this.#logStart).join("\n"),
      "a file": files,
    };
    for (const place of leaks(stage.watch.secrets, texts, entries))
      this.#find("leaked", place, `${place} contains a secret`);
    this.#markKnown(entries);
  }

  #own(): LiveObject[] {
    const { watch } = this.stage;
    return watch.live().filter((object) => watch.makerOf(object.id) === "own" && !watch.mayBeSwapped(object));
  }

  async #expectUntouched({ command, program }: Step, before: ReadonlyMap<string, string>): Promise<void> {
    for (const { id, by, madeBy } of this.stage.watch.wronglyDeleted)
      this.#find("wrongly deleted", id, `${by} deleted ${id}, but ${madeBy} made it`);
    if (command === "destroy") return;
    const entries = await this.stage.state();
    const live = new Set(this.stage.watch.live().map(({ id }) => id));
    const { version } = this.schedule;
    for (const [id, name] of wronglyGone({ program, version, entries, live }, before))
      this.#find("wrongly deleted", id, `${name} ${id} is declared, but was deleted`);
  }

  /** At every moment of a rotation, the old key or the new one must work. */
  #expectWorkingKeys({ command, program }: Step, hadOne: ReadonlySet<string>): void {
    const entries = this.stage.stateNow();
    if (entries === undefined || command !== "up") return;
    const live = new Set(this.stage.watch.live().map(({ id }) => id));
    const { version } = this.schedule;
    for (const declared of program) {
      const { name, kind } = declared;
      if (!isKey(kind) || !hadOne.has(name)) continue;
      const id = currentEntry(entries, name)?.id;
      // An integration is deleted before its replacement is created, and its keys with it.
      if (id !== undefined && isBeingReplaced({ program, version, entries, live }, id, declared)) continue;
      if (!entries.some((entry) => entry.name === name && live.has(entry.id)))
        this.#find("no working key", name, `the last key of ${name} was deleted before its successor worked`);
    }
  }

  async #expectConverged(up: Step): Promise<void> {
    // A stale value counts until the next refresh (docs/reliability.md).
    if (this.#hadStaleRead && (await this.#differences(up.program)).length > 0) {
      await this.#command({ ...up, command: "refresh" }, []);
      await this.#command(up, []);
    }
    const steps = await this.stage.preview(up.program);
    if (steps.length > 0) this.#find("not converged", "preview", `a preview shows ${steps.join(", ")}`);
    const wrong = await this.#differences(up.program);
    if (wrong.length > 0) this.#find("not converged", "state", wrong.join("; "));
    const entries = await this.stage.state();
    const unfinished = entries.filter(
      ({ initErrors, pendingDelete }) => initErrors.length > 0 || pendingDelete,
    );
    if (unfinished.length > 0)
      this.#find(
        "not converged",
        "unfinished",
        `init errors or pending deletion: ${unfinished.map(({ name }) => name).join(", ")}`,
      );
  }

  /** Differences of the state from Smooch and from the program. */
  async #differences(program: Program): Promise<string[]> {
    const entries = await this.stage.state();
    const { emulator } = this.stage.watch;
    // Another stack that took an empty app of this one changes it (docs/reliability.md).
    const isOnlyOurs = ({ id, kind, inputs }: Entry) =>
      ![id, ...identify(kind, inputs).holders].some((one) => this.stage.watch.isShared(one));
    return [
      ...differencesFromSmooch(entries.filter(isOnlyOurs), emulator.snapshot(), this.schedule.version),
      ...differencesFromProgram(program, entries),
    ];
  }

  async #expectEmpty(): Promise<void> {
    const others = [...this.abandoned, ...this.named];
    const alive = this.#own().filter(({ id }) => !others.includes(id));
    for (const { kind, id } of alive)
      this.#find("left after destroy", id, `${kind} ${id} still exists after a successful destroy`);
  }

  async #tryAsOther(step: Step): Promise<void> {
    const entries = await this.stage.state();
    // With any account, the command may create a declared object that is missing.
    if (step.command === "up" && step.program.some(({ name }) => !currentEntry(entries, name))) return;
    const before = idsOf(entries);
    // If there is nothing to change, the command may succeed with any account.
    const hasChanges = step.command !== "up" ? entries.length > 0 : entries.length > step.program.length;
    const live = JSON.stringify(this.#own());
    const { ok } = await this.#command(step, []);
    if (ok && hasChanges)
      this.#find(
        "wrong account accepted",
        "ok",
        `${step.command} succeeded with another account's credentials`,
      );
    const after = idsOf(await this.stage.state());
    if (after !== before)
      this.#find("wrong account accepted", "state", `the state changed: ${before} -> ${after}`);
    if (JSON.stringify(this.#own()) !== live)
      this.#find("wrong account accepted", "objects", "objects changed");
  }

  #countFaults(): void {
    const staleBefore = this.faults["stale-read"] ?? 0;
    for (const [kind, met] of Object.entries(this.stage.watch.emulator.faultsMet))
      this.faults[kind] = met - (this.#faultsMetBefore[kind] ?? 0);
    this.#hadStaleRead = (this.faults["stale-read"] ?? 0) > staleBefore;
  }

  /** Cached, because most of the program is the same in every command. */
  #describe(declared: Declared): string {
    const text = this.#descriptions.get(declared) ?? describe(declared);
    this.#descriptions.set(declared, text);
    return text;
  }

  #find(kind: FindingKind, what: string, detail: string): void {
    if (this.#seen.has(`${kind} ${what}`)) return;
    this.#seen.add(`${kind} ${what}`);
    this.findings.push({ kind, ...this.#at, detail });
    this.trace.push(`! ${kind}: ${detail}`);
  }
}

/** Whether such objects sign tokens: then the worst outcome is one that works although it seems revoked. */
function isKey(kind: KindName): boolean {
  return definitions[kind].verifyDeletion === true;
}

/** For the trace: shows only the end of a secret. */
function describe(declared: Declared): string {
  return JSON.stringify(declared, (name, value: unknown) =>
    isSecretInput(name) ? `…${String(value).slice(-6)}` : value,
  );
}

/** Sorted, because the order of entries in the state has no meaning. */
function idsOf(entries: readonly Entry[]): string {
  return entries
    .map(({ id }) => id)
    .sort()
    .join();
}
