import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { seconds } from "./time.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const posix = process.platform !== "win32";
const running = new Set();
let interrupted = false;
let onStop;

/**
 * Runs a program to its end and returns `{ code, output, stdout }`; never throws for a non-zero exit code. `onLine`
 * receives each line as it arrives; `stdio: "inherit"` passes the terminal through instead.
 */
export async function run(command, args, options = {}) {
  const { cwd = root, env = process.env, stdio, onLine, limit, stopSignal = "SIGTERM" } = options;
  if (interrupted) throw new Interrupted();
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: stdio ?? ["ignore", "pipe", "pipe"],
    // A process group, so that the program's own children can be stopped with it.
    detached: posix,
    // On Windows npm is a .cmd file, which only a shell can start.
    shell: !posix && command === "npm",
    windowsHide: true,
  });
  const entry = { child, stopSignal };
  running.add(entry);
  let output = "";
  let stdout = "";
  let timedOut = false;
  const timer =
    limit &&
    setTimeout(() => {
      timedOut = true;
      stop(entry);
    }, limit);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream)
      readLines(stream, (line) => {
        output += `${line}\n`;
        if (stream === child.stdout) stdout += `${line}\n`;
        onLine?.(line);
      });
  }
  try {
    const code = await new Promise((resolve) => {
      child.on("error", (error) => {
        output += `${error.message}\n`;
        resolve(127);
      });
      child.on("close", (status) => resolve(status ?? 1));
    });
    if (interrupted) throw new Interrupted();
    if (timedOut) output += `stopped after ${seconds(limit)}\n`;
    return { code: timedOut ? 124 : code, output, stdout };
  } finally {
    clearTimeout(timer);
    running.delete(entry);
  }
}

/** Returns the program's stdout; throws on a non-zero exit code, quoting the output that was not shown already. */
export async function must(what, command, args, options) {
  const { code, output, stdout } = await run(command, args, options);
  if (code !== 0) {
    const said = options?.onLine ? "" : `:\n${excerpt(output)}`;
    throw new Failure(`${what} failed (exit ${code})${said}`);
  }
  return stdout;
}

/** An error whose message is enough, without a stack. */
export class Failure extends Error {}

/** Stops everything started by `run`; whatever still runs after `grace` milliseconds is killed. */
export async function stopAll(grace = 10_000) {
  await Promise.all([...running].map((entry) => stop(entry, grace)));
}

/** Whether the module was started directly rather than imported. */
export function isMain(url) {
  return url === pathToFileURL(realpathSync(process.argv[1])).href;
}

/** Thrown by `run` once the script has been told to stop; only `main` should catch it. */
export class Interrupted extends Error {}

/** Resolves when the script is told to stop, as by Ctrl-C. It then continues; only when told again does `main` stop it. */
export function waitForStop() {
  return new Promise((resolve) => {
    onStop = resolve;
  });
}

/** Runs a script's main function: prints one line for a Failure, and stops cleanly on Ctrl-C. */
export async function main(work, cleanUp = async () => {}) {
  const finished = perform(work, cleanUp);
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ]) {
    let last = 0;
    process.on(signal, async () => {
      // `npm run` passes Ctrl-C on to a script that has got it from the terminal already.
      const isRepeated = Date.now() - last < 500;
      last = Date.now();
      if (isRepeated || interrupted) return;
      // A terminal that is closed shows no more output.
      if (onStop && signal !== "SIGHUP") {
        onStop();
        onStop = undefined;
        return;
      }
      interrupted = true;
      await stopAll();
      // Most work ends when its program does; there is no point in waiting for anything else.
      await Promise.race([finished, sleep(2_000)]);
      await cleanUp();
      process.exit(code);
    });
  }
  await finished;
}

async function perform(work, cleanUp) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    if (!interrupted) console.error(error instanceof Failure ? error.message : error);
  } finally {
    await cleanUp();
  }
}

function stop({ child, stopSignal }, grace = 10_000) {
  return new Promise((resolve) => {
    if (!child.pid || child.exitCode !== null || child.signalCode !== null) return resolve();
    const timer = setTimeout(() => kill(child, "SIGKILL"), grace);
    child.once("exit", () => {
      clearTimeout(timer);
      // Kills any children it left behind.
      kill(child, "SIGKILL");
      resolve();
    });
    kill(child, stopSignal);
  });
}

function kill(child, signal) {
  try {
    if (posix) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

function readLines(stream, onLine) {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop();
    for (const line of lines) onLine(line);
  });
  stream.on("end", () => rest && onLine(rest));
}

/** The beginning and end of long output: some programs report the error first, others last. */
export function excerpt(text, count = 25) {
  const lines = text.trimEnd().split("\n");
  if (lines.length <= 2 * count) return lines.join("\n");
  return [...lines.slice(0, count), "…", ...lines.slice(-count)].join("\n");
}
