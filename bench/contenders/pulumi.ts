import { copyFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runPulumi } from "../../test/support/cli";
import { copyFolder, newFolder, programFile, removeFolder } from "../folders";
import { watchMemory } from "./memory";
import { watchWrites } from "./writes";

/** In the order in which they must run. */
export const operations = ["up", "preview", "refresh", "change", "destroy"] as const;
export type Operation = (typeof operations)[number];

/** The cost of one operation. What cannot be measured on this machine is omitted. */
export interface Cost {
  milliseconds: number;
  stateBytes: number;
  writtenBytes: number;
  /** Of the provider process. */
  peakMemoryBytes?: number | undefined;
}

const commands: Record<Operation, readonly string[]> = {
  up: ["up", "--yes", "--skip-preview"],
  // Fails if anything would change, so that no contender is fast by not looking.
  preview: ["preview", "--expect-no-changes"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  change: ["up", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
};

export interface Program {
  /** The name of a file in `programs`, or what to call the trial. */
  program: string;
  /** A program in YAML instead. */
  yaml?: (isChanged: boolean) => string;
  /** Placed next to the program. */
  files?: readonly string[];
  environment: Readonly<Record<string, string>>;
}

/** A stack of one of the programs, run with the real Pulumi CLI: its objects are created, read, changed and deleted. */
export class PulumiTrial {
  private constructor(
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly yaml: Program["yaml"],
  ) {}

  static async create(
    work: string,
    { program, files = [], environment, yaml }: Program,
  ): Promise<PulumiTrial> {
    const folder = newFolder(work, program);
    copyFolder(await freshProject(work), folder);
    if (yaml === undefined) copyFileSync(programFile(program), join(folder, "index.js"));
    for (const file of files) copyFileSync(programFile(file), join(folder, `${file}.js`));
    return new PulumiTrial(folder, environment, yaml);
  }

  /** Rejects if the command fails. */
  async run(operation: Operation): Promise<Cost> {
    const state = { folder: join(this.folder, "backend", ".pulumi", "stacks", "bench"), name: "bench.json" };
    const environment = { ...this.environment, BENCH_CHANGED: String(operation === "change") };
    if (this.yaml !== undefined)
      writeFileSync(join(this.folder, "Pulumi.yaml"), this.yaml(operation === "change"));
    const writes = watchWrites(state);
    let memory = (): number | undefined => undefined;
    const began = performance.now();
    const result = await runPulumi(
      this.folder,
      [...commands[operation], "--stack", "bench"],
      environment,
      (pid) => {
        memory = watchMemory(pid);
      },
    );
    const milliseconds = performance.now() - began;
    const [writtenBytes, peakMemoryBytes] = [await writes(), memory()];
    if (result.code !== 0)
      throw new Error(`pulumi ${commands[operation][0]} failed: ${excerpt(result.output)}`);
    const stateBytes = statSync(join(state.folder, state.name)).size;
    return { milliseconds, stateBytes, writtenBytes, peakMemoryBytes };
  }

  close(): void {
    removeFolder(this.folder);
  }
}

const fresh = new Map<string, Promise<string>>();

/** A project with an empty stack, created once by the CLI and copied for every trial. */
function freshProject(work: string): Promise<string> {
  const project = fresh.get(work) ?? initProject(newFolder(work, "fresh"));
  fresh.set(work, project);
  return project;
}

async function initProject(folder: string): Promise<string> {
  const project = "name: bench\nmain: index.js\nruntime: { name: nodejs, options: { typescript: false } }\n";
  writeFileSync(join(folder, "Pulumi.yaml"), project);
  writeFileSync(join(folder, "package.json"), '{ "name": "bench", "private": true }\n');
  const { code, output } = await runPulumi(folder, ["stack", "init", "bench"]);
  if (code !== 0) throw new Error(`pulumi stack init failed: ${output}`);
  return folder;
}

/** The reason comes last in Pulumi's output, repeated for every failed resource. */
function excerpt(output: string): string {
  return output.trim().split("\n").slice(-12).join("\n");
}
