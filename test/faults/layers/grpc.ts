import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type AccountCredentials, type RunningEmulator, startEmulator } from "../../../src/emulator/index";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { Watch } from "../checks/watch";
import type { Scale } from "../program/schedule";
import { Engine } from "./engine";
import type { Layer, Stage } from "./layer";
import { ProviderProcess } from "./provider-process";

export const grpcScale: Scale = { size: "full", requestTimeoutMs: 2000, isVirtual: false };

/** A provider process has one configuration, so each process has its own emulator, and both are reused. */
interface Place {
  folder: string;
  version: ApiVersion;
  server: RunningEmulator;
}

interface Seat extends Place {
  watch: Watch;
  own: ProviderProcess;
  other: ProviderProcess;
}

/** Real provider processes, driven over gRPC; real sockets, real time. */
export function grpcLayer(): Layer {
  const free: Seat[] = [];
  const all: Seat[] = [];
  const takeSeat = (version: ApiVersion): Seat | undefined => {
    const index = free.findIndex((seat) => seat.version === version);
    return index < 0 ? undefined : free.splice(index, 1)[0];
  };
  return {
    open: async ({ version }, trace) => {
      const seat = takeSeat(version) ?? (await makeSeat(version));
      if (!all.includes(seat)) all.push(seat);
      const { watch, other } = seat;
      watch.emulator.reset();
      watch.forget();
      watch.log = trace;
      let plugin = seat.own;
      const engine = new Engine(() => plugin, trace);
      return {
        watch,
        run: async ({ command, program, account }) => {
          plugin = account === "own" ? seat.own : other;
          plugin.printed();
          const outcome = await (command === "up" ? engine.up(program) : engine[command]());
          // A process does not delete what it has adopted, so the next command gets a new process.
          if (program.some(({ adopt }) => adopt !== undefined)) await renew(seat);
          return outcome;
        },
        preview: (program) => {
          plugin = seat.own;
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
          free.push(seat);
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

async function makeSeat(version: ApiVersion): Promise<Seat> {
  // Inside the repository, so that `pulumi-smooch` is found as in a user's project.
  const parent = join(process.cwd(), "test", ".work", "faults");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "grpc-"));
  let watch: Watch | undefined;
  const server = await startEmulator({ checkTargets: false, log: (line) => watch?.log(line) });
  watch = new Watch(server.emulator);
  const place = { folder, version, server };
  const [own, other] = await Promise.all([start(place, server), start(place, server.emulator.addAccount())]);
  return { ...place, watch, own, other };
}

function start({ folder, version, server }: Place, account: AccountCredentials): Promise<ProviderProcess> {
  return ProviderProcess.start(folder, {
    ...environmentOf(server.url, account, grpcScale, version),
    // Keeps the provider's files out of the home folder of the person who runs this.
    PULUMI_HOME: folder,
  });
}

async function renew(seat: Seat): Promise<void> {
  seat.own.stop();
  seat.own = await start(seat, seat.server);
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
