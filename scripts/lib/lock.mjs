import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const heartbeat = 5_000;
const silence = 60_000;

/**
 * Runs `work` while holding the folder `lock`, which `work` can use for temporary files: it is deleted at the end.
 * Calls `onWait` from time to time while another process holds the lock. Calls `ready` before every attempt; if that
 * returns something, there is nothing left to do.
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

/** Removes a stale lock, unless another process has done so and the lock is held again. */
async function breakLock(lock, stale) {
  const breaker = `${lock}-breaker`;
  try {
    // One process at a time: the lock removed below must be the one that was found stale.
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

/**
 * The content of a lock's owner file if the owner no longer holds the lock; undefined while it does. The heartbeat decides
 * across machines and when a process id was reused; the process id only speeds up the usual case, an interrupted build
 * on this machine.
 */
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

// Renamed first, so that the name is free immediately and no process sees half a folder.
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
