import { readDeclarations } from "../docs/source.mjs";
import { paragraphs, propertyText } from "./text.mjs";

const id = (description) => ({ type: "string", description });
const anyMap = { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } };

/** The package's functions and the types that they use; their descriptions are those of the functions for Node.js. */
export function functionsOf({ pluginToken }) {
  const { functions } = readDeclarations(["src/functions/functions.ts", "src/smooch/jwt.ts"]);
  const { interfaces } = readDeclarations(["src/smooch/results.ts", "src/smooch/jwt.ts"]);
  const properties = (owner, overrides = {}) =>
    Object.fromEntries(
      interfaces[owner].members.map(({ name, doc }) => [
        name,
        { type: "string", ...overrides[name], description: propertyText(doc) },
      ]),
    );
  const keyResult = pluginToken("KeyResult");
  const jwt = { jwt: { type: "string", description: "The token.", secret: true } };
  const signatures = {
    getApp: {
      inputs: { appId: id("The app's id.") },
      outputs: properties("SmoochAppResult", { settings: anyMap, metadata: anyMap }),
      optional: ["appToken"],
    },
    getKeys: {
      inputs: { appId: id("The app's id.") },
      outputs: {
        keys: {
          type: "array",
          items: { $ref: `#/types/${keyResult}` },
          description: "The keys.",
          secret: true,
        },
      },
    },
    getKeyJwt: {
      inputs: { appId: id("The app's id."), keyId: id("The key's id.") },
      outputs: jwt,
    },
    signJwt: {
      inputs: {
        ...properties("KeyPair", { secret: { secret: true } }),
        ...properties("JwtOptions", { expiresIn: { $ref: "pulumi.json#/Any", type: undefined } }),
      },
      required: ["keyId", "secret"],
      outputs: jwt,
    },
  };
  return {
    types: {
      [keyResult]: {
        type: "object",
        properties: properties("SmoochKeyResult", { secret: { secret: true } }),
        required: ["id", "name", "secret"],
      },
    },
    functions: Object.fromEntries(
      Object.entries(signatures).map(([name, { inputs, required, outputs, optional = [] }]) => [
        pluginToken(name),
        {
          description: paragraphs(functions[name].doc),
          inputs: { type: "object", properties: inputs, required: required ?? Object.keys(inputs) },
          outputs: {
            type: "object",
            properties: outputs,
            required: Object.keys(outputs).filter((output) => !optional.includes(output)),
          },
        },
      ]),
    ),
  };
}
