#!/usr/bin/env node
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "./build.mjs";
import { undocumented, writeReference } from "./docs/reference.mjs";
import { builtFacts } from "./lib/facts.mjs";
import { Failure, main, root } from "./lib/run.mjs";

/** Writes `docs/resources`. */
async function docs() {
  await build();
  const facts = builtFacts(join(root, "dist"));
  const missing = undocumented(facts.kindNames);
  if (missing.length > 0) throw new Failure(`without a doc comment: ${missing.join(", ")}`);
  const folder = join(root, "docs", "resources");
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(writeReference(facts))) await writeFile(join(folder, name), text);
}

await main(docs);
