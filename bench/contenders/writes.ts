import { statSync, watch } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Adds up what Pulumi writes to the backend: the state and its backup, each time they are replaced. Pulumi writes each
 * to a new file and renames that, which the file watcher reports. `/proc/<pid>/io` would also count whole pages, the
 * small files next to the state, and communication between the processes.
 */
export function watchWrites(stateFile: { folder: string; name: string }): () => Promise<number> {
  const { folder, name } = stateFile;
  let bytes = 0;
  const watcher = watch(folder, (event, changed) => {
    if (event !== "rename" || (changed !== name && changed !== `${name}.bak`)) return;
    bytes += statSync(join(folder, changed), { throwIfNoEntry: false })?.size ?? 0;
  });
  return async () => {
    // The last renames may not have been reported yet.
    await sleep(20);
    watcher.close();
    return bytes;
  };
}
