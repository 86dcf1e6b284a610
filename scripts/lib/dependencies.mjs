import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { excerpt, Failure, root, run } from "./run.mjs";
import { timed } from "./time.mjs";

/** Installs the versions in package-lock.json, unless they are installed already. */
export async function installDependencies(log) {
  if (await isInstalled()) return;
  await timed(log, "installing dependencies", async () => {
    const { code, output } = await npm("ci");
    if (code === 0) return;
    if (!(await lacksOnlyForeignBinaries(output))) throw new Failure(`npm ci failed:\n${excerpt(output)}`);
    // This also takes every version from the lock file, and does not change it.
    const second = await npm("install", "--no-save");
    if (second.code !== 0) throw new Failure(`npm install failed:\n${excerpt(second.output)}`);
  });
}

function npm(...args) {
  // Its warnings are needed even if the user asked for silence (`npm -s`).
  return run("npm", [...args, "--include=dev", "--no-progress", "--loglevel=notice"], {
    limit: 20 * 60_000,
  });
}

// If a registry serves the binaries of some platforms only, npm writes a lock file without the others, and `npm ci`
// then rejects that lock file here and everywhere else.
async function lacksOnlyForeignBinaries(output) {
  const locked = Object.values((await readPackages("package-lock.json")) ?? {});
  const optional = new Set(locked.flatMap((entry) => Object.keys(entry.optionalDependencies ?? {})));
  const complaints = [...output.matchAll(/^npm error (Missing|Invalid): (.*)$/gm)];
  return (
    complaints.length > 0 &&
    complaints.every(([, kind, what]) => {
      const name = /^(@?[^@]+)@\S* from lock file$/.exec(what)?.[1];
      return kind === "Missing" && optional.has(name);
    })
  );
}

// npm keeps a lock file of what it installed in node_modules. Compares its contents rather than file times, which a
// checkout, a copy or a restored cache changes.
async function isInstalled() {
  const wanted = await readPackages("package-lock.json");
  const installed = await readPackages(join("node_modules", ".package-lock.json"));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, want]) => {
    if (!path.includes("node_modules/")) return true;
    const have = installed[path];
    if (!have) return Boolean(want.optional || want.devOptional || want.peer);
    return have.version === want.version && have.integrity === want.integrity && have.link === want.link;
  });
}

async function readPackages(file) {
  try {
    return JSON.parse(await readFile(join(root, file), "utf8")).packages;
  } catch {
    return undefined;
  }
}
