import { existsSync } from "node:fs";
import { join } from "node:path";
import { OpenAPIBackend } from "openapi-backend";
import { describe } from "vitest";
import { type Correction, corrections } from "./corrections";
import { isNode } from "./tree";

/** The official description. It is not ours, so it lies beside the repository, where it is there at all. */
const place = "../shared/api/sunshine-conversations-v2.openapi.yaml";
const path = join(__dirname, "..", "..", place);
const isHere = existsSync(path);

/** A group of tests that need the description; without it they are skipped, and their name says why. */
export function describeContract(name: string, tests: () => void): void {
  describe.skipIf(!isHere)(isHere ? name : `${name} (skipped: ${place} is not here)`, tests);
}

type Description = OpenAPIBackend["document"];

let original: Promise<Description> | undefined;

/** A copy of the description, with the corrections. */
export async function loadDescription(applied: readonly Correction[] = corrections): Promise<Description> {
  original ??= new OpenAPIBackend({ definition: path }).loadDocument();
  const description = structuredClone(await original);
  if (!isNode(description)) throw new Error("The description is no object.");
  for (const correction of applied) correction.apply(description);
  return description;
}
