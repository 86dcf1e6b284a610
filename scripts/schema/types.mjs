/** Converts JSON Schema, which zod writes, into the types of a Pulumi schema. */
export class Types {
  /** The object types that properties refer to, by token. */
  types = {};

  constructor(
    /** The token of the type of the objects at the end of a path of names, through objects, lists and maps. */
    tokenOf,
    /** A property's description, by its path. */
    textOf,
  ) {
    this.tokenOf = tokenOf;
    this.textOf = textOf;
  }

  /** The type of the property at the end of a path. */
  convert(schema, path) {
    switch (schema.type) {
      case "string":
      case "boolean":
      case "number":
      case "integer":
        return { type: schema.type };
      case "array":
        return { type: "array", items: this.convert(schema.items, path) };
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
    const token = this.tokenOf(path);
    // An object can contain others of its type; the outermost has all of the type's properties.
    if (this.types[token] === undefined) {
      const type = { type: "object", properties: {} };
      this.types[token] = type;
      for (const [name, schema] of Object.entries(properties)) {
        const inner = [...path, name];
        type.properties[name] = { ...this.convert(schema, inner), description: this.textOf(inner) };
      }
      if (required.length > 0) type.required = required;
    }
    return `#/types/${token}`;
  }
}

/** The type of an output, from its TypeScript type in a class. */
export function outputType(text) {
  const [first] = text.split("|").map((part) => part.trim());
  if (["string", "boolean", "number"].includes(first)) return { type: first };
  const [, value] = /^\{ \[\w+: string\]: (\w+) \}$/.exec(first) ?? [];
  if (value !== undefined) return { type: "object", additionalProperties: outputType(value) };
  return { $ref: "pulumi.json#/Any" };
}
