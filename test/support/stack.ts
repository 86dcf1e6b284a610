import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from "vitest";
import { type RunningEmulator, type StartOptions, startEmulator } from "../../src/emulator/index";
import { kinds } from "../../src/emulator/kinds/index";
import type { ApiVersion } from "../../src/smooch/api-version";
import type { Result } from "./cli";
import { type Door, inlineDoor, runThrough } from "./door";
import { newFolder } from "./folder";
import { edited, outputsIn, resourcesIn, revealedIn, type StateResource, stateFileOf } from "./state-file";

/**
 * One stack, driven with the real Pulumi CLI: own backend, own home, nothing of the user's. The program is inside the
 * repository, so that it finds `pulumi-smooch` the way a user's project does.
 */
export class Stack {
  environment: Record<string, string> = {};
  #door: Door = inlineDoor;

  private constructor(
    readonly emulator: RunningEmulator,
    readonly name: string,
    readonly folder: string,
  ) {
    this.environment = environmentFor(emulator);
  }

  static create(
    emulator: RunningEmulator,
    program: string,
    version?: ApiVersion,
    door: Door = inlineDoor,
  ): Stack {
    const stack = new Stack(emulator, "test", newFolder("stack"));
    cpSync(inject("freshProject"), stack.folder, { recursive: true });
    stack.enter(door, program);
    if (version !== undefined) stack.environment.SMOOCH_API_VERSION = version;
    return stack;
  }

  /** Another stack of the same program in the same backend. */
  sibling(name: string): Stack {
    const stack = new Stack(this.emulator, name, this.folder);
    stack.#door = this.#door;
    const fresh = inject("freshProject");
    cpSync(join(fresh, "Pulumi.test.yaml"), join(this.folder, `Pulumi.${name}.yaml`));
    cpSync(stateFileOf(fresh), stateFileOf(this.folder, name));
    return stack;
  }

  /** The program, as its door takes it. */
  set program(text: string) {
    for (const [file, content] of Object.entries(this.#door.files(text))) this.#write(file, content);
  }

  /** Replaces the program by one that may reach the package differently. */
  enter(door: Door, program: string): void {
    this.#door = door;
    this.program = program;
  }

  /** Runs a command that has to succeed. */
  async run(...args: string[]): Promise<string> {
    const { code, output } = await this.try(...args);
    expect(code, output).toBe(0);
    return output;
  }

  /** Sets the stack's configuration. A secret may begin with a dash, which `config set` would treat as a flag. */
  async configure(plain: Record<string, string>, secret: Record<string, string>): Promise<void> {
    const flags = (flag: string, values: Record<string, string>) =>
      Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
    await this.run("config", "set-all", ...flags("--plaintext", plain), ...flags("--secret", secret));
  }

  /** Runs a command that may fail. */
  try(...args: string[]): Promise<Result> {
    return this.start(args);
  }

  /** Runs a command that may fail, or may be killed: `onStart` receives its process id. */
  start(args: string[], onStart?: (pid: number) => void): Promise<Result> {
    return runThrough(this.#door, this.folder, [...args, "--stack", this.name], this.environment, onStart);
  }

  up = (...args: string[]): Promise<string> => this.run("up", "--yes", "--skip-preview", ...args);
  tryUp = (...args: string[]): Promise<Result> => this.try("up", "--yes", "--skip-preview", ...args);
  refresh = (...args: string[]): Promise<string> => this.run("refresh", "--yes", "--skip-preview", ...args);
  destroy = (...args: string[]): Promise<string> => this.run("destroy", "--yes", "--skip-preview", ...args);
  preview = (...args: string[]): Promise<string> => this.run("preview", "--diff", ...args);
  expectNoChange = (...args: string[]): Promise<string> =>
    this.run("preview", "--diff", "--expect-no-changes", ...args);

  /** The stack's outputs, with secrets in plain text. */
  outputs(): Promise<Record<string, unknown>> {
    return outputsIn(this.stateFile());
  }

  /** This package's resources in the backend's state file, with secrets in plain text. */
  revealedResources(): Promise<StateResource[]> {
    return revealedIn(this.stateFile());
  }

  /** This package's resources in the backend's state file. */
  resources(): StateResource[] {
    return resourcesIn(this.stateFile());
  }

  resource(name: string): StateResource {
    const found = this.resources().find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new Error(`no resource "${name}" in the state`);
    return found;
  }

  /** The whole state, as `pulumi stack export` returns it. */
  exported = (): Promise<string> => this.run("stack", "export");

  /** Replaces the current state. */
  async imported(state: string): Promise<void> {
    this.#write("state.json", state);
    await this.run("stack", "import", "--file", "state.json");
  }

  /** Changes the resources in the state as a person with an editor would. */
  editResources(edit: (resources: StateResource[]) => void): void {
    this.restore(edited(this.stateFile(), edit));
  }

  /** The contents of the backend's state file. */
  stateFile(): string {
    return readFileSync(stateFileOf(this.folder, this.name), "utf8");
  }

  /** Replaces the contents of the backend's state file. */
  restore(stateFile: string): void {
    writeFileSync(stateFileOf(this.folder, this.name), stateFile);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }
}

/** The environment variables that make a program use an emulator. */
export function environmentFor(emulator: RunningEmulator): Record<string, string> {
  return {
    SMOOCH_BASE_URL: emulator.url,
    SMOOCH_ACCOUNT_KEY_ID: emulator.accountKeyId,
    SMOOCH_ACCOUNT_KEY_SECRET: emulator.accountKeySecret,
  };
}

const nothing = Object.fromEntries(Object.values(kinds).map(({ plural }) => [plural, []]));

/** Asserts that an emulator received requests, knew every one of them, and is empty now. */
export function expectUsed({ emulator }: RunningEmulator): void {
  expect(emulator.unknownRequests).toEqual([]);
  expect(emulator.requests.length).toBeGreaterThan(0);
  expect(emulator.describeState()).toMatchObject(nothing);
}

/** Runs a scenario against its own emulator, which must be empty at the end and must have known every request. */
export async function scenario(
  run: (emulator: RunningEmulator, stack: (program: string, door?: Door) => Stack) => Promise<void>,
  options: StartOptions = {},
  version?: ApiVersion,
): Promise<void> {
  const emulator = await startEmulator({ checkTargets: false, ...options });
  const stacks: Stack[] = [];
  try {
    await run(emulator, (program, door) => {
      const stack = Stack.create(emulator, program, version, door);
      stacks.push(stack);
      return stack;
    });
    expectUsed(emulator);
  } finally {
    for (const stack of stacks) stack.dispose();
    await emulator.close();
  }
}

/** A stack with its own emulator for all tests of a suite; `leave` must leave the emulator empty. */
export function suiteStack(
  program: string,
  {
    version,
    door,
    leave,
  }: {
    version?: ApiVersion | undefined;
    door?: Door | undefined;
    leave?: (stack: Stack) => Promise<unknown>;
  },
): { readonly stack: Stack } {
  let shared: Stack | undefined;
  beforeAll(async () => {
    shared = Stack.create(await startEmulator({ checkTargets: false }), program, version, door);
  });
  afterAll(async () => {
    if (shared === undefined) return;
    try {
      await leave?.(shared);
      expectUsed(shared.emulator);
    } finally {
      shared.dispose();
      await shared.emulator.close();
    }
  });
  return {
    get stack() {
      if (shared === undefined) throw new Error("the stack has not been created");
      return shared;
    },
  };
}

/** A scenario in several tests, which run in order on one stack; the last must leave nothing in Smooch. */
export function scenes(program: string, version?: ApiVersion, door?: Door): { readonly stack: Stack } {
  let failed = false;
  // The tests after a failure would only repeat it.
  beforeEach(({ skip }) => skip(failed));
  afterEach(({ task }) => {
    failed ||= task.result?.state === "fail";
  });
  return suiteStack(program, { version, door });
}
