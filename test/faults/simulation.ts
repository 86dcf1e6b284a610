import { type AccountCredentials, Emulator } from "../../src/emulator/core";
import type { EmulatorResponse } from "../../src/emulator/exchange";
import { Connection } from "../../src/provider/connection";
import { MemoryJournal } from "../../src/provider/crash/journal";
import { type DynamicProvider, dynamicProvider } from "../../src/provider/dynamic";
import { app } from "../../src/provider/kinds/app";
import { integration } from "../../src/provider/kinds/integration";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import type { ApiVersion } from "../../src/smooch/generations/version";
import { type Host, type Transport, TransportFault, type WireRequest } from "../../src/smooch/host";
import { VirtualClock } from "./clock";
import { Engine } from "./engine";
import type { Layer, Stage } from "./layer";
import { inProcessPlugin, type Plugin } from "./plugin";
import type { KindName } from "./program";
import { Random } from "./random";
import type { Scale, Schedule, Step } from "./schedule";
import { Watch } from "./watch";

export const simulationScale: Scale = { size: "full", requestTimeoutMs: 30_000, strangers: true };

export type Providers = Record<KindName, DynamicProvider>;

/** Ways for a test to put a defect in. */
export interface Tampering {
  providers?(providers: Providers, watch: Watch): Providers;
  host?(host: Host, watch: Watch): Host;
}

/** Lifecycle, client and emulator in one process, on a virtual clock and one seeded source of randomness. */
export function simulation({ providers: alter = same, host: alterHost = same }: Tampering = {}): Layer {
  return {
    open: async (schedule, trace) => {
      const random = new Random(schedule.seed ^ 0x5eed);
      const clock = new VirtualClock(random.fork());
      const { emulator, other } = makeEmulator(schedule, clock, random.fork(), trace);
      const watch = new Watch(emulator);
      // The next process on the same machine finds it again.
      const journal = new MemoryJournal();
      let printed: string[] = [];
      const wire = new Wire(emulator, clock, random.fork(), trace);
      const host = alterHost(
        {
          now: () => clock.now() + schedule.clientAheadMs,
          sleep: clock.sleep,
          random: random.fork().next,
          send: wire.send,
          say: (line) => printed.push(line),
        },
        watch,
      );
      /** Every command starts a process of its own. */
      const start = (account: AccountCredentials): Plugin => {
        printed = [];
        const providers = makeProviders(schedule.version, account, host, journal);
        const plugin = inProcessPlugin(alter(providers, watch));
        return { ...plugin, printed: () => printed.join("\n") };
      };
      let account: AccountCredentials = emulator;
      const engine = new Engine(() => start(account), trace);
      return {
        watch,
        run: ({ command, program, account: who }: Step) => {
          account = who === "own" ? emulator : other;
          const outcome = command === "up" ? engine.up(program) : engine[command]();
          return clock.run(outcome);
        },
        preview: (program) => {
          account = emulator;
          return clock.run(engine.preview(program));
        },
        state: async () => engine.entries,
        stateNow: () => engine.entries,
        forget: async (entry) => engine.forget(entry),
        dropNote: (name) => journal.drop(name),
        await: (task) => clock.run(task),
        pass: (ms) => clock.run(clock.sleep(ms)),
        now: clock.now,
        close: async () => emulator.close(),
      } satisfies Stage;
    },
    close: async () => {},
  };
}

function makeEmulator(
  { duplicateTargets }: Schedule,
  clock: VirtualClock,
  random: Random,
  trace: (line: string) => void,
) {
  const emulator = new Emulator(
    { profile: { duplicateTargets }, log: (line) => trace(`${clock.now()} ${line}`) },
    {
      now: clock.now,
      sleep: clock.sleep,
      random: random.next,
      // The check of a webhook's target: it answers, after a moment in which others get ahead.
      send: async () => {
        await clock.sleep(random.int(1, 300));
        return { status: 200 };
      },
    },
  );
  return { emulator, other: emulator.addAccount() };
}

function makeProviders(
  version: ApiVersion,
  account: AccountCredentials,
  host: Host,
  journal: MemoryJournal,
): Providers {
  const environment = {
    SMOOCH_API_VERSION: version,
    SMOOCH_ACCOUNT_KEY_ID: account.accountKeyId,
    SMOOCH_ACCOUNT_KEY_SECRET: account.accountKeySecret,
    SMOOCH_REQUEST_TIMEOUT: String(simulationScale.requestTimeoutMs / 1000),
  };
  const connection = new Connection(environment, host, journal);
  return {
    app: dynamicProvider(app, connection),
    key: dynamicProvider(key, connection),
    webhook: dynamicProvider(webhook, connection),
    integration: dynamicProvider(integration, connection),
  };
}

/** What lies between client and emulator: time, and an end of patience. */
class Wire {
  constructor(
    private readonly emulator: Emulator,
    private readonly clock: VirtualClock,
    private readonly random: Random,
    private readonly trace: (line: string) => void,
  ) {}

  readonly send: Transport = async (request) => {
    await this.clock.sleep(this.random.int(1, 80));
    const timeout = this.clock.timer(request.timeoutMs);
    try {
      return await Promise.race([this.#exchange(request), timeout.over.then(() => this.#giveUp(request))]);
    } finally {
      timeout.cancel();
    }
  };

  async #exchange({ method, url, headers, body }: WireRequest) {
    const { pathname, search } = new URL(url);
    const answer = await this.emulator.handle({ method, url: pathname + search, headers, body });
    await this.clock.sleep(this.random.int(1, 80));
    if (answer.broken !== undefined) return this.#breakOff(answer.broken);
    if (answer.headers["x-smooch-emulator"] === undefined)
      throw new Error("something else than the emulator answered");
    return { status: answer.status, headers: { ...answer.headers }, body: answer.body };
  }

  #breakOff(how: NonNullable<EmulatorResponse["broken"]>): Promise<never> {
    if (how === "hang") return new Promise(() => {});
    throw how === "refused"
      ? new TransportFault("unsent", "connection refused")
      : new TransportFault("lost", how === "reset" ? "connection reset" : "connection broken");
  }

  #giveUp({ method, timeoutMs }: WireRequest): never {
    this.trace(`${method} given up after ${timeoutMs} ms`);
    throw new TransportFault("lost", `no answer within ${timeoutMs / 1000} s`);
  }
}

function same<T>(value: T): T {
  return value;
}
