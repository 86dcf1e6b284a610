import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { OpenAPIBackend } from "openapi-backend";
import { describe } from "vitest";
import { type Correction, corrections } from "./corrections";
import { isNode } from "./tree";

/** Version 17.12.1 of the official description, which is not ours and so not in this repository. */
const sha256 = "87c086e2dd2449ff2c1e316e7bfd33b0d555660a78e9b3ddfc6935e4f1880ee0";
const path = process.env.SMOOCH_OPENAPI;

/** A group of tests that need the description. Without it they are skipped, and the group's name gives the reason. */
export function describeContract(name: string, tests: () => void): void {
  const isHere = path !== undefined;
  describe.skipIf(!isHere)(isHere ? name : `${name} (skipped: SMOOCH_OPENAPI is not set)`, tests);
}

type Description = OpenAPIBackend["document"];

let original: Promise<Description> | undefined;

/** A copy of the description, with the corrections. */
export async function loadDescription(applied: readonly Correction[] = corrections): Promise<Description> {
  original ??= load();
  const description = structuredClone(await original);
  if (!isNode(description)) throw new Error("The description is not an object.");
  for (const correction of applied) correction.apply(description);
  return description;
}

async function load(): Promise<Description> {
  if (path === undefined) throw new Error("SMOOCH_OPENAPI is not set.");
  const found = createHash("sha256").update(readFileSync(path)).digest("hex");
  if (found !== sha256)
    throw new Error(
      `${path} is a different version of the description: its SHA-256 is ${found} instead of ${sha256}.`,
    );
  return new OpenAPIBackend({ definition: path }).loadDocument();
}
