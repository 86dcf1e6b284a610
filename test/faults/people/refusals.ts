/** A failure that leaves the decision to a person, as read from its message. */
export interface Refusal {
  /** The objects that may be the stack's own. */
  ids: readonly string[];
  /** The note of an interrupted run, which a person deletes to forget it. */
  note?: string;
  /** Whether nothing can be created until they are out of the way. */
  isBlocking: boolean;
}

const ids = "([\\w-]+(?:, [\\w-]+)*)";
const blocking = new RegExp(
  `(?:It looks like|Smooch has) \\w+ ${ids}(?:, which already exists: | already, and)`,
  "g",
);
const forms = [
  new RegExp(
    `may have made \\w+ ${ids}, which cannot be told.*?(?:delete the file (\\S+)\\. Then|forget)`,
    "g",
  ),
  new RegExp(
    `An interrupted run made \\w+ ${ids} for this resource\\..*? delete the file (\\S+)\\. Then`,
    "g",
  ),
  new RegExp(`may have made \\w+ ${ids}\\. Nothing was deleted: `, "g"),
  blocking,
];

/** The refusals in a command's output, each once. */
export function readRefusals(text: string): Refusal[] {
  // The CLI breaks lines where it likes.
  const line = text.replace(/\s+/g, " ");
  const found = new Map<string, Refusal>();
  for (const form of forms)
    for (const [, list = "", note] of line.matchAll(form))
      found.set(`${list} ${note}`, {
        ids: list.split(", "),
        ...(note !== undefined && { note }),
        isBlocking: form === blocking,
      });
  return [...found.values()];
}
