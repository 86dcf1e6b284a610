import { z } from "zod";
import type { KindName } from "../../../src/kinds";
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

/** Random inputs that match a kind's schema, without the app. Few strings, so that some objects look alike. */
export function drawInputs(kind: KindName, random: Random): Properties {
  const { appId: _, ...properties } = schemaOf(kind).properties;
  const { required = [] } = schemaOf(kind);
  const given = Object.entries(properties).filter(([name]) => required.includes(name) || random.chance(0.5));
  return Object.fromEntries(given.map(([name, schema]) => [name, draw(name, schema, random)]));
}

function schemaOf(kind: KindName): z.infer<typeof objectSchema> {
  return objectSchema.parse(
    z.toJSONSchema(definitions[kind].inputs, { unrepresentable: "any", io: "input" }),
  );
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
    default:
      throw new Error(
        `The fault matrix cannot generate the input ${name}: add its type to test/faults/program/schema-inputs.ts.`,
      );
  }
}
