import { createServer } from "node:http";
import { type AccountCredentials, Emulator } from "./core";
import { type EmulatorHost, realHost } from "./host";
import { Listener } from "./listener";
import type { EmulatorOptions } from "./options";
import { readStateFile, writeStateFile } from "./statefile";
import { exchange } from "./transmission";

export interface StartOptions extends EmulatorOptions {
  /** Default: a free port. */
  readonly port?: number | undefined;
  /**
   * Where it keeps what exists, over its end: read at the start if it is there, and replaced after each change. Readable
   * by its owner only, for the secrets in it. Default: nowhere.
   */
  readonly stateFile?: string | undefined;
  /** Clock, timers, randomness and transport. Default: the real ones. */
  readonly host?: EmulatorHost | undefined;
}

/** An emulator that listens. */
export interface RunningEmulator extends AccountCredentials {
  /** Without a slash at the end, ready for `SMOOCH_BASE_URL`. */
  readonly url: string;
  readonly emulator: Emulator;
  /**
   * Stops listening and drops open connections, as when a service goes down: from now on a connection is refused. What
   * exists stays, and deliveries go on. Requests under way lose their answers.
   */
  pause(): Promise<void>;
  /** Listens again, on the same port. Rejects when something else has taken it. */
  resume(): Promise<void>;
  /** Stops listening, drops open connections and makes no further delivery. */
  close(): Promise<void>;
}

/**
 * Starts a Smooch API on a loopback port. Rejects when the port is taken or the state file cannot be used.
 *
 * ```ts
 * import { startEmulator } from "pulumi-smooch/emulator";
 *
 * const smooch = await startEmulator();
 * process.env.SMOOCH_BASE_URL = smooch.url;
 * process.env.SMOOCH_ACCOUNT_KEY_ID = smooch.accountKeyId;
 * process.env.SMOOCH_ACCOUNT_KEY_SECRET = smooch.accountKeySecret;
 * // …
 * await smooch.close();
 * ```
 *
 * Other processes may ask it for `GET /_emulator/state` (what exists, by id, without a secret) and `GET
 * /_emulator/faults` (the fault plan, and what has happened of it) and `GET /_emulator/profile`, and may call `POST /_emulator/reset` (delete every
 * app with all it holds, and the logs), `POST /_emulator/faults` (begin a fault plan; `{}` ends all faults), `POST
 * /_emulator/revoke` (`{"keyId": "act_…"}`: refuse an account key from now on), `PUT /_emulator/profile` (`{"metadata": "merge"}`) and `POST /_emulator/clock` (`{"offsetMs": -86400000}`: live a day in the past).
 */
export async function startEmulator(options: StartOptions = {}): Promise<RunningEmulator> {
  const ownHost = options.host === undefined ? realHost() : undefined;
  const { stateFile } = options;
  const saved = stateFile === undefined ? options.saved : readStateFile(stateFile);
  const emulator = new Emulator({ ...options, saved }, options.host ?? ownHost);
  const save = () => {
    if (stateFile !== undefined) writeStateFile(stateFile, emulator.save());
  };
  const saveOrLog = () => {
    try {
      save();
    } catch (error) {
      options.log?.(String(error));
      throw error;
    }
  };
  const server = createServer((request, response) => {
    exchange(emulator, request, response, saveOrLog).catch(() => response.destroy());
  });
  const listener = new Listener(server, options.port ?? 0);
  const close = async () => {
    emulator.close();
    ownHost?.close();
    await listener.close();
  };
  try {
    // A port that is taken may be that of an emulator with the same file: this one must not write it then.
    await listener.open();
    save();
  } catch (error) {
    await close();
    throw error;
  }
  const { accountId, accountKeyId, accountKeySecret } = emulator;

  return {
    url: `http://127.0.0.1:${listener.port}`,
    accountId,
    accountKeyId,
    accountKeySecret,
    emulator,
    pause: () => listener.shut(),
    resume: () => listener.open(),
    close,
  };
}
