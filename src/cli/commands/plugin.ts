import type { Command } from "commander";

const examples = `
Programs in Node.js do not need the plugin. Programs in YAML, Python, Go, .NET and Java do, and so does \`pulumi import\`.

Examples:
  $ pulumi-smooch plugin install     then \`pulumi up\` in a YAML project, or \`pulumi package add smooch@<version>\` in others`;

/** `pulumi-smooch plugin`: installs the plugin for programs in other languages. */
export function addPluginCommand(program: Command): void {
  const plugin = program
    .command("plugin")
    .description("Install the Pulumi plugin, for programs in all languages.");
  plugin
    .command("install")
    .description(
      "Install the plugin of this package into Pulumi's plugin cache, instead of one of the same version.",
    )
    .addHelpText("after", examples)
    .action(install);
}

async function install(): Promise<void> {
  const { installPlugin } = await import("../plugin/install.js");
  for (const line of await installPlugin(process.cwd())) console.log(line);
}
