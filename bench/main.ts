import { writeFileSync } from "node:fs";
import { upChart } from "./chart";
import { describeMachine, machineText } from "./machine";
import { chosenSections, type Options, readOptions } from "./options";
import { compare, comparisonText } from "./sections/comparison";
import { fleetText, measureFleet } from "./sections/fleet";
import { measureOperations, type Watcher } from "./sections/operations";
import { measurePieces, piecesText } from "./sections/pieces";

const fleetApps = 100;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const work = process.env.PULUMI_SMOOCH_BENCH_WORK;
  if (work === undefined)
    throw new Error("PULUMI_SMOOCH_BENCH_WORK is not set: run this with `npm run bench`");
  const stop = new AbortController();
  // Pulumi gets the same signal and finishes what it has started; then this process ends.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => stop.abort(new Error("interrupted")));
  }
  const { texts, results } = await measure(options, work, {
    log: (line) => process.stderr.write(`${line}\n`),
    signal: stop.signal,
  });
  process.stdout.write(`${texts.join("\n\n")}\n`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
}

async function measure(options: Options, work: string, watcher: Watcher) {
  const { sizes, rounds, latency, rate, contenders, operations, apiVersion, environment } = options;
  const conditions = { latencyMs: latency, rate };
  const machine = await describeMachine(work);
  const limit = rate === undefined ? "no rate limit" : `${rate} calls per second`;
  const variables = Object.entries(environment).map(([name, value]) => `; ${name}=${value}`);
  const texts = [
    machineText(machine),
    `rounds: ${rounds}; API latency ${latency} ms, ${limit}${variables.join("")}`,
  ];
  const results: Record<string, unknown> = { machine, options };
  for (const section of chosenSections(options)) {
    switch (section) {
      case "operations": {
        const measured = await measureOperations(
          { sizes, rounds, contenders, operations, conditions, environment },
          work,
          watcher,
        );
        const rows = compare(measured.samples);
        texts.push(comparisonText(rows, measured));
        results.operations = { rows, ...measured };
        if (options.svg !== undefined) writeFileSync(options.svg, upChart(rows));
        // Other contenders may fail, for example if a rate limit requires patience.
        if (measured.breakdowns.some(({ contender }) => contender === "pulumi-smooch")) process.exitCode = 1;
        break;
      }
      case "pieces": {
        const rows = await measurePieces(rounds, work, watcher);
        texts.push(piecesText(rows));
        results.pieces = rows;
        break;
      }
      case "fleet": {
        const apps = options.fleet ?? fleetApps;
        const fleet = { apps, version: apiVersion, rounds, conditions, environment };
        const result = await measureFleet(fleet, work, watcher);
        texts.push(fleetText(result));
        results.fleet = result;
        break;
      }
    }
  }
  return { texts, results };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
