import { onlyId } from "../../../src/kinds";
import type { Properties } from "../../../src/provider/kind";
import { definitions } from "../../../src/provider/kinds";
import { unknownValue } from "../../../src/provider/values";
import type { Declared, Program } from "../program/program";
import { referencesIn, resolved } from "../program/references";
import { type Plugin, PluginError, providerText } from "./plugin";
import { currentEntry, type Entry, markSecrets, sameJson, unwrapped } from "./state";

/** The result of a command; the errors are what a person would see. */
export interface Outcome {
  ok: boolean;
  errors: readonly string[];
  /** The text of the files on disk afterwards, which must hold no secret in plain text. */
  files?: string;
}

const parallel = 4;

/**
 * A model of Pulumi's engine as far as a provider can observe it: which calls it makes, when and with which arguments,
 * and what it stores of the results.
 */
export class Engine {
  entries: Entry[] = [];
  /** Called when the state records an object. */
  onRecord: (id: string) => void = () => {};

  constructor(
    private readonly startPlugin: () => Plugin,
    private readonly trace: (line: string) => void = () => {},
    private readonly stack = "test",
  ) {}

  /** The engine that replaces a killed one. Calls that are still running cannot change its copy of the state. */
  successor(): Engine {
    const next = new Engine(this.startPlugin, this.trace, this.stack);
    next.onRecord = this.onRecord;
    next.entries = this.entries.map((entry) => ({ ...entry }));
    return next;
  }

  up(program: Program): Promise<Outcome> {
    return this.#deploy(async (deployment) => {
      const ids = new Map<string, Promise<string | undefined>>();
      for (const declared of program) ids.set(declared.name, this.#register(deployment, declared, ids));
      await Promise.all(ids.values());
      if (deployment.failed) return;
      const names = program.map(({ name }) => name);
      await this.#deleteAll(
        deployment,
        this.entries.filter((entry) => entry.pendingDelete || !names.includes(entry.name)),
      );
    });
  }

  destroy(): Promise<Outcome> {
    return this.#deploy((deployment) => this.#deleteAll(deployment, this.entries));
  }

  refresh(): Promise<Outcome> {
    return this.#deploy(async (deployment) => {
      const read = this.entries.filter((entry) => !entry.pendingReplacement);
      await Promise.all(read.map((entry) => deployment.step(() => this.#read(deployment.plugin, entry))));
    });
  }

  /** What an `up` would do, e.g. `update key1`; empty if there are no changes. */
  async preview(program: Program): Promise<string[]> {
    const plugin = this.startPlugin();
    const steps: string[] = [];
    for (const declared of program) {
      const inputs = resolved(declared.inputs, (name) => currentEntry(this.entries, name)?.id);
      const { kind } = await this.#plan(plugin, declared, inputs);
      if (kind !== "same") steps.push(`${kind} ${declared.name}`);
    }
    const names = program.map(({ name }) => name);
    for (const { name, pendingDelete } of this.entries)
      if (pendingDelete || !names.includes(name)) steps.push(`delete ${name}`);
    return steps;
  }

  /** `pulumi state delete <urn> --target-dependents`. */
  forget(entry: Entry): void {
    this.trace(`forget ${entry.name} ${entry.id}`);
    const gone = [entry, ...this.#dependentsOf(entry)];
    this.entries = this.entries.filter((other) => !gone.includes(other));
  }

  async #deploy(work: (deployment: Deployment) => Promise<void>): Promise<Outcome> {
    const deployment = new Deployment(this.startPlugin(), this.trace);
    await work(deployment);
    const printed = deployment.plugin.printed();
    return { ok: !deployment.failed, errors: [...deployment.errors, ...(printed ? [printed] : [])] };
  }

  /** Resolves with the resource's id, or with undefined if it failed and its dependents cannot start. */
  async #register(
    deployment: Deployment,
    declared: Declared,
    ids: ReadonlyMap<string, Promise<string | undefined>>,
  ): Promise<string | undefined> {
    const known = new Map<string, string>();
    for (const name of referencesIn(declared.inputs)) {
      const id = await ids.get(name);
      if (id === undefined) return undefined;
      known.set(name, id);
    }
    const given = resolved(declared.inputs, (name) => known.get(name));
    const plan = await deployment.runExclusive(() => this.#plan(deployment.plugin, declared, given));
    if (plan === undefined) return undefined;
    const done = await deployment.step(() => this.#execute(deployment.plugin, declared, plan));
    return done ? currentEntry(this.entries, declared.name)?.id : undefined;
  }

  async #plan(plugin: Plugin, declared: Declared, given: Properties): Promise<Plan> {
    const adopted = definitions[declared.kind].isSingleton ? onlyId : declared.adopt;
    const news = {
      ...given,
      ...(declared.adopt !== undefined && { __adopt: adopted }),
      __resource: `${this.stack}/${declared.name}`,
      __provider: providerText(declared.kind),
    };
    const old = currentEntry(this.entries, declared.name);
    const inputs = await checked(plugin, unwrapped(old?.inputs ?? {}), news);
    if (old === undefined || old.pendingReplacement) return { kind: "create", inputs, old };
    // `--replace` does not call the provider's diff.
    if (declared.replace) return { kind: "replace", inputs: await checked(plugin, {}, news), old };
    const difference = await plugin.diff(old.id, unwrapped(old.outputs), inputs);
    const changes = difference.changes ?? !sameJson(unwrapped(old.inputs), inputs);
    if (changes && difference.replaces.length > 0) {
      const fresh = await checked(plugin, {}, news);
      if (!difference.deleteBeforeReplace) return { kind: "replace", inputs: fresh, old };
      return { kind: "recreate", inputs: fresh, old, dependents: await this.#replacedWith(plugin, old) };
    }
    return { kind: changes || old.initErrors.length > 0 ? "update" : "same", inputs, old };
  }

  /** The dependents that must be deleted before the entry is replaced; each after what it depends on. */
  async #replacedWith(plugin: Plugin, root: Entry): Promise<Entry[]> {
    const names = [root.name];
    const replaced: Entry[] = [];
    for (const entry of this.#dependentsOf(root)) {
      if (entry.pendingDelete || entry.pendingReplacement) continue;
      const affected = Object.entries(entry.references).filter(([, others]) =>
        others.some((name) => names.includes(name)),
      );
      const unknown = Object.fromEntries(affected.map(([property]) => [property, unknownValue]));
      const news = { ...unwrapped(entry.inputs), ...unknown };
      if ((await plugin.diff(entry.id, unwrapped(entry.outputs), news)).replaces.length === 0) continue;
      names.push(entry.name);
      replaced.push(entry);
    }
    return replaced;
  }

  /** What depends on the entry, directly or not; each after what it depends on. */
  #dependentsOf(root: Entry): Entry[] {
    const seen = new Set([root]);
    const ordered: Entry[] = [];
    const visit = (entry: Entry): void => {
      for (const other of this.entries) {
        if (seen.has(other) || !dependsOn(other, entry.name)) continue;
        seen.add(other);
        visit(other);
        ordered.unshift(other);
      }
    };
    visit(root);
    return ordered;
  }

  async #execute(
    plugin: Plugin,
    declared: Declared,
    { kind, inputs, old, dependents = [] }: Plan,
  ): Promise<void> {
    if (kind !== "same") this.trace(`${kind} ${declared.name}`);
    if (old === undefined) return this.#create(plugin, declared, inputs);
    switch (kind) {
      case "same":
        old.inputs = markSecrets(inputs);
        old.references = referencesOf(declared);
        return;
      case "update":
        return this.#update(plugin, declared, old, inputs);
      case "recreate":
        for (const entry of [...dependents.toReversed(), old]) {
          await plugin.delete(entry.id, unwrapped(entry.outputs));
          entry.pendingReplacement = true;
        }
        return this.#create(plugin, declared, inputs, old);
      case "create":
      case "replace":
        return this.#create(plugin, declared, inputs, old);
    }
  }

  async #create(plugin: Plugin, declared: Declared, inputs: Properties, old?: Entry): Promise<void> {
    const { name, kind } = declared;
    const record = (id: string, outputs: Properties, initErrors: readonly string[]) => {
      if (old?.pendingReplacement) this.#forget(old);
      else if (old !== undefined) old.pendingDelete = true;
      const flags = { pendingDelete: false, pendingReplacement: false };
      this.entries.push({
        name,
        kind,
        references: referencesOf(declared),
        id,
        inputs: markSecrets(inputs),
        outputs,
        initErrors,
        ...flags,
      });
      this.onRecord(id);
      this.trace(`${name} is ${id}${initErrors.length > 0 ? " with init errors" : ""}`);
    };
    try {
      const { id, outputs } = await plugin.create(inputs);
      record(id, outputs, []);
    } catch (error) {
      if (error instanceof PluginError && error.partial !== undefined)
        record(error.partial.id, error.partial.outputs, error.partial.reasons);
      throw error;
    }
  }

  async #update(plugin: Plugin, declared: Declared, entry: Entry, inputs: Properties): Promise<void> {
    try {
      entry.outputs = await plugin.update(entry.id, unwrapped(entry.outputs), inputs);
      entry.inputs = markSecrets(inputs);
      entry.references = referencesOf(declared);
      entry.initErrors = [];
    } catch (error) {
      if (error instanceof PluginError && error.partial !== undefined) {
        const { outputs, reasons } = error.partial;
        Object.assign(entry, { inputs: markSecrets(inputs), outputs, initErrors: reasons });
      }
      throw error;
    }
  }

  async #read(plugin: Plugin, entry: Entry): Promise<void> {
    const found = await plugin.read(entry.id, unwrapped(entry.outputs));
    if (found.id === undefined) {
      this.trace(`${entry.name} ${entry.id} is gone`);
      return this.#forget(entry);
    }
    entry.id = found.id;
    entry.outputs = found.outputs;
    entry.inputs = found.inputs ?? entry.inputs;
    entry.initErrors = [];
  }

  /** Deletes dependents first; stops once something has failed. */
  async #deleteAll(deployment: Deployment, toDelete: readonly Entry[]): Promise<void> {
    let left = [...toDelete];
    while (left.length > 0) {
      const isNeeded = ({ name }: Entry) => left.some((entry) => dependsOn(entry, name));
      const free = left.filter((entry) => !isNeeded(entry));
      // A replaced resource and its replacement have one name, so they can seem to need each other.
      const layer = free.length > 0 ? free : left;
      await Promise.all(
        layer.toReversed().map((entry) =>
          deployment.step(async () => {
            if (!entry.pendingReplacement) {
              this.trace(`delete ${entry.name} ${entry.id}`);
              await deployment.plugin.delete(entry.id, unwrapped(entry.outputs));
            }
            this.#forget(entry);
          }),
        ),
      );
      left = left.filter((entry) => !layer.includes(entry));
    }
  }

  #forget(entry: Entry): void {
    this.entries = this.entries.filter((other) => other !== entry);
  }
}

interface Plan {
  kind: "same" | "create" | "update" | "replace" | "recreate";
  inputs: Properties;
  old: Entry | undefined;
  /** What must be deleted before the old object, in reverse. */
  dependents?: readonly Entry[];
}

/** The names of the resources that each input refers to, which Pulumi keeps in the state. */
function referencesOf({ inputs }: Declared): Entry["references"] {
  return Object.fromEntries(Object.entries(inputs).map(([input, value]) => [input, referencesIn(value)]));
}

function dependsOn({ references }: Entry, name: string): boolean {
  return Object.values(references).some((names) => names.includes(name));
}

async function checked(plugin: Plugin, olds: Properties, news: Properties): Promise<Properties> {
  const { inputs, failures } = await plugin.check(olds, news);
  if (failures.length > 0) throw new PluginError(failures.join("; "));
  return inputs;
}

/** One command's steps: a limited number at a time, and none starts after one has failed. */
class Deployment {
  readonly errors: string[] = [];
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly plugin: Plugin,
    private readonly trace: (line: string) => void,
  ) {}

  get failed(): boolean {
    return this.errors.length > 0;
  }

  /** For check and diff, which the engine calls one at a time. */
  runExclusive<T>(task: () => Promise<T>): Promise<T | undefined> {
    const next = this.#turn.then(() => (this.failed ? undefined : this.#watched(task)));
    this.#turn = next;
    return next;
  }

  /** Returns false if the task failed or did not start. */
  async step(task: () => Promise<void>): Promise<boolean> {
    if (this.#running >= parallel) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#running++;
    try {
      if (this.failed) return false;
      const done = await this.#watched(() => task().then(() => true));
      return done ?? false;
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  async #watched<T>(task: () => Promise<T>): Promise<T | undefined> {
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof PluginError)) throw error;
      this.trace(`failed: ${error.message.split("\n")[0]}`);
      this.errors.push([error.message, ...(error.partial?.reasons ?? [])].join("\n"));
      return undefined;
    }
  }
}
