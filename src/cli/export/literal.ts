/** Code in place of a literal value: `supportApp.id`. */
export class Expression {
  constructor(readonly code: string) {}
}

const width = 100;

/**
 * A value as a TypeScript or JavaScript literal, on one line if it fits. `before` is the width of the code in front of
 * it.
 */
export function literal(value: unknown, before = 0, indent = ""): string {
  const line = onOneLine(value);
  if (indent.length + before + line.length <= width || typeof value !== "object" || value === null)
    return line;
  if (value instanceof Expression) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${literal(item, 1, inner)},\n`);
    return `[\n${items.join("")}${indent}]`;
  }
  const entries = Object.entries(value).map(([name, item]) => {
    const label = propertyName(name);
    return `${inner}${label}: ${literal(item, label.length + 3, inner)},\n`;
  });
  return `{\n${entries.join("")}${indent}}`;
}

function onOneLine(value: unknown): string {
  if (value instanceof Expression) return value.code;
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return scalar(value);
  const entries = Object.entries(value).map(([name, item]) => `${propertyName(name)}: ${onOneLine(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : scalar(name);
}

/** Escapes characters that are invisible in an editor. */
function scalar(value: unknown): string {
  return (JSON.stringify(value) ?? "undefined").replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(""),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
