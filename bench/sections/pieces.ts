import { join } from "node:path";
import { ProviderProcess } from "../../test/faults/layers/provider-process";
import { Api } from "../api";
import { measureProgram } from "../child";
import { sized } from "../contenders/index";
import { copyFolder, newFolder, programFile, removeFolder } from "../folders";
import { rotate, type Spread, spread } from "../statistics";
import { range, table, time } from "../table";
import type { Watcher } from "./operations";

const many = 1000;

/** One small thing, measured in milliseconds in a new process each time. */
interface Piece {
  name: string;
  measure(): Promise<number>;
}

export interface PieceRow {
  name: string;
  milliseconds: Spread;
}

/** Measures the parts that make up the operations. */
export async function measurePieces(
  rounds: number,
  work: string,
  { log, signal }: Watcher,
): Promise<PieceRow[]> {
  const api = await Api.start({ latencyMs: 0, rate: undefined });
  try {
    const pieces = [
      ...loading(api.environment),
      ...firstCalls(work, api.environment),
      ...registering(),
      ...asking(work, api.environment),
    ];
    const samples = new Map<Piece, number[]>(pieces.map((piece) => [piece, []]));
    for (let round = 0; round < rounds; round++) {
      log(`pieces, round ${round + 1} of ${rounds}`);
      for (const piece of rotate(pieces, round)) {
        signal.throwIfAborted();
        samples.get(piece)?.push(await piece.measure());
        await api.reset();
      }
    }
    return [...samples].map(([{ name }, values]) => ({ name, milliseconds: spread(values) }));
  } finally {
    api.stop();
  }
}

function loading(environment: Record<string, string>): Piece[] {
  const load = (before: string, measured: string) => () =>
    measureProgram("load", [before, measured], environment);
  return [
    {
      name: "import in a program, after Pulumi: pulumi-smooch",
      measure: load("@pulumi/pulumi", "pulumi-smooch"),
    },
    {
      name: "import in a program, after Pulumi: axios, jsonwebtoken",
      measure: load("@pulumi/pulumi", "axios,jsonwebtoken"),
    },
    { name: "load pulumi-smooch/provider, fresh process", measure: load("", "pulumi-smooch/provider") },
    { name: "load axios, jsonwebtoken, fresh process", measure: load("", "axios,jsonwebtoken") },
  ];
}

/** Pulumi's provider process, called like the engine does: first a check, then a create. */
function firstCalls(work: string, environment: Record<string, string>): Piece[] {
  const measure = (module: string, read: (times: CallTimes) => number) => async () => {
    // A new home each time: otherwise the provider would remember the previous create and search for its object.
    const folder = newFolder(work, "first-call");
    copyFolder(programFile("floor-provider"), join(folder, "floor-provider.js"));
    try {
      return read(await callOnce(folder, environment, module));
    } finally {
      removeFolder(folder);
    }
  };
  const modules = { "pulumi-smooch": "pulumi-smooch/provider", floor: "./floor-provider.js" };
  const whole = ({ started, created }: CallTimes) => created - started;
  return Object.entries(modules).flatMap(([name, module]) => [
    { name: `first check: ${name}`, measure: measure(module, ({ ready, checked }) => checked - ready) },
    {
      name: `first create after it: ${name}`,
      measure: measure(module, ({ checked, created }) => created - checked),
    },
    { name: `both, with the start of the process: ${name}`, measure: measure(module, whole) },
  ]);
}

type CallTimes = Record<"started" | "ready" | "checked" | "created", number>;

async function callOnce(
  folder: string,
  environment: Record<string, string>,
  module: string,
): Promise<CallTimes> {
  const inputs = { name: "first", __provider: `exports.handler=()=>require("${module}").app` };
  const started = performance.now();
  const provider = await ProviderProcess.start(folder, { ...environment, PULUMI_HOME: folder });
  const ready = performance.now();
  try {
    await provider.check({}, inputs);
    const checked = performance.now();
    await provider.create(inputs);
    return { started, ready, checked, created: performance.now() };
  } finally {
    provider.stop();
  }
}

function registering(): Piece[] {
  const register = (program: string) => () => measureProgram("register", [programFile(program)], sized(many));
  return [
    { name: `register ${many} webhooks: pulumi-smooch`, measure: register("smooch") },
    { name: `register ${many} webhooks: tutorial`, measure: register("tutorial") },
    { name: `register ${many} webhooks: floor`, measure: register("floor") },
  ];
}

function asking(work: string, environment: Record<string, string>): Piece[] {
  return ["check", "diff"].map((method) => ({
    name: `${many} calls of ${method}: pulumi-smooch`,
    measure: () => measureProgram("calls", [method, String(many)], { ...environment, PULUMI_HOME: work }),
  }));
}

export function piecesText(rows: readonly PieceRow[]): string {
  const cells = rows.map(({ name, milliseconds }) => [name, time(milliseconds.median), range(milliseconds)]);
  return table(["also measured", "time", "min to max"], cells);
}
