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
    if (await isStale(lock)) await discard(lock);
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
  await writeFile(join(lock, "owner"), `${hostname()} ${process.pid}`);
  return true;
}

// The beat decides between machines and after a process number was given out again; the process number
// only makes the usual case, an interrupted build on this machine, quick.
async function isStale(lock) {
  const owner = join(lock, "owner");
  const text = await readFile(owner, "utf8").catch(() => "");
  const file = await stat(text ? owner : lock).catch(() => undefined);
  if (!file) return false;
  if (Date.now() - file.mtimeMs > silence) return true;
  const [host, pid] = text.split(" ");
  return host === hostname() && !isAlive(Number(pid));
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
