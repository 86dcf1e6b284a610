/** An object in the description, with any properties. */
export interface Node {
  [key: string]: unknown;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The node at a path; throws if part of the path is missing, because then the description has changed. */
export function nodeAt(node: Node, ...way: string[]): Node {
  return way.reduce((from, key) => {
    const next = from[key];
    if (!isNode(next)) throw new Error(`The description has no ${way.join("/")} (${key} is missing).`);
    return next;
  }, node);
}

export function nodesIn(list: unknown): Node[] {
  return Array.isArray(list) ? list.filter(isNode) : [];
}

export function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}

/** Visits every object of the tree, children first. */
export function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  if (!isNode(value)) return;
  for (const child of Object.values(value)) walk(child, visit);
  visit(value);
}

const schemaPrefix = "#/components/schemas/";

export function schemaRef(name: string): Node {
  return { $ref: schemaPrefix + name };
}

/** The name of the schema that a `$ref` points to. */
export function refName(node: Node): string | undefined {
  return typeof node.$ref === "string" && node.$ref.startsWith(schemaPrefix)
    ? node.$ref.slice(schemaPrefix.length)
    : undefined;
}

/** The schema that a `$ref` points to; any other schema unchanged. */
export function resolve(document: Node, schema: Node): Node {
  const name = refName(schema);
  return name === undefined ? schema : nodeAt(document, "components", "schemas", name);
}
