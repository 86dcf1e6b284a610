import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** This package's folder in the user's cache folder. */
export function cacheFolder() {
  return join(userCache(), "pulumi-smooch");
}

function userCache() {
  if (process.platform === "win32") return process.env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  return process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
}

export async function isFile(path) {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

/** A short name for what was made from these contents. */
export function digest(...contents) {
  const sum = createHash("sha256");
  for (const content of contents) sum.update(content);
  return sum.digest("hex").slice(0, 12);
}
