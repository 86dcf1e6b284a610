/** Readers for the content of a message, whose properties may be anything. */

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export type Properties = { readonly [name: string]: unknown };

export function properties(value: unknown): Properties {
  return typeof value === "object" && value !== null ? (value as Properties) : {};
}

export function items(value: unknown): readonly Properties[] {
  return Array.isArray(value) ? value.map(properties) : [];
}
