import { join } from "node:path";
import { pluginPackage } from "../../kinds";
import { ownManifest, packageFolder } from "../shared/manifest";
import { runPulumi } from "../shared/pulumi";

/** Installs this package's plugin; returns what to tell the user. */
export async function installPlugin(cwd: string): Promise<string[]> {
  // Pulumi copies the folder, which needs nothing but Node.js. A relative path would not be found.
  const folder = join(packageFolder, "dist", "plugin");
  const { version } = ownManifest;
  const what = ["resource", pluginPackage, version];
  await runPulumi(cwd, ["plugin", "install", ...what, "--file", folder, "--reinstall"]);
  return [
    `Installed the plugin ${pluginPackage} ${version}.`,
    "YAML programs can use it right away. In other languages, generate its SDK in the program's folder:",
    "",
    `  pulumi package add ${pluginPackage}@${version}`,
  ];
}
