import { readFile, realpath, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, digest, isFile } from "./lib/cache.mjs";
import { withLock } from "./lib/lock.mjs";
import { must, root, run } from "./lib/run.mjs";
import { timed } from "./lib/time.mjs";
import { isAtLeast } from "./lib/version.mjs";
import { ensurePythonHost } from "./pulumi-cli.mjs";
import { generateSdk, sdkProblem } from "./sdk.mjs";

/** The oldest that the `pulumi` of tools/python/requirements.txt supports. */
const minimum = "3.10";
const windows = process.platform === "win32";
const command = windows ? "python" : "python3";
const requirements = join(root, "tools", "python", "requirements.txt");

/** Returns why this machine cannot run the tests of Python programs; undefined if it can. */
export async function pythonProblem() {
  return (await sdkProblem()) ?? (await findPython()).problem;
}

/** Prepares what a Python program needs, once per machine: the CLI's language host and Pulumi's SDK. */
export async function ensurePython(cli, { log = console.log } = {}) {
  const found = await findPython();
  await ensurePythonHost(cli, { log });
  return { bin: binOf(await ensureEnvironment(found, log)) };
}

/** Generates the Python SDK from the built plugin's schema and installs it into a folder for PYTHONPATH. */
export async function installPythonSdk({ bin }, folder) {
  const sources = `${folder}-sources`;
  await generateSdk("python", sources);
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
  return { version, home: home.join(" ") };
}

/** A virtual environment is bound to the Python that made it, so another Python gets another one. */
async function ensureEnvironment({ version, home }, log) {
  const key = `${version}-${digest(await readFile(requirements), await realpath(home))}`;
  const folder = join(cacheFolder(), "python", key);
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

function binOf(environment) {
  return join(environment, windows ? "Scripts" : "bin");
}
