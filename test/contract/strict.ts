import { isNode, type Node, nodeAt, nodesIn, refName, resolve, schemaRef, textsIn } from "./tree";

type Side = "request" | "answer";

/**
 * The properties that a response always has according to v2's reference, by the schema's name in the description.
 * The description itself requires almost nothing of a response.
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

/** The properties that a list's response may lack. */
const optionalInEnvelopes = ["meta", "links"];

/**
 * Makes the description strict enough for contract tests, in both directions:
 *
 * - an object has only the listed properties, unless its schema specifies `additionalProperties`;
 * - a request has no read-only property, a response no write-only one;
 * - a response has its envelope (`{app: …}`), and the object in it has the {@link promised} properties; the response
 *   to a delete is empty.
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
  // Copied, because openapi-backend treats shared objects as cycles, even if they are only lists of names.
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

  /** The schema of an operation's response. */
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

  /** Merges an `allOf` of objects into one object, because its parts cannot be closed one by one. */
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
