import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type AccountCredentials, type RunningEmulator, startEmulator } from "../../../src/emulator/index";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { Watch } from "../checks/watch";
import type { Scale } from "../program/schedule";
import { Engine } from "./engine";
import type { Layer, Stage } from "./layer";
import { type Door, ProviderProcess } from "./provider-process";

export const grpcScale: Scale = { size: "full", requestTimeoutMs: 2000, isVirtual: false };

/** A provider process has a fixed configuration, so it is paired with its own emulator, and both are reused. */
interface Environment {
  folder: string;
  version: ApiVersion;
  server: RunningEmulator;
  door: Door;
}

interface Worker extends Environment {
  watch: Watch;
  own: ProviderProcess;
  other: ProviderProcess;
}

/** Real provider processes, driven over gRPC; real sockets, real time. */
export function grpcLayer(door: Door = "dynamic"): Layer {
  const free: Worker[] = [];
  const all: Worker[] = [];
  const takeFreeWorker = (version: ApiVersion): Worker | undefined => {
    const index = free.findIndex((worker) => worker.version === version);
    return index < 0 ? undefined : free.splice(index, 1)[0];
  };
  return {
    open: async ({ version }, trace) => {
      const worker = takeFreeWorker(version) ?? (await startWorker(version, door));
      if (!all.includes(worker)) all.push(worker);
      const { watch, other } = worker;
      watch.emulator.reset();
      watch.forget();
      watch.log = trace;
      let plugin = worker.own;
      const engine = new Engine(() => plugin, trace);
      return {
        watch,
        run: async ({ command, program, account }) => {
          plugin = account === "own" ? worker.own : other;
          plugin.printed();
          const outcome = await (command === "up" ? engine.up(program) : engine[command]());
          // A process does not delete what it adopted, so the next command gets a new process.
          if (program.some(({ adopt }) => adopt !== undefined)) await renew(worker);
          return outcome;
        },
        preview: (program) => {
          plugin = worker.own;
          return engine.preview(program);
        },
        state: async () => engine.entries,
        stateNow: () => engine.entries,
        forget: async (entry) => engine.forget(entry),
        dropNote: (file) => rmSync(file),
        await: (task) => task,
        pass: () => new Promise((resolve) => setTimeout(resolve, 100)),
        now: () => Date.now(),
        close: async () => {
          free.push(worker);
        },
      } satisfies Stage;
    },
    close: async () => {
      for (const { folder, own, other, server } of all) {
        own.stop();
        other.stop();
        await server.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

async function startWorker(version: ApiVersion, door: Door): Promise<Worker> {
  // Inside the repository, so that `pulumi-smooch` is found as in a user's project.
  const parent = join(process.cwd(), "test", ".work", "faults");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "grpc-"));
  let watch: Watch | undefined;
  const server = await startEmulator({ checkTargets: false, log: (line) => watch?.log(line) });
  watch = new Watch(server.emulator);
  const environment = { folder, version, server, door };
  const [own, other] = await Promise.all([
    start(environment, server),
    start(environment, server.emulator.addAccount()),
  ]);
  return { ...environment, watch, own, other };
}

function start(
  { folder, version, server, door }: Environment,
  account: AccountCredentials,
): Promise<ProviderProcess> {
  const environment = environmentOf(server.url, account, grpcScale, version);
  // Keeps the provider's files out of the home folder of the person who runs this.
  return ProviderProcess.start(folder, { ...environment, PULUMI_HOME: folder }, door);
}

async function renew(worker: Worker): Promise<void> {
  worker.own.stop();
  worker.own = await start(worker, worker.server);
}

export function environmentOf(
  url: string,
  { accountKeyId, accountKeySecret }: AccountCredentials,
  { requestTimeoutMs }: Scale,
  version: ApiVersion,
): Record<string, string> {
  return {
    SMOOCH_API_VERSION: version,
    SMOOCH_BASE_URL: url,
    SMOOCH_ACCOUNT_KEY_ID: accountKeyId,
    SMOOCH_ACCOUNT_KEY_SECRET: accountKeySecret,
    SMOOCH_REQUEST_TIMEOUT: String(requestTimeoutMs / 1000),
  };
}
