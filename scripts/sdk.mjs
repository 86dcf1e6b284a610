import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, digest, isFile } from "./lib/cache.mjs";
import { buildSdkCodegen, installedGo } from "./lib/go-build.mjs";
import { withLock } from "./lib/lock.mjs";
import { must, root } from "./lib/run.mjs";

const exe = process.platform === "win32" ? ".exe" : "";
const sources = ["go.mod", "sdk-codegen/main.go"].map((file) => join(root, "tools", "pulumi", file));

/** Returns why this machine cannot generate SDKs, which the tests of programs in other languages need. */
export async function sdkProblem() {
  return (await installedGo()) ? undefined : "Go is not installed, which builds the generator of SDKs";
}

/** Generates the SDK for a language ("python", "go" or "nodejs") from the built plugin's schema. */
export async function generateSdk(language, folder) {
  const schema = join(root, "dist", "plugin", "schema.json");
  await must("sdk-codegen", await ensureSdkCodegen(), [schema, language, folder]);
}

/** Builds the generator, unless it is in the cache; returns its path. */
export async function ensureSdkCodegen({ log = console.log } = {}) {
  const key = digest(...(await Promise.all(sources.map((file) => readFile(file)))));
  const target = join(cacheFolder(), "sdk-codegen", `${key}${exe}`);
  const ready = async () => (await isFile(target)) || undefined;
  await withLock(`${target}.lock`, { ready, onWait: () => {} }, async (lock) => {
    await buildSdkCodegen(join(lock, "codegen"), { log });
    await rename(join(lock, "codegen"), target);
    return true;
  });
  return target;
}
