/** Converts JSON Schema, which zod writes, into the types of a Pulumi schema. */
export class Types {
  /** The object types that properties refer to, by token. */
  types = {};

  constructor(
    /** The token of a type with this name. */
    token,
    /** A property's description, by the path of names that leads to it. */
    describe,
  ) {
    this.token = token;
    this.describe = describe;
  }

  /** The type of a property; `path` leads to it, beginning with the kind's type. */
  convert(schema, path) {
    switch (schema.type) {
      case "string":
      case "boolean":
      case "number":
      case "integer":
        return { type: schema.type };
      case "array":
        return {
          type: "array",
          items: this.convert(schema.items, [...path.slice(0, -1), singular(path.at(-1))]),
        };
      case "object":
        if (schema.properties !== undefined) return { $ref: this.#objectType(schema, path) };
        return {
          type: "object",
          additionalProperties: this.convert(schema.additionalProperties ?? {}, path),
        };
      default:
        return { $ref: "pulumi.json#/Any" };
    }
  }

  #objectType({ properties, required = [] }, path) {
    const token = this.token(path.map(capitalized).join(""));
    this.types[token] = {
      type: "object",
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, schema]) => {
          const inner = [...path, name];
          return [name, { ...this.convert(schema, inner), description: this.describe(inner) }];
        }),
      ),
      ...(required.length > 0 && { required }),
    };
    return `#/types/${token}`;
  }
}

const capitalized = (name) => name.slice(0, 1).toUpperCase() + name.slice(1);

/** The type of an item is named in the singular. */
const singular = (name) => name.replace(/s$/, "");

/** The type of an output, from its TypeScript type in a class. */
export function outputType(text) {
  const [first] = text.split("|").map((part) => part.trim());
  if (["string", "boolean", "number"].includes(first)) return { type: first };
  return { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } };
}
