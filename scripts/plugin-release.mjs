#!/usr/bin/env node
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "./build.mjs";
import { main, must, root } from "./lib/run.mjs";

/** Where Pulumi runs; the plugin is the same everywhere, because it needs only Node.js. */
const platforms = ["darwin", "linux", "windows"].flatMap((system) =>
  ["amd64", "arm64"].map((architecture) => `${system}-${architecture}`),
);

/**
 * Writes the archives that `pulumi plugin install --server <url>` downloads, named as it looks for them: `npm run
 * plugin:release -- <folder>`.
 */
await main(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error("npm run plugin:release -- <folder>");
    return 2;
  }
  await build();
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const nameFor = (platform) =>
    join(resolve(folder), `pulumi-resource-smooch-v${version}-${platform}.tar.gz`);
  await mkdir(folder, { recursive: true });
  const [first, ...others] = platforms.map(nameFor);
  await must("tar", "tar", ["-czf", first, "-C", join(root, "dist", "plugin"), "."]);
  for (const other of others) await copyFile(first, other);
});
