import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const lockFile = join(__dirname, "..", "..", "scripts", "lib", "lock.mjs");
const rounds = 40;
const waiters = 3;

/** Waits for all locks in the folder at once; records each lock it gets, and fails if another process has it too. */
const waiter = `
  import { existsSync } from "node:fs";
  import { mkdir, rmdir, writeFile } from "node:fs/promises";
  import { setTimeout as sleep } from "node:timers/promises";
  import { withLock } from ${JSON.stringify(lockFile)};
  const [folder, start] = process.argv.slice(1);
  await Promise.all(Array.from({ length: ${rounds} }, async (_, round) => {
    const lock = folder + "/" + round;
    await sleep(Number(start) + 40 * round - Date.now());
    const ready = async () => existsSync(lock + ".done") || undefined;
    await withLock(lock, { ready, onWait() {} }, async (held) => {
      await writeFile(held + "/work", "");
      await mkdir(lock + ".inside");
      await sleep(20);
      await rmdir(lock + ".inside");
      await writeFile(lock + ".worked-" + process.pid, "");
      await writeFile(lock + ".done", "");
    });
  }));`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-lock-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns the id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const { stdout } = await run(process.execPath, ["-p", "process.pid"]);
  return Number(stdout);
}

const longAgo = new Date(Date.now() - 600_000);

describe("a lock whose owner is gone", () => {
  it.each([
    ["was killed", async () => `${hostname()} ${await endedProcess()} 1`],
    ["was on another machine", async () => "elsewhere 1 1"],
    ["had not written its name", async () => undefined],
  ])("(it %s) is taken by one waiter at a time, and by only one in total", async (what, ownerOf) => {
    const locks = join(folder, what);
    const owner = await ownerOf();
    for (let round = 0; round < rounds; round++) {
      const lock = join(locks, String(round));
      mkdirSync(lock, { recursive: true });
      if (owner !== undefined) writeFileSync(join(lock, "owner"), owner);
      for (const path of owner === undefined ? [lock] : [join(lock, "owner"), lock])
        utimesSync(path, longAgo, longAgo);
    }
    const start = String(Date.now() + 500);
    const args = ["--input-type=module", "-e", waiter, locks, start];
    await Promise.all(Array.from({ length: waiters }, () => run(process.execPath, args)));
    const left = readdirSync(locks);
    expect(left.filter((name) => name.includes(".worked-"))).toHaveLength(rounds);
    expect(left.filter((name) => !/\.(worked-\d+|done)$/.test(name))).toEqual([]);
  });
});
