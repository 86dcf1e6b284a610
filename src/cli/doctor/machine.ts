import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { pluginPackage, providerModule } from "../../kinds";
import { type Check, failed, ok, problem, warning } from "../shared/check";
import { ownManifest } from "../shared/manifest";
import { runPulumi } from "../shared/pulumi";

export function checkNode(version = process.versions.node, needed = ownManifest.engines.node): Check {
  const minimum = needed.replace(">=", "");
  if (!isOlder(version, minimum)) return ok("node", `Node.js ${version}`);
  const fix = `Install ${minimum} or newer from https://nodejs.org/en/download.`;
  return problem("node", `Node.js ${version} is too old`, fix);
}

export async function checkPulumi(folder: string): Promise<Check> {
  try {
    const version = await runPulumi(folder, ["version"]);
    return judgePulumi(version.trim().replace(/^v/, ""));
  } catch (error) {
    return failed("pulumi", error);
  }
}

/** The first version that imports the file written by `export` without calling the provider. */
const completeImports = "3.254.0";

export function judgePulumi(version: string): Check {
  const minimum = /\d[\d.]*/.exec(ownManifest.peerDependencies["@pulumi/pulumi"])?.[0] ?? "";
  const install = "Install a newer version (https://www.pulumi.com/docs/install/)";
  if (isOlder(version, minimum)) {
    const message = `Pulumi CLI ${version} is older than ${minimum}, the oldest supported version`;
    return problem("pulumi", message, `${install}.`);
  }
  if (isOlder(version, completeImports)) {
    const message = `Pulumi CLI ${version} cannot import what \`export\` writes, which requires ${completeImports}`;
    return warning("pulumi", message, `${install}, or export with --adopt.`);
  }
  return ok("pulumi", `Pulumi CLI ${version}`);
}

function isOlder(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, "en", { numeric: true }) < 0;
}

/** Pulumi loads the provider from the program's folder, not from where this command is installed. */
export function checkPackage(folder: string): Check {
  // `require.resolve` with `paths` would find this package from inside itself, whatever the paths.
  const there = createRequire(join(folder, "index.js"));
  try {
    there.resolve(providerModule);
    const { version }: { version: string } = there("pulumi-smooch/package.json");
    if (version === ownManifest.version)
      return ok("package", `pulumi-smooch ${version} is installed in ${folder}`);
    return warning(
      "package",
      `${folder} uses pulumi-smooch ${version}, but this command is version ${ownManifest.version}`,
      `Use that folder's command: run \`npx pulumi-smooch doctor\` there, or \`npm install pulumi-smooch@${ownManifest.version}\`.`,
    );
  } catch {
    return problem(
      "package",
      `${providerModule} cannot be found from ${folder}, where Pulumi will look for it`,
      `Run \`npm install pulumi-smooch@${ownManifest.version}\` there.`,
    );
  }
}

const plugins = z.array(z.object({ name: z.string(), kind: z.string(), version: z.string().optional() }));

/** Checks Pulumi's cache for this package's plugin, which programs in other languages than Node.js use. */
export async function checkPlugin(folder: string): Promise<Check> {
  try {
    return judgePlugin(plugins.parse(JSON.parse(await runPulumi(folder, ["plugin", "ls", "--json"]))));
  } catch (error) {
    return failed("plugin", error);
  }
}

export function judgePlugin(installed: z.infer<typeof plugins>): Check {
  const versions = installed
    .filter(({ name, kind }) => name === pluginPackage && kind === "resource")
    .map(({ version }) => version ?? "without a version");
  const fix = "Run `npx pulumi-smooch plugin install`.";
  if (versions.includes(ownManifest.version)) {
    return ok("plugin", `the plugin ${pluginPackage} ${ownManifest.version} is installed`);
  }
  if (versions.length > 0) {
    const message = `the plugin ${pluginPackage} is installed as ${versions.join(", ")}, and this command belongs to ${ownManifest.version}`;
    return warning("plugin", message, fix);
  }
  return problem("plugin", `the plugin ${pluginPackage} is not installed`, fix);
}
