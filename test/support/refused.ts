import { expect } from "vitest";
import type { Stack } from "./stack";

/** Runs a `refresh` or `destroy` that must fail and change nothing in Smooch or in the state; returns its output. */
export async function refused(stack: Stack, command: "refresh" | "destroy") {
  const { emulator } = stack.emulator;
  const before = { state: recorded(stack), objects: emulator.snapshot() };
  const all = command === "refresh" ? [] : ["--continue-on-error"];
  const { code, output } = await stack.try(command, "--yes", "--skip-preview", ...all);
  expect(code, output).not.toBe(0);
  expect({ state: recorded(stack), objects: emulator.snapshot() }).toEqual(before);
  return output;
}

/** The part of a message that explains how to continue without Smooch. */
export const wayOut = (noun: "app" | "key" | "webhook" | "integration") =>
  `If this ${noun} is certainly gone, or no longer yours to manage, remove it from the state: \`pulumi state delete <urn> --target-dependents\` (\`pulumi stack --show-urns\` lists URNs). Nothing then ${noun === "key" ? "revokes it if it still works" : "manages or deletes it if it still exists"}.`;

/** Follows that advice for some resources. */
export const takeOut = (stack: Stack, ...names: string[]) =>
  stack.run(
    "state",
    "delete",
    ...names.map((name) => stack.resource(name).urn),
    "--target-dependents",
    "--yes",
  );

/** Each resource in the state, without ciphertexts because they differ each time. */
function recorded(stack: Stack): unknown {
  const resources = stack.resources().map(({ urn, id, inputs, outputs }) => ({ urn, id, inputs, outputs }));
  return JSON.parse(JSON.stringify(resources, (name, value) => (name === "ciphertext" ? "" : value)));
}
