import { printable } from "../printable";
import type { Incoming, Match } from "./route";

/** A path and query that are safe to show and log: values that could be secret are replaced with `…`. */
export function describePath(
  { path, query }: Pick<Incoming, "path" | "query">,
  match: Match | undefined,
): string {
  const values = [...query].map(([name, value]) => {
    const isPlain = match?.route.query.includes(name) === true && /^\d{1,9}$/.test(value);
    return `${abbreviate(name)}=${isPlain ? value : "…"}`;
  });
  const parts = path.split("/").map(abbreviate).join("/");
  return values.length === 0 ? parts : `${parts}?${values.join("&")}`;
}

/** Ids are short; a long value may be a secret or token in the wrong place. */
function abbreviate(part: string): string {
  const text = printable(part);
  return text.length > 40 ? `${text.slice(0, 8)}…` : text;
}
