import { createInterface } from "node:readline/promises";
import { counted } from "../shared/counts";
import type { Seen } from "./objects";

/** Asks once for all of them. Any answer other than their number means no, and so does end of input. */
export async function confirm(targets: readonly Seen[]): Promise<boolean> {
  const { length } = targets;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = new Promise<string>((resolve) => reader.once("close", () => resolve("")));
    const ids = targets.map(({ kind, id }) => `  ${kind} ${id}\n`).join("");
    const question = `${counted(length, "object")} to delete:\n${ids}This cannot be undone. Type ${length} to delete: `;
    return (await Promise.race([reader.question(question), ended])).trim() === String(length);
  } finally {
    reader.close();
  }
}
