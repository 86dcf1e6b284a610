import { statSync, watch } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Adds up what Pulumi writes into the backend: the state and its backup, as often as they are put in their place. Pulumi
 * writes each into a new file and renames that, which this folder is told of. `/proc/<pid>/io` would count whole pages, the
 * small files beside the state, and what passes between the processes as well.
 */
export function watchWrites(stateFile: { folder: string; name: string }): () => Promise<number> {
  const { folder, name } = stateFile;
  let bytes = 0;
  const watcher = watch(folder, (event, changed) => {
    if (event !== "rename" || (changed !== name && changed !== `${name}.bak`)) return;
    bytes += statSync(join(folder, changed), { throwIfNoEntry: false })?.size ?? 0;
  });
  return async () => {
    // The last renames may not have been told yet.
    await sleep(20);
    watcher.close();
    return bytes;
  };
}
