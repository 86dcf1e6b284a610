import { delimiter, join } from "node:path";
import { isFile } from "./lib/cache.mjs";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** The path of the Chromium that is installed; undefined if none is. */
export async function findChromium() {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const file = join(folder, name);
      if (await isFile(file)) return file;
    }
  }
  return undefined;
}
