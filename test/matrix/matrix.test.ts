import { expect, it } from "vitest";
import { combinations, describeCombination, managers, nodes } from "./combinations";
import { play } from "./project";

it.each(combinations.map((combination) => [describeCombination(combination), combination] as const))(
  "the packed package works with %s",
  (_, combination) => play(combination),
);

it("the combinations cover every version of Node.js and every package manager", () => {
  expect(new Set(combinations.map(({ node }) => node))).toEqual(new Set(nodes));
  expect(new Set(combinations.map(({ manager }) => manager))).toEqual(new Set(managers));
});
