import { dirname, join } from "node:path";
import { pluginPackage } from "../../kinds";
import { runPulumi } from "../shared/pulumi";

// Resolved by package name, because the compiled file and the source are at different depths.
const manifest: string = require.resolve("pulumi-smooch/package.json");
const { version }: { version: string } = require("pulumi-smooch/package.json");

/** Installs this package's plugin; returns what to tell the user. */
export async function installPlugin(cwd: string): Promise<string[]> {
  // Pulumi copies the folder, which needs nothing but Node.js. A relative path would not be found.
  const folder = join(dirname(manifest), "dist", "plugin");
  const what = ["resource", pluginPackage, version];
  await runPulumi(cwd, ["plugin", "install", ...what, "--file", folder, "--reinstall"]);
  return [
    `Installed the plugin ${pluginPackage} ${version}.`,
    "YAML programs can use it right away. In other languages, generate its SDK in the program's folder:",
    "",
    `  pulumi package add ${pluginPackage}@${version}`,
  ];
}
