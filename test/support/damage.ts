import { expect } from "vitest";
import type { Stack } from "./stack";
import type { StateResource } from "./state-file";
import { trio } from "./trio";

export const program = (changes: { name?: string; n?: number; triggers?: string } = {}) => {
  const { name = "Support", n = 1, triggers = "message" } = changes;
  const declared = {
    name: `"${name}"`,
    metadata: undefined,
    keepers: `{ n: ${n} }`,
    triggers: `["${triggers}"]`,
  };
  return `${trio({}, declared)}
  Object.assign(exports, { secret: key.secret, hookSecret: hook.secret });`;
};
export const changed = program({ name: "Help", n: 2, triggers: "*" });

export type Edit = (resources: { app: StateResource; key: StateResource; hook: StateResource }) => void;

export const damage = (stack: Stack, edit: Edit): void =>
  stack.editResources((resources) => {
    const find = (name: string) => {
      const found = resources.find(({ urn }) => urn.endsWith(`::${name}`));
      if (found === undefined) throw new Error(`no resource "${name}" in the state`);
      return found;
    };
    edit({ app: find("support"), key: find("backend"), hook: find("events") });
  });

/** Each resource's id, inputs and outputs in the state; secrets in plain text, as ciphertexts differ each time. */
async function known(stack: Stack): Promise<Map<string, object>> {
  const resources = await stack.revealedResources();
  return new Map(resources.map(({ urn, id, inputs, outputs }) => [urn, { id, inputs, outputs }]));
}

/** Runs a command that must fail and change nothing in Smooch or in the state; returns its output. */
export async function failing(stack: Stack, command: string): Promise<string> {
  const before = await known(stack);
  const there = stack.emulator.emulator.snapshot();
  const all = command === "refresh" ? [] : ["--continue-on-error"];
  const { code, output } = await stack.try(command, "--yes", "--skip-preview", ...all);
  expect(code, output).not.toBe(0);
  expect(stack.emulator.emulator.snapshot()).toEqual(there);
  expect(await known(stack)).toEqual(before);
  return output;
}
