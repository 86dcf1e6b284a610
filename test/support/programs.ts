import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

let host: Promise<string> | undefined;
let running: ChildProcess | undefined;

/** The address of the process that runs this worker's inline programs, which starts with the first one. */
export function programHost(): Promise<string> {
  host ??= start();
  return host;
}

/** Ends the process: after a killed command, it would still wait for that command's engine. The next program starts another. */
export function endProgramHost(): void {
  running?.kill();
  host = undefined;
}

async function start(): Promise<string> {
  const child = fork(join(__dirname, "program-host.mjs"), { execArgv: [] });
  running = child;
  const [port] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => {
      throw new Error(`the program host ended with ${code}`);
    }),
  ]);
  // It ends when this process does, and does not keep it alive.
  child.unref();
  child.channel?.unref();
  return `127.0.0.1:${port}`;
}
