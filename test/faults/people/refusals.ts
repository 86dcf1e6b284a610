/** A failure that leaves the decision to a person, parsed from its message. */
export interface Refusal {
  /** The objects that may be the stack's own. */
  ids: readonly string[];
  /** The note of an interrupted run, which a person deletes to forget it. */
  note?: string;
  /** Whether nothing can be created while they exist. */
  isBlocking: boolean;
}

/** The label of a kind, such as `integration key`, and ids of its objects. */
const ids = "[a-z ]+ ([\\w-]+(?:, [\\w-]+)*)";
const blocking = new RegExp(
  `(?:It looks like|Smooch already has) ${ids}(?:, which already exists: |, and does not create)`,
  "g",
);
const patterns = [
  new RegExp(`may have made ${ids}, which cannot be told.*?(?:delete the file (\\S+)\\. Then|forget)`, "g"),
  new RegExp(`An interrupted run made ${ids} for this resource\\..*? delete the file (\\S+)\\. Then`, "g"),
  new RegExp(`may have made ${ids}\\. Nothing was deleted: `, "g"),
  blocking,
];

/** The distinct refusals in a command's output. */
export function readRefusals(text: string): Refusal[] {
  // The CLI wraps lines.
  const line = text.replace(/\s+/g, " ");
  const found = new Map<string, Refusal>();
  for (const pattern of patterns)
    for (const [, list = "", note] of line.matchAll(pattern))
      found.set(`${list} ${note}`, {
        ids: list.split(", "),
        ...(note !== undefined && { note }),
        isBlocking: pattern === blocking,
      });
  return [...found.values()];
}
