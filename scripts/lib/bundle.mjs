import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Writes the module that Pulumi's provider process loads as a single file: every file costs time to open, and zod alone
 * has ninety. Libraries for signing and networking stay outside the bundle, so that users get their security fixes
 * through npm.
 */
export async function bundleProvider(source, target, external) {
  // Imported lazily: this file is also loaded before any dependencies are installed.
  const { rolldown } = await import("rolldown");
  const checks = { commonJsVariableInEsm: false };
  const bundle = await rolldown({ input: source, platform: "node", external, checks });
  const { output } = await bundle.write({ file: target, format: "cjs", minify: true });
  await bundle.close();
  const inside = new Set(output.flatMap(({ modules = {} }) => Object.keys(modules)).flatMap(packageOf));
  await writeFile(join(dirname(target), "licenses.txt"), await licenses([...inside].sort()));
}

/** The folder of the package that a module comes from, unless it is our own. */
function packageOf(module) {
  const [, folder] = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module) ?? [];
  return folder === undefined ? [] : [folder];
}

/** Licences require their text to be distributed with the code. */
async function licenses(folders) {
  const texts = folders.map(async (folder) => {
    const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file to include with the bundle`);
    return `${name} ${version}\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
  });
  return `index.js contains code from these packages.\n\n${(await Promise.all(texts)).join("\n---\n\n")}`;
}
