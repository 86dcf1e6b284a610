import { isNode, type Node, nodeAt, nodesIn, refName, resolve, schemaRef, textsIn } from "./tree";

type Side = "request" | "answer";

/**
 * What v2's reference says an answer always holds, by the description's name of the schema. The
 * description itself requires next to nothing of an answer.
 */
const promised: Readonly<Record<string, readonly string[]>> = {
  app: ["id", "displayName", "settings"],
  appKey: ["id", "displayName", "secret"],
  apiKey: ["id", "displayName", "secret"],
  webhook: ["id", "version", "secret", "includeFullUser", "includeFullSource"],
  integration: ["id", "status"],
  switchboard: ["id", "enabled"],
  switchboardIntegration: ["id", "name", "integrationId", "integrationType", "deliverStandbyEvents"],
  error: ["code", "title"],
  errorResponse: ["errors"],
};

/** Of a list's answer these may be missing. */
const optionalInEnvelopes = ["meta", "links"];

/**
 * Makes the description as strict as a contract test wants it, in both directions:
 *
 * - an object has the listed properties and no other, unless `additionalProperties` speaks of them;
 * - a request holds nothing that is read-only, an answer nothing that is write-only;
 * - an answer holds what it is the answer with (`{app: …}`), and that holds what {@link promised} says; a delete's
 *   holds nothing.
 */
export function tighten(description: Node): void {
  const schemas = nodeAt(description, "components", "schemas");
  const writer = new Writer(description);
  const variants: Node = {};
  for (const [name, schema] of Object.entries(schemas)) {
    variants[`${name}.request`] = writer.variant(schema, "request");
    variants[`${name}.answer`] = writer.variant(withPromises(name, schema), "answer");
  }
  for (const path of Object.values(nodeAt(description, "paths"))) {
    for (const operation of nodesIn(Object.values(isNode(path) ? path : {}))) {
      for (const body of contentsOf(operation.requestBody))
        body.schema = writer.variant(body.schema, "request");
      for (const answer of nodesIn(Object.values(isNode(operation.responses) ? operation.responses : {})))
        for (const body of contentsOf(answer)) body.schema = writer.envelope(body.schema);
    }
  }
  for (const parameter of nodesIn(Object.values(nodeAt(description, "components", "parameters"))))
    parameter.schema = writer.variant(parameter.schema, "request");
  // Without objects in common, which openapi-backend would take for cycles, even where they are lists of names.
  Object.assign(schemas, JSON.parse(JSON.stringify(variants)));
}

class Writer {
  constructor(readonly description: Node) {}

  variant(schema: unknown, side: Side): unknown {
    if (!isNode(schema)) return schema;
    const name = refName(schema);
    if (name !== undefined) return schemaRef(`${name}.${side}`);
    const { properties, items, additionalProperties, ...rest } = this.#merge(schema, side);
    const inner = Object.fromEntries(
      ["oneOf", "anyOf", "allOf"].flatMap((key) => {
        const parts = rest[key];
        return Array.isArray(parts) ? [[key, parts.map((part) => this.variant(part, side))]] : [];
      }),
    );
    return {
      ...rest,
      ...inner,
      ...(items !== undefined && { items: this.variant(items, side) }),
      ...(additionalProperties !== undefined && { additionalProperties }),
      ...(isNode(properties) && this.#closed(properties, textsIn(rest.required), additionalProperties, side)),
    };
  }

  /** What an operation answers. */
  envelope(schema: unknown): unknown {
    const whole = isNode(schema) ? this.#merge(resolve(this.description, schema), "answer") : {};
    if (!isNode(whole.properties)) return { ...whole, additionalProperties: false };
    const required = Object.keys(whole.properties).filter((name) => !optionalInEnvelopes.includes(name));
    return this.variant({ ...whole, required }, "answer");
  }

  #closed(properties: Node, required: string[], additionalProperties: unknown, side: Side): Node {
    const mark = side === "request" ? "readOnly" : "writeOnly";
    const kept = Object.entries(properties).filter(
      ([, property]) => !(isNode(property) && resolve(this.description, property)[mark] === true),
    );
    const names = kept.map(([name]) => name);
    return {
      type: "object",
      properties: Object.fromEntries(kept.map(([name, property]) => [name, this.variant(property, side)])),
      required: required.filter((name) => names.includes(name)),
      additionalProperties: additionalProperties ?? false,
    };
  }

  /** `allOf` of objects as one object: each part alone could not be closed. */
  #merge(schema: Node, side: Side): Node {
    if (!Array.isArray(schema.allOf)) return schema;
    const parts = nodesIn(schema.allOf).map((part) => {
      const name = refName(part);
      const resolved = resolve(this.description, part);
      return this.#merge(
        side === "answer" && name !== undefined ? withPromises(name, resolved) : resolved,
        side,
      );
    });
    if (parts.some((part) => !isNode(part.properties))) return schema;
    const { allOf: _, ...own } = schema;
    const all = [...parts, own];
    return {
      ...Object.assign({}, ...all),
      properties: Object.assign({}, ...all.map(({ properties }) => properties)),
      required: [...new Set(all.flatMap(({ required }) => textsIn(required)))],
    };
  }
}

function withPromises(name: string, schema: unknown): Node {
  if (!isNode(schema)) return {};
  const more = promised[name];
  return more === undefined
    ? schema
    : { ...schema, required: [...new Set([...textsIn(schema.required), ...more])] };
}

/** The contents of a body, whatever its media type. */
function contentsOf(body: unknown): Node[] {
  return isNode(body) && isNode(body.content) ? nodesIn(Object.values(body.content)) : [];
}
