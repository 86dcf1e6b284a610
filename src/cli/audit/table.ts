const headings = ["object", "id", "age", "what"];

/** Rows under headings. The last column takes the remaining width and wraps. */
export function writeTable(rows: readonly (readonly string[])[], width: number): string[] {
  const fixed = [0, 1, 2].map((column) =>
    Math.max(...[headings, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const indent = 4 + fixed.reduce((sum, one) => sum + one + 2, 0);
  const room = Math.max(16, width - indent);
  return [headings, ...rows].flatMap((row) => {
    const cells = fixed.map((size, column) => (row[column] ?? "").padEnd(size));
    const [first = "", ...more] = wrap(row[3] ?? "", room);
    return [
      `    ${[...cells, first].join("  ")}`.trimEnd(),
      ...more.map((line) => " ".repeat(indent) + line),
    ];
  });
}

/** Splits text into lines of at most this width, between words if possible. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && widthOf(`${line} ${word}`) > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
    while (widthOf(line) > width) {
      const part = fittingPart(line, width);
      lines.push(part);
      line = line.slice(part.length);
    }
  }
  return [...lines, line];
}

function fittingPart(text: string, width: number): string {
  let part = "";
  for (const character of text) {
    if (part !== "" && widthOf(part + character) > width) break;
    part += character;
  }
  return part;
}

/** Terminals use two columns for East Asian characters and emoji, and none for combining accents. */
function widthOf(text: string): number {
  const wide = text.match(
    /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{Emoji_Presentation}\uff01-\uff60]/gu,
  );
  return Array.from(text.replace(/\p{M}/gu, "")).length + (wide?.length ?? 0);
}
