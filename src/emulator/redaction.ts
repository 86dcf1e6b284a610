import { printable } from "../printable";
import type { Incoming, Match } from "./route";

/** A path and query that may be shown and logged: values that could be secret are replaced by `…`. */
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

/** Ids are short. What is long may be a secret or a token that ended up in the wrong place. */
function abbreviate(part: string): string {
  const text = printable(part);
  return text.length > 40 ? `${text.slice(0, 8)}…` : text;
}
