import { z } from "zod";
import { byKind, idInput, type KindName, kindNames } from "../../../src/kinds";
import type { Properties } from "../../../src/provider/kind";
import { definitions } from "../../../src/provider/kinds";
import type { Random } from "../../support/random";

/** The supported part of a JSON schema. */
const schemaPart = z.object({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  required: z.array(z.string()).optional(),
});
const objectSchema = schemaPart.extend({ properties: z.record(z.string(), schemaPart) });

/**
 * Random inputs that match a kind's schema, without those that name what holds the object, and without those that
 * `left` names. Few strings, so that some objects look alike.
 */
export function drawInputs(kind: KindName, random: Random, left: readonly string[] = []): Properties {
  const { properties, required = [] } = schemas[kind].inputs;
  const others = [...holderInputs(kind), ...left];
  const given = Object.entries(properties).filter(
    ([name]) => !others.includes(name) && (required.includes(name) || random.chance(0.5)),
  );
  return Object.fromEntries(given.map(([name, schema]) => [name, draw(name, schema, random)]));
}

/** The inputs with the ids of what holds the object, the outermost first. Some can be optional. */
export function holderInputs(kind: KindName): readonly string[] {
  return schemas[kind].holders;
}

const idInputs = kindNames.map(idInput);
const schemas = byKind((kind) => {
  const { inputs, address } = definitions[kind];
  const { properties } = toSchema(address);
  return { inputs: toSchema(inputs), holders: idInputs.filter((input) => input in properties) };
});

function toSchema(schema: z.ZodType): z.infer<typeof objectSchema> {
  return objectSchema.parse(z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }));
}

function draw(name: string, { type, enum: values }: z.infer<typeof schemaPart>, random: Random): unknown {
  if (values !== undefined) return random.pick(values.map((value) => ({ value }))).value;
  switch (type) {
    case "string":
      return random.pick(["first", "second"]);
    case "boolean":
      return random.chance(0.5);
    case "number":
    case "integer":
      return random.int(1, 9);
    case "object":
      return { first: random.int(1, 9) };
    default:
      throw new Error(
        `The fault matrix cannot generate the input ${name}: add its type to test/faults/program/schema-inputs.ts.`,
      );
  }
}
