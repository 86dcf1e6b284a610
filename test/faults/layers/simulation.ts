import { type AccountCredentials, Emulator } from "../../../src/emulator/core";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { VirtualClock } from "../../support/clock";
import { Random } from "../../support/random";
import { type Maker, Watch } from "../checks/watch";
import type { Program } from "../program/program";
import type { Scale, Schedule, Step } from "../program/schedule";
import { Engine, type Outcome } from "./engine";
import type { Layer, Stage } from "./layer";
import { drawKill, type Kill, Machine, noticedAfterMs, type ProviderRun, type Tampering } from "./machine";
import { Network } from "./network";
import type { Plugin } from "./plugin";
import type { Entry } from "./state";

export const simulationScale: Scale = { size: "full", requestTimeoutMs: 30_000, isVirtual: true };

/** Per step, so that the step eventually succeeds. */
const maxKills = 2;

/** The backend of the watched stack. */
const here = "file:///here";

/** Lifecycle, client and emulator in one process, on a virtual clock and one seeded source of randomness. */
export function simulation(tampering: Tampering = {}): Layer {
  return {
    open: async (schedule, trace) => new Simulation(schedule, trace, tampering),
    close: async () => {},
  };
}

class Simulation implements Stage {
  readonly watch: Watch;
  kills = 0;
  readonly #clock: VirtualClock;
  readonly #machine: Machine;
  readonly #network: Network;
  readonly #random: Random;
  #accounts: Record<Step["account"], AccountCredentials>;
  #version: ApiVersion;
  #engine: Engine;
  #neighbour: Engine;
  /** The provider process that each engine starts next. */
  #plugin: Plugin | undefined;
  #neighbourPlugin: Plugin | undefined;

  constructor(
    private readonly schedule: Schedule,
    trace: (line: string) => void,
    tampering: Tampering,
  ) {
    const random = new Random(schedule.seed ^ 0x5eed);
    this.#clock = new VirtualClock(random.fork().next);
    const { emulator, other } = makeEmulator(this.#clock, random.fork(), trace);
    const own = schedule.credential === "service" ? emulator.addServiceKey({ apps: [] }) : emulator;
    this.#accounts = { own, other };
    this.#version = schedule.version;
    this.watch = new Watch(emulator, this.#clock.now);
    this.#network = new Network(this.watch, this.#clock, random.fork(), trace);
    this.#machine = new Machine(this.#clock, tampering, simulationScale.requestTimeoutMs);
    this.#random = random.fork();
    this.#engine = new Engine(() => required(this.#plugin), trace);
    const { neighbour } = schedule;
    const traceNeighbour = (line: string) => trace(`neighbour: ${line}`);
    this.#neighbour = new Engine(
      () => required(this.#neighbourPlugin),
      traceNeighbour,
      neighbour === "stack" ? "other" : "test",
    );
    this.#engine.onRecord = (id) => this.watch.noteHolder(id, "own");
    this.#neighbour.onRecord = (id) => this.watch.noteHolder(id, "neighbour");
  }

  async run(step: Step, attempt: number): Promise<Outcome> {
    const { command, program, account, kills } = step;
    const neighbour = attempt === 0 ? step.neighbour : undefined;
    const isNeighbourFirst = neighbour !== undefined && this.#random.chance(0.5);
    if (isNeighbourFirst) await this.#clock.run(this.#runNeighbour(neighbour));
    const isKilled = kills && attempt < maxKills;
    const process = this.#start("own", account, isKilled ? drawKill(this.#random) : undefined);
    this.#plugin = process.plugin;
    const engine = this.#engine;
    const outcome = command === "up" ? engine.up(program) : engine[command]();
    const concurrent = neighbour && !isNeighbourFirst ? this.#runNeighbour(neighbour) : undefined;
    return this.#clock.run(this.#conclude(process, outcome, concurrent));
  }

  async #conclude(
    process: ProviderRun,
    outcome: Promise<Outcome>,
    concurrent: Promise<unknown> | undefined,
  ): Promise<Outcome> {
    const killed = process.pulumiKilled.then(() => ({ ok: false, errors: ["pulumi was killed"] }));
    const result = await Promise.race([outcome, killed]);
    if (process.killed === "pulumi") {
      this.#engine = this.#engine.successor();
      // Until then the provider may still make changes that no state records.
      await this.#clock.sleep(2 * noticedAfterMs);
    }
    process.end();
    await concurrent;
    if (process.killed !== undefined) this.kills++;
    return result;
  }

  /** The other stack creates objects with the same names at the same time. */
  async #runNeighbour(program: Program): Promise<void> {
    const random = this.#random.fork();
    const process = this.#start("neighbour", "own", random.chance(0.5) ? drawKill(random) : undefined);
    this.#neighbourPlugin = process.plugin;
    await this.#clock.sleep(random.int(0, 2000));
    await Promise.race([this.#neighbour.up(program), process.pulumiKilled]);
    if (process.killed === "pulumi") {
      this.#neighbour = this.#neighbour.successor();
      await this.#clock.sleep(2 * noticedAfterMs);
    }
    process.end();
  }

  #start(maker: Maker, account: Step["account"], kill: Kill | undefined): ProviderRun {
    const { clientAheadMs, neighbour } = this.schedule;
    const isElsewhere = maker === "neighbour" && neighbour === "backend";
    const backend = isElsewhere ? "file:///elsewhere" : here;
    const host = {
      now: () => this.#clock.now() + clientAheadMs,
      sleep: this.#clock.sleep,
      random: this.#random.fork().next,
      send: this.#network.for(maker),
    };
    const version = maker === "own" ? this.#version : this.schedule.version;
    return this.#machine.start({ account: this.#accounts[account], version, backend }, host, kill);
  }

  exchangeKey(): boolean {
    if (this.#hasNotes()) return false;
    this.#accounts = { ...this.#accounts, own: this.watch.emulator.addAccountKey() };
    return true;
  }

  revoke(appId: string): boolean {
    const { accountKeyId } = this.#accounts.own;
    // `restore` may exchange the key.
    if (!accountKeyId.startsWith("svc_") || this.#hasNotes()) return false;
    this.watch.emulator.revokeAccess(accountKeyId, appId);
    return true;
  }

  restore(appId: string): void {
    if (!this.exchangeKey()) this.watch.emulator.restoreAccess(this.#accounts.own.accountKeyId, appId);
  }

  /** Whether interrupted runs of this stack left notes, which are valid only with the same key. */
  #hasNotes(): boolean {
    return this.notes().some(({ backend, resource }) => backend === here && resource.startsWith("test/"));
  }

  useVersion(version: ApiVersion): void {
    this.#version = version;
  }

  preview(program: Program): Promise<readonly string[]> {
    const process = this.#start("own", "own", undefined);
    this.#plugin = process.plugin;
    return this.#clock.run(this.#engine.preview(program).finally(() => process.end()));
  }

  state = async () => this.#engine.entries;
  stateNow = () => this.#engine.entries;
  notes = () => this.#machine.notes();
  forget = async (entry: Entry) => this.#engine.forget(entry);
  dropNote = (name: string) => this.#machine.dropNote(name);
  await = <T>(task: Promise<T>): Promise<T> => this.#clock.run(task);
  pass = (ms: number) => this.#clock.run(this.#clock.sleep(ms));
  now = () => this.#clock.now();
  close = async () => this.watch.emulator.close();
}

function makeEmulator(clock: VirtualClock, random: Random, trace: (line: string) => void) {
  const emulator = new Emulator(
    { log: (line) => trace(`${clock.now()} ${line}`) },
    {
      now: clock.now,
      sleep: clock.sleep,
      random: random.next,
      // The check of a webhook's target: the response takes a moment, in which other requests can overtake this one.
      send: async () => {
        await clock.sleep(random.int(1, 300));
        return { status: 200 };
      },
    },
  );
  return { emulator, other: emulator.addAccount() };
}

function required(plugin: Plugin | undefined): Plugin {
  if (plugin === undefined) throw new Error("no provider was started");
  return plugin;
}
