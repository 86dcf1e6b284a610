import { definitions } from "../../../src/provider/kinds";
import type { ApiVersion } from "../../../src/smooch/api-version";
import type { Random } from "../../support/random";
import { covers } from "../checks/accounted";
import { identify, isAlike, type LiveObject } from "../checks/watch";
import type { Stage } from "../layers/layer";
import { currentEntry, type Entry, isUnresolved } from "../layers/state";
import type { Declared, Program } from "../program/program";
import { resolved } from "../program/references";
import type { Step } from "../program/schedule";
import { deleteDirectly } from "./direct-client";
import { type Refusal, readRefusals } from "./refusals";

/** The person who runs the commands, follows the advice in errors, and knows which objects are the stack's own. */
export class Person {
  /** Ids of existing objects, by the resource that is to adopt them. */
  readonly #adoptions = new Map<string, string>();
  readonly #unadoptable = new Set<string>();
  /** Ids of objects to be replaced, by their resource. */
  readonly #replacements = new Map<string, string>();
  /** Resources that another stack's names are left to. */
  readonly #renamed = new Set<string>();

  constructor(
    private readonly stage: Stage,
    private readonly random: Random,
    private readonly version: ApiVersion,
    private readonly note: (line: string) => void,
  ) {}

  /** The program with new names, and with the adoptions and replacements that are still due. */
  async write(program: Program): Promise<Program> {
    const entries = await this.stage.state();
    for (const [name, id] of this.#adoptions)
      if (currentEntry(entries, name)?.id === id) this.#adoptions.delete(name);
    for (const [name, id] of this.#replacements)
      if (currentEntry(entries, name)?.id !== id) this.#replacements.delete(name);
    return program.map((declared) => {
      const adopt = this.#adoptions.get(declared.name);
      const replace = this.#replacements.has(declared.name);
      const { inputs } = declared;
      const renamed = { inputs: { ...inputs, name: `${inputs.name}-own` } };
      return {
        ...declared,
        ...(this.#renamed.has(declared.name) && renamed),
        ...(adopt !== undefined && { adopt }),
        ...(replace && { replace }),
      };
    });
  }

  /** Follows the advice in each refusal; returns whether there was any. */
  async respond(step: Step, errors: readonly string[]): Promise<boolean> {
    const text = errors.join("\n");
    for (const [name, id] of this.#adoptions) {
      // If the same refusal comes again, the person tries something else.
      const isRefused = readRefusals(text).some(({ ids }) => ids.includes(id));
      if (!isRefused && !new RegExp(`${id}(, so it)? cannot be adopted|${id} .*nothing to adopt`).test(text))
        continue;
      this.#unadoptable.add(id);
      this.#adoptions.delete(name);
    }
    const refusals = readRefusals(text);
    for (const refusal of refusals) await this.#decide(step, refusal);
    if (text.includes("the most Smooch allows")) await this.#freeUpRoom();
    const renamed = await this.#renameRefused(text);
    const replaced = await this.#replaceIncomplete(text);
    const forgotten = await this.#forgetGone(text);
    return refusals.length > 0 || renamed || replaced || forgotten;
  }

  /** `pulumi state delete` for objects that are gone although these credentials cannot prove it. */
  async #forgetGone(text: string): Promise<boolean> {
    const live = this.stage.watch.live();
    const entries = await this.stage.state();
    const gone = entries.filter(
      ({ id }) => text.includes(` ${id} (HTTP 404), but`) && !live.some((object) => object.id === id),
    );
    for (const entry of gone) {
      const own = live.filter(({ id }) => this.#mayDelete(id, entries));
      await this.#deleteAll(own.filter((object) => covers(entry, object)));
      this.note(`# the person removes ${entry.name} ${entry.id} from the state`);
      await this.stage.forget(entry);
    }
    return gone.length > 0;
  }

  /** Deletes what Pulumi would delete once the replacements exist. */
  async #freeUpRoom(): Promise<void> {
    const entries = await this.stage.state();
    const isOver = ({ id }: LiveObject) => entries.some((entry) => entry.pendingDelete && entry.id === id);
    await this.#deleteAll(this.stage.watch.live().filter(isOver));
  }

  /** Chooses another name where a changed one is taken. */
  async #renameRefused(text: string): Promise<boolean> {
    const refused = (await this.stage.state()).filter(({ id }) =>
      new RegExp(`refused to update [a-z ]+ ${id}: .* with this name \\(HTTP 409\\)`).test(text),
    );
    for (const { name } of refused) this.#rename(name);
    return refused.length > 0;
  }

  #rename(name: string): void {
    this.note(`# the person renames ${name}`);
    this.#renamed.add(name);
  }

  /** `pulumi up --replace <urn>` for resources whose secret the state lacks and Smooch does not return. */
  async #replaceIncomplete(text: string): Promise<boolean> {
    const entries = await this.stage.state();
    const incomplete = entries.filter(({ id }) =>
      new RegExp(`of [a-z ]+ ${id}, and the state has none: replace the resource`).test(text),
    );
    for (const { name, id } of incomplete) {
      this.note(`# the person replaces ${name} ${id}`);
      this.#replacements.set(name, id);
    }
    return incomplete.length > 0;
  }

  async #decide(step: Step, refusal: Refusal): Promise<void> {
    const { stage, random } = this;
    const entries = await stage.state();
    const live = stage.watch.live().filter(({ id }) => refusal.ids.includes(id));
    if (refusal.isBlocking) this.#agree(step, live);
    const own = live.filter(({ id }) => this.#mayDelete(id, entries));
    // If several entries match, the last one: the object of a request is no older than its entry.
    const entry = entries
      .filter((one) => live.some((object) => covers(one, object)))
      .sort(byId)
      .at(-1);
    const [roll, deletes] = [random.next(), random.chance(0.7)];
    // Where there may be only one, such as a web integration, the stack's own must not be left behind.
    const isOnly = ({ kind }: LiveObject) => kind === "integration" || definitions[kind].isSingleton === true;
    const forgets = roll < 0.1 && !own.some(isOnly);
    if (refusal.note === undefined && entry === undefined) {
      if (refusal.isBlocking && roll > 0.5 && this.#adopt(step, own, entries)) return;
      // Unless it is blocked, the resource has its object, and this refusal is about duplicates.
      if (deletes || refusal.isBlocking) await this.#deleteAll(own);
    } else if (own.length === 0 || forgets) await this.#forget(refusal, entry);
    else if (roll > 0.5 && this.#adopt(step, own, entries)) return;
    else await this.#deleteAll(own);
  }

  /** Comes to an agreement about objects that block the stack's own, and that somebody else made or took. */
  #agree({ program }: Step, objects: readonly LiveObject[]): void {
    const { watch } = this.stage;
    for (const { kind, id, matchKey } of objects) {
      const maker = watch.makerOf(id);
      if (maker === "person") {
        this.note(`# the person takes charge of ${id}`);
        watch.handOver(id);
      } else if (maker === "neighbour" || watch.isShared(id)) {
        const like = program.filter((one) => identify(one.kind, one.inputs).matchKey === matchKey);
        for (const { name } of like.filter((one) => one.kind === kind)) this.#rename(name);
      }
    }
  }

  #mayDelete(id: string, entries: readonly Entry[]): boolean {
    // Pulumi will delete these anyway.
    const isOwned =
      entries.some((entry) => entry.id === id && !entry.pendingDelete) &&
      ![...this.#replacements.values()].includes(id);
    const isTaken = isOwned || [...this.#adoptions.values()].includes(id);
    return !isTaken && this.stage.watch.makerOf(id) === "own";
  }

  #adopt({ command, program }: Step, own: readonly LiveObject[], entries: readonly Entry[]): boolean {
    const [object, ...others] = own;
    if (command !== "up" || object === undefined || others.length > 0) return false;
    if (this.#unadoptable.has(object.id) || entries.some(({ id }) => id === object.id)) return false;
    const declared = program.find((one) => this.#needsObjectLike(one, object, entries));
    if (declared === undefined) return false;
    this.note(`# the person lets ${declared.name} adopt ${object.id}`);
    this.#adoptions.set(declared.name, object.id);
    return true;
  }

  /** Whether the resource has no object and declares one like this. */
  #needsObjectLike(
    { name, kind, inputs: declared }: Declared,
    object: LiveObject,
    entries: readonly Entry[],
  ): boolean {
    const entry = currentEntry(entries, name);
    const hasNoObject = entry === undefined || entry.pendingReplacement || isUnresolved(entry);
    const inputs = resolved(declared, (other) => currentEntry(entries, other)?.id);
    return hasNoObject && !this.#adoptions.has(name) && isAlike(identify(kind, inputs), object);
  }

  async #deleteAll(objects: readonly LiveObject[]): Promise<void> {
    for (const object of objects) {
      this.note(`# the person deletes ${object.kind} ${object.id} in Smooch`);
      await deleteDirectly(this.stage, object, this.version);
    }
  }

  async #forget({ note }: Refusal, entry: Entry | undefined): Promise<void> {
    this.note(`# the person discards ${note ?? entry?.id}`);
    if (note !== undefined) this.stage.dropNote(note);
    else if (entry !== undefined) await this.stage.forget(entry);
  }
}

/** Ids of unresolved entries begin with the time of their request. */
function byId(one: Entry, other: Entry): number {
  return one.id < other.id ? -1 : 1;
}
