import { join } from "node:path";
import { readSettings } from "../../src/provider/settings";
import { runProgram } from "../child";
import { newFolder, removeFolder } from "../folders";
import type { Operation, Trial } from "./trial";

/** Plain API calls without Pulumi, in a separate process: the cost of the API itself. */
export function axiosTrial(work: string, environment: Readonly<Record<string, string>>): Trial {
  const folder = newFolder(work, "axios");
  return {
    run: (operation) => (operation === "preview" ? undefined : run(operation)),
    close: () => removeFolder(folder),
  };

  async function run(operation: Operation) {
    const began = performance.now();
    await runProgram("axios", [operation, join(folder, "made.json")], {
      ...environment,
      BENCH_CONCURRENCY: String(packageConcurrency()),
    });
    return { milliseconds: performance.now() - began };
  }
}

/** The package's default number of concurrent calls. */
function packageConcurrency(): number {
  const result = readSettings(() => undefined, { SMOOCH_ACCOUNT_TOKEN: "any" });
  if ("failures" in result) throw new Error("the package's own settings are no longer enough");
  return result.settings.maxConcurrency;
}
