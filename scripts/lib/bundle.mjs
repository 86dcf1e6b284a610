import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Writes a module and what it imports as a single file: every file costs time to open, and zod alone has ninety. The
 * libraries in `external` stay outside, so that users get their security fixes through npm.
 */
export async function bundleModule(source, target, external) {
  const checks = { commonJsVariableInEsm: false };
  await bundle({ input: source, platform: "node", external, checks }, { file: target, format: "cjs" });
}

/** Writes a script for browsers as a single file. */
export async function bundleScript(source, target, tsconfig) {
  await bundle({ input: source, platform: "browser", tsconfig }, { file: target, format: "iife" });
}

async function bundle(input, { file: target, format }) {
  // Imported lazily: this file is also loaded before any dependencies are installed.
  const { rolldown } = await import("rolldown");
  const build = await rolldown(input);
  const { output } = await build.write({ file: target, format, minify: true });
  await build.close();
  const inside = new Set(output.flatMap(({ modules = {} }) => Object.keys(modules)).flatMap(packageOf));
  await writeFile(
    join(dirname(target), "licenses.txt"),
    await licenses(basename(target), [...inside].sort()),
  );
}

/** The folder of the package that a module comes from, unless it is our own. */
function packageOf(module) {
  const [, folder] = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module) ?? [];
  return folder === undefined ? [] : [folder];
}

/** Licences require their text to be distributed with the code. */
async function licenses(file, folders) {
  const texts = folders.map(async (folder) => {
    const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    return `${name} ${version}\n\n${(await licenceIn(folder)).trim()}\n`;
  });
  return `${file} contains code from these packages.\n\n${(await Promise.all(texts)).join("\n---\n\n")}`;
}

/** Some packages have their licence at the end of their README. */
async function licenceIn(folder) {
  const files = await readdir(folder);
  const file = files.find((entry) => /^licen[cs]e/i.test(entry));
  if (file !== undefined) return readFile(join(folder, file), "utf8");
  const readme = files.find((entry) => /^readme/i.test(entry));
  const text = readme === undefined ? "" : await readFile(join(folder, readme), "utf8");
  const start = text.search(/^#* ?licen[cs]e\s*$/im);
  if (start < 0) throw new Error(`${folder} has no licence to put beside the bundle`);
  return text.slice(start);
}
