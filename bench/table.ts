import type { Spread } from "./statistics";

/** A table as text, with text columns left-aligned and number columns right-aligned. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], texts = 1): string {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < texts ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd();
  return [line(heads), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

export const nothing = "–";

/** `0.85 s`, `12.3 s`, and below a tenth of a second `85 ms`. */
export function time(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 100) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 9950 ? 2 : 1)} s`;
}

export function range({ min, max }: Spread): string {
  return `${time(min)} to ${time(max)}`;
}

export function ratio(value: number | undefined): string {
  return value === undefined ? nothing : value.toFixed(2);
}

export function count(value: number | undefined): string {
  return value === undefined ? nothing : String(Math.round(value));
}

/** `950 B`, `12.3 kB`, `4.5 MB` */
export function bytes(value: number | undefined): string {
  if (value === undefined) return nothing;
  if (value < 1000) return `${Math.round(value)} B`;
  return value < 1e6 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(1)} MB`;
}
