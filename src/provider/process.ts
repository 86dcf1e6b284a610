import type { Host } from "../smooch/host";
import { realHost } from "../smooch/transport";
import { Connection } from "./connection";
import { Lifeline, onEnd, watchEngine } from "./crash/engine";
import { FileJournal, journalFolder } from "./crash/journal";
import { type Run, readRun } from "./crash/run";

/**
 * The connection of a process that Pulumi's engine has started. All kinds share it: its connection pool, token and rate
 * limiter. `logTo` makes what prints lines for the user, given the engine's address.
 */
export function connectToEngine(logTo?: (engine: string) => Host["log"]): {
  connection: Connection;
  run: Run;
} {
  const run = readRun(process.env, process.argv, process.cwd());
  const lifeline = new Lifeline(() => process.exit());
  watchEngine(() => lifeline.cut(), run.engine);
  const host = { ...realHost(), ...(logTo && { log: logTo(run.engine) }) };
  const journal = new FileJournal(journalFolder(process.env), onEnd);
  return { connection: new Connection(process.env, host, journal, run, lifeline), run };
}
