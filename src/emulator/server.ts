import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Console } from "./console/server";
import { type AccountCredentials, Emulator } from "./core";
import type { EmulatorResponse } from "./exchange";
import { type EmulatorHost, realHost } from "./host";
import { Listener } from "./listener";
import type { EmulatorOptions } from "./options";
import { foreignness } from "./origin";
import { readStateFile, writeStateFile } from "./statefile";
import { receive, send } from "./transmission";

export interface StartOptions extends EmulatorOptions {
  /** Default: a free port. */
  readonly port?: number | undefined;
  /**
   * File that keeps all objects across restarts: read at the start if it exists, and replaced after each change. Only
   * its owner can read it, because it contains secrets. Default: no file.
   */
  readonly stateFile?: string | undefined;
  /** Whether the web console is served at {@link RunningEmulator.consoleUrl}. Default: false. */
  readonly console?: boolean | undefined;
  /** Clock, timers, random numbers and transport. Default: the real ones. */
  readonly host?: EmulatorHost | undefined;
}

/** An emulator that listens on a port. */
export interface RunningEmulator extends AccountCredentials {
  /** Without a trailing slash, ready for `SMOOCH_BASE_URL`. */
  readonly url: string;
  /** The address of the web console; undefined without it. */
  readonly consoleUrl: string | undefined;
  readonly emulator: Emulator;
  /**
   * Stops listening and drops open connections, as in an outage: new connections are refused. Objects stay and
   * deliveries continue. Requests in progress lose their responses.
   */
  pause(): Promise<void>;
  /** Listens again on the same port. Rejects if the port is taken. */
  resume(): Promise<void>;
  /** Stops listening, drops open connections and stops all further deliveries. */
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
 * Other processes can control it under `/_emulator/`: `GET state` returns all objects by id, without secrets; `POST
 * reset` deletes all apps and service accounts with everything in them, and the logs; `GET faults` and `POST faults` read and start a fault
 * plan (`{}` ends all faults); `GET profile` and `PUT profile` read and change the profile (`{"metadata": "merge"}`);
 * `POST revoke` revokes an account key (`{"keyId": "act_…"}`); `POST clock` shifts the clock (`{"offsetMs": -86400000}`
 * is a day in the past).
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
    exchange(emulator, request, response, saveOrLog, console).catch(() => response.destroy());
  });
  const listener = new Listener(server, options.port ?? 0);
  const url = () => `http://127.0.0.1:${listener.port}`;
  const console = options.console === true ? await openConsole(emulator, saveOrLog, url) : undefined;
  const close = async () => {
    emulator.close();
    ownHost?.close();
    await listener.close();
  };
  try {
    // If the port is taken, it may be by an emulator with the same file, which this one must not overwrite.
    await listener.open();
    save();
  } catch (error) {
    await close();
    throw error;
  }
  const { accountId, accountKeyId, accountKeySecret } = emulator;

  return {
    url: url(),
    consoleUrl: console && `${url()}/`,
    accountId,
    accountKeyId,
    accountKeySecret,
    emulator,
    pause: () => listener.shut(),
    resume: () => listener.open(),
    close,
  };
}

/** Loads the console only where it is wanted, so that the emulator starts as fast without it. */
async function openConsole(emulator: Emulator, save: () => void, url: () => string): Promise<Console> {
  const { Console } = await import("./console/server.js");
  return new Console(emulator, { save, url });
}

/** Answers a request on a socket. */
async function exchange(
  emulator: Emulator,
  request: IncomingMessage,
  response: ServerResponse,
  save: () => void,
  console?: Console,
): Promise<void> {
  const reason = foreignness(request.headers);
  if (reason !== undefined) {
    request.resume();
    response
      .writeHead(403, { "content-type": "text/plain" })
      .end(`The emulator refuses this request: ${reason}.\n`);
    return;
  }
  if (console?.serves(request)) return console.answer(request, response);
  const received = await receive(request);
  let answer: EmulatorResponse;
  try {
    answer = await emulator.handle(received);
    // Saved before the response, so that nothing a caller was told about is lost.
    if (received.method !== "GET") save();
  } catch (error) {
    // A bug in the emulator: say so instead of dropping the connection.
    response.writeHead(500, { "content-type": "text/plain" }).end(`The emulator failed: ${String(error)}`);
    return;
  }
  send(answer, response);
}
