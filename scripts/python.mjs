import { createHash } from "node:crypto";
import { readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildSdkCodegen, installedGo } from "./lib/go-build.mjs";
import { withLock } from "./lib/lock.mjs";
import { must, root, run } from "./lib/run.mjs";
import { timed } from "./lib/time.mjs";
import { isAtLeast } from "./lib/version.mjs";
import { cacheFolder, ensurePythonHost, isFile } from "./pulumi-cli.mjs";

/** The oldest that the `pulumi` of tools/python/requirements.txt supports. */
const minimum = "3.10";
const windows = process.platform === "win32";
const exe = windows ? ".exe" : "";
const command = windows ? "python" : "python3";
const requirements = join(root, "tools", "python", "requirements.txt");
const codegenSources = ["go.mod", "sdk-codegen/main.go"].map((file) => join(root, "tools", "pulumi", file));

/** Returns why this machine cannot run the tests of Python programs; undefined if it can. */
export async function pythonProblem() {
  return (await findPython()).problem;
}

/**
 * Prepares what a Python program needs, once per machine: the CLI's language host, a virtual environment with Pulumi's
 * SDK, and our generator of SDKs.
 */
export async function ensurePython(cli, { log = console.log } = {}) {
  const found = await findPython();
  await ensurePythonHost(cli, { log });
  return { bin: binOf(await ensureEnvironment(found, log)), codegen: await ensureCodegen(log) };
}

/** Generates the Python SDK from the built plugin's schema and installs it into a folder for PYTHONPATH. */
export async function installPythonSdk({ bin, codegen }, folder) {
  const sources = `${folder}-sources`;
  await must("sdk-codegen", codegen, [join(root, "dist", "plugin", "schema.json"), "python", sources]);
  const options = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--target", folder];
  await must("pip install", join(bin, command), ["-m", "pip", "install", ...options, sources]);
  await rm(sources, { recursive: true });
}

/** `{ version, home }` of the installed Python, or `{ problem }`. */
async function findPython() {
  const script = "import sys, venv, ensurepip; print('%d.%d.%d' % sys.version_info[:3], sys.base_prefix)";
  const { code, stdout } = await run(command, ["-c", script], { limit: 20_000 });
  if (code !== 0) return { problem: `${command} with pip and venv is not installed` };
  const [version, ...home] = stdout.trim().split(" ");
  if (!isAtLeast(version, minimum)) {
    return { problem: `${command} is ${version}, and ${minimum} or newer is needed` };
  }
  if (!(await installedGo())) return { problem: "Go is not installed, which builds the generator of SDKs" };
  return { version, home: home.join(" ") };
}

/** A virtual environment is bound to the Python that made it, so another Python gets another one. */
async function ensureEnvironment({ version, home }, log) {
  const key = `${version}-${digest(await readFile(requirements), await realpath(home))}`;
  const folder = join(cacheFolder(), "pulumi-smooch", "python", key);
  // It contains its own path and cannot be renamed into place, so a file marks that it is complete.
  const complete = join(folder, "complete");
  const ready = async () => (await isFile(complete)) || undefined;
  await withLock(`${folder}.lock`, { ready, onWait: () => {} }, async () => {
    await rm(folder, { recursive: true, force: true });
    await timed(
      log,
      "installing Pulumi's SDK for Python",
      async () => {
        await must("python -m venv", command, ["-m", "venv", folder]);
        const options = ["--quiet", "--disable-pip-version-check", "--requirement", requirements];
        await must("pip install", join(binOf(folder), command), ["-m", "pip", "install", ...options]);
      },
      { note: "first time only, about 30 seconds" },
    );
    await writeFile(complete, "");
    return true;
  });
  return folder;
}

async function ensureCodegen(log) {
  const sources = await Promise.all(codegenSources.map((file) => readFile(file)));
  const folder = join(cacheFolder(), "pulumi-smooch", "sdk-codegen");
  const target = join(folder, `${digest(...sources)}${exe}`);
  const ready = async () => (await isFile(target)) || undefined;
  await withLock(`${target}.lock`, { ready, onWait: () => {} }, async (lock) => {
    await buildSdkCodegen(join(lock, "codegen"), { log });
    await rename(join(lock, "codegen"), target);
    return true;
  });
  return target;
}

function binOf(environment) {
  return join(environment, windows ? "Scripts" : "bin");
}

function digest(...contents) {
  const sum = createHash("sha256");
  for (const content of contents) sum.update(content);
  return sum.digest("hex").slice(0, 12);
}
