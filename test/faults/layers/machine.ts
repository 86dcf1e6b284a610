import type { AccountCredentials } from "../../../src/emulator/core";
import { byKind, type KindName } from "../../../src/kinds";
import { Connection } from "../../../src/provider/connection";
import type { Context } from "../../../src/provider/context";
import { Lifeline } from "../../../src/provider/crash/engine";
import { type Entry, MemoryJournal } from "../../../src/provider/crash/journal";
import type { Run } from "../../../src/provider/crash/run";
import { type DynamicProvider, dynamicProvider } from "../../../src/provider/dynamic";
import { definitions } from "../../../src/provider/kinds";
import type { ApiVersion } from "../../../src/smooch/api-version";
import type { Host } from "../../../src/smooch/host";
import type { VirtualClock } from "../../support/clock";
import type { Random } from "../../support/random";
import { inProcessPlugin, type Plugin, PluginError } from "./plugin";

export type Providers = Record<KindName, DynamicProvider>;

/** Ways for a test to inject a defect. */
export interface Tampering {
  kinds?: Partial<typeof definitions>;
  providers?(providers: Providers, version: ApiVersion): Providers;
  host?(host: Host): Host;
  context?(context: Context): Context;
}

export interface Job {
  account: AccountCredentials;
  version: ApiVersion;
  /** Where the stack's state is kept. */
  backend: string;
}

export type Victim = "provider" | "pulumi";

/** Which process is killed, after how many requests, and how many milliseconds later. */
export interface Kill {
  victim: Victim;
  requests: number;
  delayMs: number;
}

/** The machine that runs the commands. Its disk outlives each of them. */
export class Machine {
  readonly #disk = new Map<string, Entry>();
  readonly #running = new Set<string>();
  #count = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly tampering: Tampering,
    private readonly requestTimeoutMs: number,
  ) {}

  /** The notes of creates that may have been interrupted. */
  notes(): readonly Entry[] {
    return [...this.#disk.values()];
  }

  dropNote(name: string): void {
    this.#disk.delete(name);
  }

  /** Every command starts its own process. */
  start(job: Job, host: Omit<Host, "log">, kill?: Kill): ProviderRun {
    const engine = `engine ${++this.#count}`;
    this.#running.add(engine);
    const isListening = async (other: string) => this.#running.has(other);
    const onEnd = () => this.#running.delete(engine);
    const run = { engine, backend: job.backend, project: "test" };
    const { clock, tampering, requestTimeoutMs } = this;
    const disk = this.#disk;
    return new ProviderRun(
      { clock, tampering, requestTimeoutMs, disk, isListening, onEnd, run },
      job,
      host,
      kill,
    );
  }
}

interface RunContext {
  clock: VirtualClock;
  tampering: Tampering;
  requestTimeoutMs: number;
  disk: Map<string, Entry>;
  isListening(engine: string): Promise<boolean>;
  onEnd(): void;
  run: Run;
}

/** How long a provider takes to notice that its engine is gone. */
export const noticedAfterMs = 2000;

/** One command's provider process. */
export class ProviderRun {
  readonly plugin: Plugin;
  /** Resolves when `pulumi` itself is killed. */
  readonly pulumiKilled: Promise<void>;
  killed: Victim | undefined;
  #printed: string[] = [];
  #sent = 0;
  #pulumiKilled: () => void = () => {};
  #providerKilled: () => void = () => {};
  readonly #journal: ProcessJournal;
  readonly #lifeline = new Lifeline(() => {});

  constructor(
    private readonly around: RunContext,
    job: Job,
    host: Omit<Host, "log">,
    private readonly kill: Kill | undefined,
  ) {
    this.#journal = new ProcessJournal(around.disk, around.run.engine);
    this.pulumiKilled = new Promise((resolve) => {
      this.#pulumiKilled = resolve;
    });
    const death = new Promise<never>((_, reject) => {
      this.#providerKilled = () => reject(new PluginError("the provider was killed"));
    });
    death.catch(() => {});
    const providers = this.#makeProviders(job, host);
    const altered = around.tampering.providers?.(providers, job.version) ?? providers;
    const plugin = { ...inProcessPlugin(altered), printed: () => this.#printed.join("\n") };
    this.plugin = failWhenKilled(plugin, death, () => this.killed === "pulumi");
  }

  /** Called when Pulumi has exited; unless it was killed, its state has been written. */
  end(): void {
    this.around.onEnd();
    if (this.killed !== "pulumi") this.#journal.end();
  }

  #makeProviders({ account, version }: Job, host: Omit<Host, "log">): Providers {
    const { around } = this;
    const environment = {
      SMOOCH_API_VERSION: version,
      SMOOCH_ACCOUNT_KEY_ID: account.accountKeyId,
      SMOOCH_ACCOUNT_KEY_SECRET: account.accountKeySecret,
      SMOOCH_REQUEST_TIMEOUT: String(around.requestTimeoutMs / 1000),
    };
    const log = (line: string) => void this.#printed.push(line);
    const own = { ...host, log, send: (request: Parameters<Host["send"]>[0]) => this.#send(host, request) };
    const altered = around.tampering.host?.(own) ?? own;
    const connection = new SimulatedConnection(
      environment,
      altered,
      this.#journal,
      around.run,
      this.#lifeline,
    );
    connection.alter = (context) => {
      const known = { ...context, isListening: around.isListening };
      return around.tampering.context?.(known) ?? known;
    };
    const kinds = { ...definitions, ...around.tampering.kinds };
    return byKind((kind) => dynamicProvider(kinds[kind], connection));
  }

  async #send(host: Omit<Host, "log">, request: Parameters<Host["send"]>[0]) {
    const { kill } = this;
    this.#sent++;
    if (this.#sent === kill?.requests)
      void this.around.clock.sleep(kill.delayMs).then(() => this.#die(kill.victim));
    if (this.#isDead()) return new Promise<never>(() => {});
    const answer = await host.send(request);
    return this.#isDead() ? new Promise<never>(() => {}) : answer;
  }

  #isDead(): boolean {
    return this.killed === "provider";
  }

  #die(victim: Victim): void {
    this.killed = victim;
    if (victim === "provider") {
      this.#journal.die();
      this.#providerKilled();
      return;
    }
    this.around.onEnd();
    this.#pulumiKilled();
    void this.around.clock.sleep(noticedAfterMs).then(() => this.#lifeline.cut());
  }
}

class SimulatedConnection extends Connection {
  alter: (context: Context) => Context = (context) => context;
  #altered: Context | undefined;

  override context(): Context {
    this.#altered ??= this.alter(super.context());
    return this.#altered;
  }
}

/** The disk as seen by a provider process, which reads it once and writes to it until it is killed. */
class ProcessJournal extends MemoryJournal {
  #isRead = false;
  #isDead = false;
  #count = 0;
  readonly #reported = new Set<string>();

  constructor(
    private readonly disk: Map<string, Entry>,
    private readonly process: string,
  ) {
    super();
  }

  override all(): [string, Entry][] {
    if (!this.#isRead) for (const [name, entry] of this.disk) this.entries.set(name, entry);
    this.#isRead = true;
    return super.all();
  }

  override newName(): string {
    return `${this.process.replace(" ", "-")}-note-${++this.#count}`;
  }

  override note(name: string, entry: Entry): void {
    super.note(name, entry);
    if (!this.#isDead) this.disk.set(name, entry);
    if (entry.id !== undefined) this.#reported.add(name);
  }

  override drop(name: string): void {
    super.drop(name);
    if (!this.#isDead) this.disk.delete(name);
  }

  die(): void {
    this.#isDead = true;
  }

  end(): void {
    for (const name of this.#reported) this.drop(name);
  }
}

/** Makes every call fail when the provider is killed. A killed engine makes no more calls and gets no more results. */
function failWhenKilled(plugin: Plugin, death: Promise<never>, isEngineDead: () => boolean): Plugin {
  const never = new Promise<never>(() => {});
  const call = <T>(task: () => Promise<T>): Promise<T> => {
    if (isEngineDead()) return never;
    const unlessDead = (result: Promise<T>) => (isEngineDead() ? never : result);
    const answer = task();
    return Promise.race([
      answer.then(
        () => unlessDead(answer),
        () => unlessDead(answer),
      ),
      death,
    ]);
  };
  return {
    check: (olds, news) => call(() => plugin.check(olds, news)),
    diff: (id, olds, news) => call(() => plugin.diff(id, olds, news)),
    create: (inputs) => call(() => plugin.create(inputs)),
    read: (id, outputs) => call(() => plugin.read(id, outputs)),
    update: (id, olds, news) => call(() => plugin.update(id, olds, news)),
    delete: (id, outputs) => call(() => plugin.delete(id, outputs)),
    printed: () => plugin.printed(),
  };
}

/** Kills are drawn in advance, so that a replay repeats them. */
export function drawKill(random: Random): Kill {
  return {
    victim: random.pick<Victim>(["provider", "pulumi"]),
    requests: random.int(1, 12),
    delayMs: random.int(0, 200),
  };
}
