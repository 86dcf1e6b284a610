#!/usr/bin/env node
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { cacheFolder, isFile } from "./lib/cache.mjs";
import {
  buildGoHost,
  buildPythonHost,
  buildWithGo,
  buildYamlHost,
  declaredVersion,
  installedGo,
  requiredGo,
} from "./lib/go-build.mjs";
import { withLock } from "./lib/lock.mjs";
import { downloadRelease, releasesAreReachable } from "./lib/official-release.mjs";
import { Failure, isMain, main, root, run } from "./lib/run.mjs";
import { seconds } from "./lib/time.mjs";
import { isAtLeast } from "./lib/version.mjs";

const minimum = "3.254.0";
const windows = process.platform === "win32";
const exe = windows ? ".exe" : "";
const programs = [`pulumi${exe}`, `pulumi-language-nodejs${exe}`];
const script = `pulumi-resource-pulumi-nodejs${windows ? ".cmd" : ""}`;

/**
 * Finds or builds a Pulumi CLI that runs Node.js programs with dynamic resources and does not download anything later.
 * `bin` is the folder to put first on PATH.
 */
export async function ensurePulumi({ log = console.log } = {}) {
  const forced = process.env.PULUMI_SMOOCH_CLI;
  if (forced) {
    const found = await inspect(forced, "PULUMI_SMOOCH_CLI");
    if (found.problem) throw new Failure(`PULUMI_SMOOCH_CLI=${forced}: ${found.problem}`);
    return found;
  }
  const installed = await onPath();
  if (installed && !installed.problem) return installed;
  if (installed) log(`the Pulumi CLI on PATH is not used: ${installed.problem}`);
  return fromCache(log);
}

/** Adds the language host for YAML programs to a CLI that was built here; others have it. */
export async function ensureYamlHost(cli, { log = console.log } = {}) {
  const file = `pulumi-language-yaml${exe}`;
  await ensureHost(cli, [file], (folder) => buildYamlHost(join(folder, file), { log }));
}

/** Adds the language host for Go programs in the same way. */
export async function ensureGoHost(cli, { log = console.log } = {}) {
  const file = `pulumi-language-go${exe}`;
  await ensureHost(cli, [file], (folder) => buildGoHost(join(folder, file), { log }));
}

/** Adds the language host for Python programs and its script in the same way. */
export async function ensurePythonHost(cli, { log = console.log } = {}) {
  // The host comes last, because it is what shows that both are there.
  const files = ["pulumi-language-python-exec", `pulumi-language-python${exe}`];
  await ensureHost(cli, files, (folder) => buildPythonHost(folder, { log }));
}

async function ensureHost({ bin }, files, build) {
  const host = files.at(-1);
  const isPresent = (folder) => isFile(join(folder, host));
  const present = await Promise.all([bin, ...pathFolders()].map(isPresent));
  if (present.includes(true)) return;
  if (!bin.startsWith(cacheFolder())) {
    throw new Failure(`${join(bin, host)} is missing, which the tests of the plugin need`);
  }
  const ready = async () => (await isPresent(bin)) || undefined;
  await withLock(`${bin}-${host}.lock`, { ready, onWait: () => {} }, async (lock) => {
    await build(lock);
    for (const file of files) await rename(join(lock, file), join(bin, file));
    return true;
  });
}

async function onPath() {
  for (const folder of pathFolders()) {
    if (await isFile(join(folder, programs[0]))) return inspect(folder, "PATH");
  }
}

/** `{ bin, version, source }`, or `{ problem }` if the CLI in this folder cannot be used. */
async function inspect(bin, source) {
  for (const file of [...programs, script]) {
    const folders = file === programs[0] ? [bin] : [bin, ...pathFolders()];
    const present = await Promise.all(folders.map((folder) => isFile(join(folder, file))));
    if (!present.includes(true)) return { problem: `${file} is missing` };
  }
  // Each command writes a log into Pulumi's home, so it gets one other than the user's.
  const home = await mkdtemp(join(tmpdir(), "pulumi-smooch-home-"));
  const { code, output } = await run(join(bin, programs[0]), ["version"], {
    env: { ...process.env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
    limit: 60_000,
  }).finally(() => rm(home, { recursive: true, force: true }));
  const version = /v?(\d+\.\d+\.\d+\S*)/.exec(output)?.[1];
  if (code !== 0 || !version) return { problem: `it does not run (${output.trim().split("\n")[0]})` };
  if (!isAtLeast(version, minimum)) return { problem: `it is ${version}, and ${minimum} or newer is needed` };
  return { bin, version, source };
}

async function fromCache(log) {
  const version = await declaredVersion();
  const bin = join(cacheFolder(), "cli", `${version}-${process.platform}-${process.arch}`);
  const ready = async () => {
    if (!(await isFile(join(bin, programs[0])))) return undefined;
    await addScript(bin);
    const found = await inspect(bin, "cache");
    if (!found.problem) return found;
    log(`replacing the cached Pulumi CLI: ${found.problem}`);
    await rm(bin, { recursive: true, force: true });
  };
  let said = -15_000;
  const onWait = (waited) => {
    if (waited - said < 15_000) return;
    said = waited;
    log(`waiting for another process to prepare the Pulumi CLI … ${seconds(waited)}`);
  };
  return withLock(`${bin}.lock`, { ready, onWait }, async (lock) => {
    const source = await make(join(lock, "bin"), version, log);
    await addScript(join(lock, "bin"));
    const found = await inspect(join(lock, "bin"), source);
    if (found.problem) throw new Failure(`the new Pulumi CLI cannot be used: ${found.problem}`);
    await rename(join(lock, "bin"), bin);
    return { ...found, bin };
  });
}

async function make(folder, version, log) {
  if (await releasesAreReachable()) {
    if (await downloadRelease(folder, version, { log })) return "download";
  } else log("Pulumi's release host does not respond; building the CLI from its Go modules");
  const [go, needed] = await Promise.all([installedGo(), requiredGo()]);
  if (!go) throw new Failure(nothingToBuildWith(needed));
  await mkdir(folder, { recursive: true });
  await buildWithGo(folder, { log });
  return "built";
}

function nothingToBuildWith(go) {
  return [
    "No Pulumi CLI was found, its release host cannot be reached, and Go, which could build it, is not installed. Install one of:",
    `  - the Pulumi CLI ${minimum} or newer: https://www.pulumi.com/docs/install/`,
    `  - Go ${go} or newer, from which the CLI is built once: https://go.dev/doc/install`,
    "To use a Pulumi CLI in a folder that is not on PATH, set PULUMI_SMOOCH_CLI=<folder>.",
  ].join("\n");
}

/** The engine starts dynamic providers through a script that is only part of the SDK's npm package. */
async function addScript(folder) {
  const from = join(root, "node_modules", "@pulumi", "pulumi", script);
  const to = join(folder, script);
  const [wanted, present] = await Promise.all(
    [from, to].map((file) => readFile(file).catch(() => undefined)),
  );
  if (!wanted) {
    if (present) return;
    throw new Failure("node_modules lacks @pulumi/pulumi: run `npm ci` first");
  }
  if (present?.equals(wanted)) return;
  const temporary = `${to}-${process.pid}`;
  await copyFile(from, temporary);
  await chmod(temporary, 0o755);
  await rename(temporary, to);
}

function pathFolders() {
  return (process.env.PATH ?? "").split(delimiter).filter(Boolean);
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const { bin } = await ensurePulumi({ log: console.error });
    console.log(bin);
  });
}
