#!/usr/bin/env node
import { Command } from "commander";
import { printable } from "../printable";
import { addAuditCommand } from "./commands/audit";
import { addDoctorCommand } from "./commands/doctor";
import { addEmulatorCommand } from "./commands/emulator";
import { addExportCommand } from "./commands/export";
import { addNewCommand } from "./commands/new";
import { addPluginCommand } from "./commands/plugin";
import { addTokenCommand } from "./commands/token";
import { addVerifyCommand } from "./commands/verify";
import { ownManifest } from "./shared/manifest";
import { hideUnknownValues } from "./usage";

const help = `
The exit status is 0 on success, 1 on failure, and 2 for wrong usage.

Examples:
  $ pulumi-smooch new shop             create a project that runs against the emulator
  $ pulumi-smooch help new             options and examples of a command`;

// Set before the commands are added, because they inherit it.
const program = hideUnknownValues(new Command("pulumi-smooch"))
  .description("Tools for managing Smooch (Sunshine Conversations) with Pulumi.")
  .version(ownManifest.version)
  .addHelpText("after", help)
  // Usage errors exit with 2, so that scripts can tell them from failures.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

addAuditCommand(program);
addDoctorCommand(program);
addEmulatorCommand(program);
addExportCommand(program);
addNewCommand(program);
addPluginCommand(program);
addTokenCommand(program);
addVerifyCommand(program);

program.parseAsync().catch((error: unknown) => {
  const lines = (error instanceof Error ? error.message : String(error)).split("\n");
  console.error(`error: ${lines.map((line) => printable(line, 2000)).join("\n")}`);
  process.exitCode = 1;
});
