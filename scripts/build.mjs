#!/usr/bin/env node
import { createHash } from "node:crypto";
import { chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleModule, bundleScript } from "./lib/bundle.mjs";
import { builtFacts } from "./lib/facts.mjs";
import { isMain, main, must, root } from "./lib/run.mjs";
import { timed } from "./lib/time.mjs";

const dist = join(root, "dist");
const workshop = join(root, "node_modules", ".cache", "pulumi-smooch");
// Outside `dist`, which is published.
const stamp = join(workshop, "build.json");
const configuration = [
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "scripts/build.mjs",
  "scripts/lib/bundle.mjs",
];

/** Compiles `src` into `dist` and bundles the provider, unless `dist` is up to date. */
export async function build({ log = console.log, always = false } = {}) {
  const sources = await hash([join(root, "src"), ...configuration.map((file) => join(root, file))]);
  if (!always && (await isCurrent(sources))) return;
  await timed(log, "build", () => compile());
  await writeFile(stamp, JSON.stringify({ sources, outputs: await hash([dist]) }));
}

// Compiled elsewhere and swapped in, so that no stale output stays and a failure keeps the last good build.
async function compile() {
  const fresh = join(workshop, `dist-${process.pid}`);
  const old = `${fresh}-old`;
  await mkdir(workshop, { recursive: true });
  try {
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    await must("tsc", process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", fresh]);
    const provider = join("provider", "index");
    await bundleModule(join(root, "src", `${provider}.ts`), join(fresh, `${provider}.js`), [
      "axios",
      "jsonwebtoken",
    ]);
    await buildPlugin(fresh);
    await buildConsole(fresh);
    await chmod(join(fresh, "cli", "index.js"), 0o755).catch(ignoreMissing);
    await rename(dist, old).catch(ignoreMissing);
    await rename(fresh, dist);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** The plugin's folder holds all that it needs but Node.js, because Pulumi copies it away from its dependencies. */
async function buildPlugin(fresh) {
  const folder = join(fresh, "plugin");
  await rm(folder, { recursive: true, force: true });
  await bundleModule(join(root, "src", "plugin", "index.ts"), join(folder, "index.js"), []);
  // Imported lazily: this file is also loaded before any dependencies are installed.
  const { packageSchema } = await import("./schema/schema.mjs");
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const schema = packageSchema(builtFacts(fresh), manifest);
  await writeFile(join(folder, "schema.json"), JSON.stringify(schema));
  await cp(join(root, "src", "plugin", "launcher"), folder, { recursive: true });
  await chmod(join(folder, "pulumi-resource-smooch"), 0o755);
}

/** The emulator serves this folder to browsers. */
async function buildConsole(fresh) {
  const sources = join(root, "src", "console");
  const folder = join(fresh, "console");
  await mkdir(folder);
  await bundleScript(join(sources, "main.tsx"), join(folder, "console.js"), join(sources, "tsconfig.json"));
  for (const file of ["index.html", "console.css"]) await cp(join(sources, file), join(folder, file));
}

async function isCurrent(sources) {
  try {
    const last = JSON.parse(await readFile(stamp, "utf8"));
    return last.sources === sources && last.outputs === (await hash([dist]));
  } catch {
    return false;
  }
}

async function hash(paths) {
  const sum = createHash("sha256");
  const add = async (path) => {
    const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
    if (!entries) {
      sum.update(`${path}\0`).update(await readFile(path));
      return;
    }
    for (const name of entries.map((entry) => entry.name).sort()) await add(join(path, name));
  };
  for (const path of paths) await add(path);
  return sum.digest("hex");
}

function ignoreMissing(error) {
  if (error.code !== "ENOENT") throw error;
}

if (isMain(import.meta.url)) await main(() => build({ always: true }));
