import { expect } from "vitest";
import type { Stack } from "./stack";

/** A `refresh` or `destroy` that has to fail, with nothing changed in Smooch or in the state. What it says. */
export async function refused(stack: Stack, command: "refresh" | "destroy") {
  const { emulator } = stack.emulator;
  const before = { state: recorded(stack), objects: emulator.snapshot() };
  const all = command === "refresh" ? [] : ["--continue-on-error"];
  const { code, output } = await stack.try(command, "--yes", "--skip-preview", ...all);
  expect(code, output).not.toBe(0);
  expect({ state: recorded(stack), objects: emulator.snapshot() }).toEqual(before);
  return output;
}

/** The way that a message names to go on without Smooch. */
export const wayOut = (noun: "app" | "key" | "webhook" | "integration") =>
  `If this ${noun} is surely gone, or no longer yours to manage, take it out of the state: \`pulumi state delete <urn> --target-dependents\` (\`pulumi stack --show-urns\` lists URNs). Nothing then ${noun === "key" ? "revokes it if it still works" : "manages or deletes it if it still exists"}.`;

/** Goes that way, for one resource. */
export const takeOut = (stack: Stack, name: string) =>
  stack.run("state", "delete", stack.resource(name).urn, "--target-dependents", "--yes");

/** What the state knows of each resource. Ciphertexts differ each time. */
function recorded(stack: Stack): unknown {
  const resources = stack.resources().map(({ urn, id, inputs, outputs }) => ({ urn, id, inputs, outputs }));
  return JSON.parse(JSON.stringify(resources, (name, value) => (name === "ciphertext" ? "" : value)));
}
