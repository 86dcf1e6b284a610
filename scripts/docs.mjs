#!/usr/bin/env node
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "./build.mjs";
import { undocumented, writeReference } from "./docs/reference.mjs";
import { Failure, main, root } from "./lib/run.mjs";

/** Writes `docs/resources`. */
async function docs() {
  await build();
  const facts = builtFacts();
  const missing = undocumented(facts.kindNames);
  if (missing.length > 0) throw new Failure(`without a doc comment: ${missing.join(", ")}`);
  const folder = join(root, "docs", "resources");
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(writeReference(facts))) await writeFile(join(folder, name), text);
}

/** The provider's own tables, from the build. */
function builtFacts() {
  const load = createRequire(import.meta.url);
  const built = (name) => load(join(root, "dist", `${name}.js`));
  const { kindNames } = built("kinds");
  const { definitions: kinds } = built("provider/kinds/index");
  const { channels, commonFields } = built("smooch/channels");
  const { apiVersions } = built("smooch/api-version");
  const { environmentName } = built("provider/settings");
  return { kindNames, kinds, channels, commonFields, apiVersions, environmentName };
}

await main(docs);
