import { readDeclarations } from "../docs/source.mjs";
import { functionsOf } from "./functions.mjs";
import { resourcesOf } from "./resources.mjs";
import { propertyText } from "./text.mjs";

/**
 * The Pulumi package schema of the plugin: from the kinds' own tables (`facts`) and the doc comments of the classes for
 * Node.js.
 */
export function packageSchema(facts, { version, description, license }) {
  const settings = settingsOf();
  const { resources, types } = resourcesOf(facts);
  const { functions, types: results } = functionsOf(facts);
  return {
    name: facts.pluginPackage,
    displayName: "Smooch (Sunshine Conversations)",
    version,
    description,
    license,
    keywords: ["pulumi", "smooch", "sunshine-conversations", "zendesk"],
    config: { variables: settings },
    provider: {
      description: "The account and the API that resources are managed in.",
      inputProperties: settings,
    },
    types: { ...types, ...results },
    resources,
    functions,
    language: {
      // The SDK's module has the same name however the plugin was installed.
      python: { packageName: "pulumi_smooch", pyproject: { enabled: true }, respectSchemaVersion: true },
      nodejs: { respectSchemaVersion: true },
      go: { respectSchemaVersion: true },
      csharp: { respectSchemaVersion: true },
    },
  };
}

/** The provider's settings, from the arguments of `SmoochProvider`. */
function settingsOf() {
  const { interfaces } = readDeclarations(["src/resources/provider.ts"]);
  return Object.fromEntries(
    interfaces.SmoochProviderArgs.members.map(({ name, type, doc }) => [
      name,
      {
        type: type === "number" ? "integer" : "string",
        description: propertyText(doc),
        ...(doc.tags.secret && { secret: true }),
      },
    ]),
  );
}
