/** On one line, without what would move a terminal's cursor or end a comment. */
export function printable(text: string, most = 80): string {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}
