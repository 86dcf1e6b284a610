#!/usr/bin/env node
import { join } from "node:path";
import { build } from "./build.mjs";
import { findChromium } from "./chromium.mjs";
import { installDependencies } from "./lib/dependencies.mjs";
import { Failure, Interrupted, main, root, run } from "./lib/run.mjs";
import { seconds } from "./lib/time.mjs";
import { matchingProjects, runProject } from "./lib/vitest.mjs";
import { ensureGoHost, ensurePulumi, ensureYamlHost } from "./pulumi-cli.mjs";
import { ensurePython, pythonProblem } from "./python.mjs";
import { ensureSdkCodegen, sdkProblem } from "./sdk.mjs";

const minutes = 60_000;
const log = (line) => console.log(line);
const total = { passed: 0, failed: 0, skipped: 0 };
/** Repeated at the end, because often only the end of a long output is visible. */
const failures = [];

/** Runs one step: announces it, times it, and counts it if it fails. */
async function step(name, work) {
  const started = performance.now();
  log(`\n▸ ${name}`);
  let result;
  try {
    result = (await work()) ?? {};
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    log(error instanceof Failure ? error.message : error.stack);
    result = { failed: 1 };
  }
  if (result.failed) failures.push(name, ...(result.failures ?? []).map((test) => `  ${test}`));
  for (const key of Object.keys(total)) total[key] += result[key] ?? 0;
  log(`${result.failed ? "✗" : "✓"} ${name}: ${seconds(performance.now() - started)}`);
  return !result.failed;
}

/** A step that runs one program and prints its output only if it fails. */
function check(name, program, args) {
  return step(name, async () => {
    const { code, output } = await run(process.execPath, [join(root, "node_modules", program), ...args], {
      limit: 5 * minutes,
    });
    if (code !== 0) log(output.trimEnd());
    return code === 0 ? { passed: 1 } : { failed: 1 };
  });
}

async function unit(options) {
  await step("unit tests", () => runProject("unit", options, { env: process.env, limit: 15 * minutes }));
}

const up = (filters) => withCli("tests with the real CLI", "up", filters, prepareLanguages);
const matrix = (filters) => withCli("versions of Node.js and package managers", "matrix", filters);

const browser = async (filters) => {
  if (await findChromium()) await withCli("tests with a browser", "console", filters);
  else log("\ntests with a browser are skipped: no Chromium is installed (Debian: apt-get install chromium)");
};

// A step of its own: the other tests do not need these.
async function prepareLanguages(cli) {
  await step("other languages", async () => {
    const noSdk = await sdkProblem();
    if (noSdk) return log(`tests of programs in Go, Python and TypeScript are skipped: ${noSdk}`);
    await ensureSdkCodegen({ log });
    await ensureGoHost(cli, { log });
    const noPython = await pythonProblem();
    if (noPython) log(`tests of Python programs are skipped: ${noPython}`);
    else await ensurePython(cli, { log });
  });
}

// The CLI comes last, so that all fast results are shown before a first build of several minutes.
async function withCli(name, project, filters, prepare = async () => {}) {
  let cli;
  const ready = await step("Pulumi CLI", async () => {
    cli = await ensurePulumi({ log });
    await ensureYamlHost(cli, { log });
    log(`Pulumi CLI ${cli.version} (${cli.source})`);
  });
  if (!ready) return;
  await prepare(cli);
  const env = { ...process.env, PULUMI_SMOOCH_CLI: cli.bin };
  await step(name, () => runProject(project, filters, { env, limit: 60 * minutes }));
}

async function typeCheck() {
  await check("type-check", "typescript/bin/tsc", ["--noEmit"]);
  await check("type-check of the console", "typescript/bin/tsc", ["--noEmit", "-p", "src/console"]);
}

async function everything() {
  await Promise.all([
    typeCheck(),
    check("lint", "@biomejs/biome/bin/biome", ["check", "."]),
    check("unused code and dependencies", "knip/bin/knip.js", []),
  ]);
  // The complete run also requires full branch coverage of the critical code (vitest.config.mts).
  await unit(["--coverage"]);
  await up([]);
  await browser([]);
}

async function selected(filters) {
  const projects = await matchingProjects(filters);
  if (projects.size === 0)
    await step(`tests matching ${filters.join(" ")}`, () => {
      throw new Failure("no test file matches");
    });
  if (projects.has("unit")) await unit(filters);
  if (projects.has("up")) await up(filters);
  if (projects.has("console")) await browser(filters);
  if (projects.has("matrix")) await matrix(filters);
}

/** A single step: `npm run test:unit`, `npm run test:up`, `npm run test:matrix`, `npm run typecheck`. */
const single = { "--unit": unit, "--up": up, "--matrix": matrix, "--types": typeCheck };

await main(async () => {
  const [first, ...rest] = process.argv.slice(2);
  const ready = await step("dependencies", () => installDependencies(log));
  if (ready) {
    await step("build", () => build({ log }));
    if (first === undefined) await everything();
    else await (single[first]?.(rest) ?? selected([first, ...rest]));
  }
  // A filter that matches no test must not look like success.
  if (total.passed + total.failed === 0) total.failed = 1;
  if (failures.length > 0) log(`\nFailed:\n${failures.join("\n")}`);
  const { passed, failed, skipped } = total;
  log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
  return failed ? 1 : 0;
});
