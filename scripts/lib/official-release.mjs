import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./run.mjs";
import { timed } from "./time.mjs";

// The npm package `pulumi` downloads the release from this host, not from the package registry.
const releaseHost = "https://get.pulumi.com/install.sh";
const installer = "pulumi@3.265.0";

/** Whether the host of the official releases can be reached within four seconds. */
export async function releasesAreReachable() {
  try {
    const answer = await fetch(releaseHost, { method: "HEAD", signal: AbortSignal.timeout(4_000) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Installs the official release in `folder` with npm's `pulumi` package; returns false if that fails. */
export async function downloadRelease(folder, version, { log }) {
  const home = `${folder}-home`;
  const { code, output } = await timed(log, `downloading the Pulumi CLI ${version}`, () =>
    run("npm", ["exec", "--yes", `--package=${installer}`, "--", "pulumi", "version"], {
      env: { ...process.env, PULUMI_HOME: home, PULUMI_VERSION: version, PULUMI_SKIP_UPDATE_CHECK: "true" },
      limit: 5 * 60_000,
    }),
  );
  if (code !== 0) {
    log(`the official release could not be installed: ${output.trim().split("\n").at(-1)}`);
    return false;
  }
  await mkdir(folder, { recursive: true });
  await rename(join(home, "versions", version, "bin"), folder);
  return true;
}
