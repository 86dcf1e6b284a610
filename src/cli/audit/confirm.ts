import { definitions } from "../../provider/kinds";
import { ask } from "../shared/ask";
import { counted } from "../shared/counts";
import type { Seen } from "./objects";

/** Asks once for all of them. Any answer other than their number means no, and so does end of input. */
export async function confirm(targets: readonly Seen[]): Promise<boolean> {
  const { length } = targets;
  const ids = targets.map(({ kind, id }) => `  ${definitions[kind].label} ${id}\n`).join("");
  const question = `${counted(length, "object")} to delete:\n${ids}This cannot be undone. Type ${length} to delete: `;
  return (await ask(question)) === String(length);
}
