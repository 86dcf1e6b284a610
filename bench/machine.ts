import { arch, availableParallelism, cpus, platform, totalmem } from "node:os";
import { runPulumi } from "../test/support/cli";

/** The machine of the measurement: results from different machines are not comparable. */
export interface Machine {
  date: string;
  system: string;
  cores: number;
  processor: string;
  memoryBytes: number;
  node: string;
  pulumi: string;
  sdk: string;
}

export async function describeMachine(folder: string): Promise<Machine> {
  const { output } = await runPulumi(folder, ["version"]);
  const sdk: { version: string } = require("@pulumi/pulumi/package.json");
  return {
    date: new Date().toISOString(),
    system: `${platform()} ${arch()}`,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? "",
    memoryBytes: totalmem(),
    node: process.version,
    pulumi: output.trim(),
    sdk: sdk.version,
  };
}

export function machineText({
  date,
  system,
  cores,
  processor,
  memoryBytes,
  node,
  pulumi,
  sdk,
}: Machine): string {
  const memory = `${(memoryBytes / 2 ** 30).toFixed(0)} GiB`;
  return `${date}: ${system}, ${cores} cores${processor && ` (${processor})`}, ${memory}, Node ${node}, Pulumi CLI ${pulumi}, SDK ${sdk}`;
}
