import { type Entry, plainText } from "../layers/state";

/** Places that contain a secret but must not: output, logs and files, and the unencrypted parts of the state. */
export function leaks(
  secrets: ReadonlySet<string>,
  texts: Readonly<Record<string, string>>,
  entries: readonly Entry[],
): string[] {
  const places = { ...texts, state: entries.map(plainText).join("\n") };
  return Object.entries(places).flatMap(([place, text]) => {
    const secret = [...secrets].some((value) => text.includes(value));
    return secret || /\beyJ[\w-]+\.[\w-]+\.[\w-]+/.test(text) ? [place] : [];
  });
}
