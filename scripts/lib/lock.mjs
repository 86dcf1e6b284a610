import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const heartbeat = 5_000;
const silence = 60_000;

/**
 * Runs `work` while holding the folder `lock`, which is also its workshop: whatever lies in it is
 * thrown away with it. `onWait` is told now and then that somebody else holds it.
 * `ready` is asked before every attempt; once it returns something, nothing is left to do.
 */
export async function withLock(lock, { ready, onWait }, work) {
  await mkdir(dirname(lock), { recursive: true });
  const started = performance.now();
  for (;;) {
    const result = await ready();
    if (result) return result;
    if (await acquire(lock)) break;
    const stale = await staleOwner(lock);
    if (stale !== undefined) await breakLock(lock, stale);
    else {
      onWait(performance.now() - started);
      await sleep(1_000);
    }
  }
  const owner = join(lock, "owner");
  const timer = setInterval(() => utimes(owner, new Date(), new Date()).catch(() => {}), heartbeat);
  try {
    return (await ready()) ?? (await work(lock));
  } finally {
    clearInterval(timer);
    await discard(lock);
  }
}

async function acquire(lock) {
  try {
    await mkdir(lock);
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  await writeFile(join(lock, "owner"), `${hostname()} ${process.pid} ${randomUUID()}`);
  return true;
}

/** Takes a stale lock away, unless another waiter has done so and somebody holds it again. */
async function breakLock(lock, stale) {
  const breaker = `${lock}-breaker`;
  try {
    // One waiter at a time: what is renamed below must be what was found stale.
    await mkdir(breaker);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    const file = await stat(breaker).catch(() => undefined);
    if (file && Date.now() - file.mtimeMs > silence) await rm(breaker, { recursive: true, force: true });
    await sleep(50);
    return;
  }
  try {
    if ((await staleOwner(lock)) === stale) await discard(lock);
  } finally {
    await rm(breaker, { recursive: true, force: true });
  }
}

// The beat decides between machines and after a process number was given out again; the process number
// only makes the usual case, an interrupted build on this machine, quick.
/** What a lock's owner is called, if it holds the lock no more; undefined while it does. */
async function staleOwner(lock) {
  const owner = join(lock, "owner");
  const text = await readFile(owner, "utf8").catch(() => "");
  const file = await stat(text ? owner : lock).catch(() => undefined);
  if (!file) return undefined;
  if (Date.now() - file.mtimeMs > silence) return text;
  const [host, pid] = text.split(" ");
  return host === hostname() && !isAlive(Number(pid)) ? text : undefined;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

// Renamed first, so that the name is free at once and nobody meets half a folder.
async function discard(lock) {
  const away = `${lock}-${randomUUID()}`;
  try {
    await rename(lock, away);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  await rm(away, { recursive: true, force: true, maxRetries: 5 });
}
