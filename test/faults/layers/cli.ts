import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator } from "../../../src/emulator/index";
import { kindOf, kinds, parentInputs } from "../../../src/kinds";
import { definitions } from "../../../src/provider/kinds";
import { isPlainObject } from "../../../src/provider/values";
import { type Door, inlineDoor, processDoor, runThrough } from "../../support/door";
import { Random } from "../../support/random";
import { pendingCreatesIn, revealedIn, type StateResource, stateFileOf } from "../../support/state-file";
import { identify, type Likeness, Watch } from "../checks/watch";
import type { Program } from "../program/program";
import { isReference, resolved } from "../program/references";
import type { Scale, Schedule, Step } from "../program/schedule";
import type { Outcome } from "./engine";
import { environmentOf } from "./grpc";
import { Killer, type Victim } from "./killer";
import type { Layer, Stage } from "./layer";
import { currentEntry, type Entry, marked } from "./state";

export const cliScale: Scale = { size: "small", requestTimeoutMs: 2000, isVirtual: false };

/** The real Pulumi CLI, and kills at random moments. With the plugin it starts no program, so a command takes less time. */
export function cliLayer(door: Door = processDoor): Layer {
  return {
    open: async (schedule, trace) => {
      const server = await startEmulator({ checkTargets: false, log: trace });
      const other = server.emulator.addAccount();
      const { version } = schedule;
      const own = environmentOf(server.url, server, cliScale, version);
      const project = new Project(
        own,
        { ...own, ...environmentOf(server.url, other, cliScale, version) },
        door,
      );
      await project.run("own", ["stack", "init", "test"]);
      return new CliStage(project, new Watch(server.emulator), schedule, trace, async () => {
        await server.close();
        project.dispose();
      });
    },
    close: async () => {},
  };
}

class CliStage implements Stage {
  kills = 0;
  readonly #random: Random;
  readonly #interrupted: Likeness[] = [];
  #killsOfStep = 0;

  constructor(
    private readonly project: Project,
    readonly watch: Watch,
    schedule: Schedule,
    private readonly trace: (line: string) => void,
    readonly close: () => Promise<void>,
  ) {
    this.#random = new Random(schedule.seed ^ 0xdead);
  }

  async run(step: Step, attempt: number): Promise<Outcome> {
    if (attempt === 0) this.#killsOfStep = 0;
    await this.project.write(step.program);
    const args = [step.command, "--yes", "--skip-preview"];
    const clear = step.command === "refresh" ? ["--clear-pending-creates"] : [];
    const killer = step.account === "own" ? this.#drawKiller() : undefined;
    const { code, output } = await this.project.run(step.account, [...args, ...clear], killer?.arm);
    killer?.disarm();
    this.trace(output);
    if (killer?.killed !== undefined) await this.#cleanUp(killer, killer.killed, step.program, output);
    return { ok: code === 0, errors: [output], files: this.project.stateFile() };
  }

  async preview(program: Program): Promise<readonly string[]> {
    await this.project.write(program);
    const { code, output } = await this.project.run("own", ["preview", "--diff", "--expect-no-changes"]);
    return code === 0 ? [] : [output];
  }

  state = async (): Promise<readonly Entry[]> => (await this.project.deployment()).entries;
  stateNow = () => undefined;
  forget = async ({ urn, name }: Entry): Promise<void> => {
    const { code, output } = await this.project.run("own", [
      ...["state", "delete", String(urn), "--target-dependents", "--yes"],
    ]);
    this.trace(output);
    if (code !== 0) throw new Error(`pulumi state delete failed for ${name}: ${output}`);
  };
  dropNote = (file: string): void => rmSync(file);
  interrupted = () => this.#interrupted;
  await = <T>(task: Promise<T>): Promise<T> => task;
  pass = async (): Promise<void> => {};
  now = (): number => Date.now();

  /** At most two kills in one step, so that it eventually succeeds. */
  #drawKiller(): Killer | undefined {
    if (this.#killsOfStep >= 2 || !this.#random.chance(0.5)) return undefined;
    this.#killsOfStep++;
    return new Killer(this.#random.pick<Victim>(["provider", "pulumi"]), this.#random.fork(), this.watch);
  }

  async #cleanUp(killer: Killer, killed: Victim, program: Program, output: string): Promise<void> {
    this.kills++;
    this.trace(`# ${killed} was killed`);
    // The provider of a killed `pulumi` finishes its current request. It is killed if it still runs after that.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    killer.endOrphan();
    if (killed === "pulumi") this.trace((await this.project.run("own", ["cancel", "--yes"])).output);
    const { entries, creating } = await this.project.deployment();
    const text = `${output}\n${creating.join("\n")}`;
    this.trace(`# pending creates: ${creating.join(", ") || "none"}`);
    for (const { name, kind, inputs } of program) {
      if (!text.includes(`::${name}\n`) && !text.includes(`(${name})`) && !text.endsWith(`::${name}`))
        continue;
      this.#interrupted.push(
        identify(
          kind,
          resolved(inputs, (other) => currentEntry(entries, other)?.id),
        ),
      );
    }
  }
}

/** A project folder with its own stack. */
class Project {
  readonly #folder: string;

  constructor(
    private readonly own: Record<string, string>,
    private readonly other: Record<string, string>,
    private readonly door: Door,
  ) {
    const workFolder = join(process.cwd(), "test", ".work", "faults");
    mkdirSync(workFolder, { recursive: true });
    this.#folder = mkdtempSync(join(workFolder, "stack-"));
    for (const [file, text] of Object.entries(door.files(""))) this.#write(file, text);
    this.#write("package.json", '{ "name": "test", "private": true }\n');
  }

  run(account: Step["account"], args: string[], onStart?: (pid: number) => void) {
    const environment = account === "own" ? this.own : this.other;
    const stack = args[1] === "init" ? [] : args[0] === "cancel" ? ["test"] : ["--stack", "test"];
    return runThrough(this.door, this.#folder, [...args, ...stack], environment, onStart);
  }

  async write(program: Program): Promise<void> {
    const adopts = program.some(({ adopt }) => adopt !== undefined);
    const entries = adopts ? (await this.deployment()).entries : [];
    const lines = program.map(({ name, kind, inputs, adopt }) => {
      const type = `smooch.Smooch${kinds[kind].type}`;
      const quoted = JSON.stringify(name);
      const declared = sourceOf(inputs);
      const isOnly = definitions[kind].isSingleton === true;
      const make = () => {
        if (adopt === undefined) return `new ${type}(${quoted}, ${declared})`;
        if (this.door !== inlineDoor)
          return `${type}.adopt(${[quoted, ...(isOnly ? [] : [JSON.stringify(adopt)]), declared].join(", ")})`;
        // The plugin imports with the ids of what holds the object in front.
        const { holders } = identify(
          kind,
          resolved(inputs, (other) => currentEntry(entries, other)?.id),
        );
        const id = [...holders.slice(0, parentInputs(kind).length), adopt].join("/");
        return `new ${type}(${quoted}, ${declared}, { import: ${JSON.stringify(id)} })`;
      };
      return `made[${quoted}] = ${make()};`;
    });
    const files = this.door.files(["const made = {};", ...lines].join("\n"));
    for (const [file, text] of Object.entries(files)) this.#write(file, text);
  }

  /** The state, and the URNs of its pending creates. */
  async deployment(): Promise<{ entries: Entry[]; creating: string[] }> {
    const stateFile = readFileSync(this.#stateFile, "utf8");
    return {
      entries: (await revealedIn(stateFile, marked)).map(toEntry),
      creating: pendingCreatesIn(stateFile),
    };
  }

  /** The state and its backup as stored in the backend. */
  stateFile(): string {
    return [this.#stateFile, `${this.#stateFile}.bak`].map(readIfThere).join("\n");
  }

  get #stateFile(): string {
    return stateFileOf(this.#folder);
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.#folder, file), text);
  }
}

/** JavaScript in which a reference is the id of a resource made before. */
function sourceOf(value: unknown): string {
  if (isReference(value)) return `made[${JSON.stringify(value.idOf)}].id`;
  if (Array.isArray(value)) return `[${value.map(sourceOf).join(", ")}]`;
  if (!isPlainObject(value)) return JSON.stringify(value);
  const properties = Object.entries(value).map(
    ([name, part]) => `${JSON.stringify(name)}: ${sourceOf(part)}`,
  );
  return `{ ${properties.join(", ")} }`;
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function toEntry(resource: StateResource): Entry {
  const { urn, type, id = "", inputs = {}, outputs = {}, initErrors = [] } = resource;
  const { delete: pendingDelete = false, pendingReplacement = false } = resource;
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  const kind = kindOf(type);
  if (kind === undefined) throw new Error(`${urn} is not one of our resources`);
  return {
    urn,
    name,
    kind,
    references: {},
    id,
    inputs,
    outputs,
    initErrors,
    pendingDelete,
    pendingReplacement,
  };
}
