import { createRequire } from "node:module";
import { join } from "node:path";

/** The name of a kind's files: `integration-key` for `integrationKey`. */
export function kebab(kind) {
  return kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The provider's own tables, from a build: what reference pages and the plugin's schema are written from. */
export function builtFacts(dist) {
  const load = createRequire(import.meta.url);
  const built = (name) => load(join(dist, `${name}.js`));
  const { kindNames, kinds: table, pluginPackage, pluginToken, pluginType, typeToken } = built("kinds");
  const { definitions: kinds } = built("provider/kinds/index");
  const { channels, commonFields } = built("smooch/channels");
  const { apiVersions } = built("smooch/api-version");
  const { environmentName } = built("provider/settings");
  return {
    kindNames,
    table,
    pluginPackage,
    pluginToken,
    pluginType,
    typeToken,
    kinds,
    channels,
    commonFields,
    apiVersions,
    environmentName,
  };
}
