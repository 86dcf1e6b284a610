import { readFile } from "node:fs/promises";
import type { FaultPlan } from "../../emulator/index";

/** Reads a fault plan: JSON, or `@` and a file name. Throws errors meant for the user. */
export async function readFaults(text: string): Promise<FaultPlan> {
  const { parseFaultPlan } = await import("../../emulator/faults/schema.js");
  return parseFaultPlan(parsePlan(text.startsWith("@") ? await readText(text.slice(1)) : text));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Error(`The file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Keeps the parser's message, which includes the position: a plan contains no secrets. */
function parsePlan(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`It is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
