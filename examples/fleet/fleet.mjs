// Runs a Pulumi command for every customer in customers.json, several at a time: `node fleet.mjs up`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import automation from "@pulumi/pulumi/automation/index.js";
import pLimit from "p-limit";

const { LocalWorkspace } = automation;
const workDir = import.meta.dirname;
const resultsFile = join(workDir, "fleet-results.json");

const commands = {
  preview: async (stack, options) => changes((await stack.preview(options)).changeSummary),
  up: async (stack, options) => changes((await stack.up(options)).summary.resourceChanges),
  refresh: async (stack, options) => changes((await stack.refresh(options)).summary.resourceChanges),
  destroy: async (stack, options) => changes((await stack.destroy(options)).summary.resourceChanges),
  import: importExisting,
};

const usage = `node fleet.mjs <${Object.keys(commands).join("|")}> [--parallel 4] [--only <customer>]... [--resume]

--parallel   how many customers at a time (default 4)
--only       only this customer; repeatable
--resume     only the customers that failed, or were not reached, in the last run
`;

async function main() {
  const { command, parallel, only, resume } = readArguments();
  const workspace = await LocalWorkspace.create({ workDir });
  const names = await choose(workspace, command, only, resume);
  const results = Object.fromEntries(names.map((name) => [name, "not run"]));
  const limit = pLimit(parallel);
  let isStopping = false;
  process.on("SIGINT", () => {
    // The terminal sends it to every `pulumi` as well: each finishes what it has begun.
    if (!isStopping) console.error("stopping: no further customers are started");
    isStopping = true;
  });
  let done = 0;
  const run = async (name) => {
    if (isStopping) return;
    const started = performance.now();
    const { result, text } = await runOne(workspace, command, name);
    results[name] = result;
    const seconds = Math.round((performance.now() - started) / 1000);
    console.log(`[${++done}/${names.length}] ${name}: ${text} (${seconds} s)`);
  };
  await Promise.all(names.map((name) => limit(() => run(name))));
  writeFileSync(resultsFile, `${JSON.stringify({ command, results }, undefined, 2)}\n`);
  summarize(command, results);
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      parallel: { type: "string", default: "4" },
      only: { type: "string", multiple: true, default: [] },
      resume: { type: "boolean", default: false },
    },
  });
  const [command] = positionals;
  const parallel = Number(values.parallel);
  if (positionals.length !== 1 || !Object.hasOwn(commands, command)) throw new Error(usage);
  if (!Number.isInteger(parallel) || parallel < 1)
    throw new Error(`--parallel must be 1 or more\n\n${usage}`);
  return { command, parallel, only: values.only, resume: values.resume };
}

/** The customers to run for. A stack whose row was removed still has live keys, so it is named. */
async function choose(workspace, command, only, resume) {
  const rows = Object.keys(JSON.parse(readFileSync(join(workDir, "customers.json"), "utf8")));
  const stacks = (await workspace.listStacks()).map(({ name }) => name);
  for (const name of stacks.filter((stack) => !rows.includes(stack)))
    console.error(
      `stack ${name} has no row in customers.json: destroy it with \`node fleet.mjs destroy --only ${name}\``,
    );
  // Only `destroy` does without a row: it needs the state alone.
  const known = command === "destroy" ? stacks : rows;
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no such customer: ${unknown.join(", ")}`);
  const wanted = only.length > 0 ? only : rows;
  const all = known.filter((name) => wanted.includes(name));
  return resume ? all.filter(isUnfinished(command)) : all;
}

function isUnfinished(command) {
  const last = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : undefined;
  if (last?.command !== command) throw new Error(`nothing to resume: the last command was not ${command}`);
  // A customer added since then has no result yet.
  return (name) => last.results[name] !== "done";
}

async function runOne({ pulumiCommand }, command, name) {
  const log = [];
  try {
    // Without `pulumiCommand`, this would run `pulumi version` for every customer.
    const stack = await LocalWorkspace.createOrSelectStack({ stackName: name, workDir }, { pulumiCommand });
    const text = await commands[command](stack, { color: "never", onOutput: (part) => log.push(part) });
    return { result: "done", text };
  } catch (error) {
    const output = log.length > 0 ? log.join("") : String(error.message);
    mkdirSync(join(workDir, "logs"), { recursive: true });
    writeFileSync(join(workDir, "logs", `${name}.log`), output);
    return { result: "failed", text: `FAILED, see logs/${name}.log: ${firstError(output)}` };
  }
}

/** Puts what `pulumi-smooch export --per-app` found into the stack's state, and fetches its secrets. */
async function importExisting(stack, options) {
  const { workspace, name } = stack;
  const file = join("import", `${name}.json`);
  const args = [
    "import",
    "--file",
    file,
    "--yes",
    "--generate-code=false",
    "--protect=false",
    "--stack",
    name,
  ];
  const { stdout } = await workspace.pulumiCommand.run(args, workDir, workspace.envVars);
  options.onOutput(stdout);
  await stack.refresh(options);
  return "imported";
}

function changes(counts = {}) {
  const { same, ...others } = counts;
  const texts = Object.entries(others).map(([operation, count]) => `${count} ${operation}`);
  return texts.length > 0 ? texts.join(", ") : "no changes";
}

function firstError(output) {
  const lines = output.split("\n").map((line) => line.trim());
  return lines.find((line) => line.includes("error:")) ?? lines.findLast((line) => line !== "") ?? "";
}

function summarize(command, results) {
  const count = (result) => Object.values(results).filter((one) => one === result).length;
  const [done, failed, rest] = [count("done"), count("failed"), count("not run")];
  console.log(`${command}: ${done} done, ${failed} failed, ${rest} not run`);
  if (failed + rest === 0) return;
  console.log(`Continue with: node fleet.mjs ${command} --resume`);
  process.exitCode = 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
