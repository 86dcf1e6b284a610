import { it } from "vitest";
import { combinations, describeCombination } from "../matrix/combinations";
import { play } from "../matrix/project";

const quick = combinations.filter((combination) => combination.quick);

it.each(quick.map((combination) => [describeCombination(combination), combination] as const))(
  "the packed package works with %s",
  (_, combination) => play(combination),
);
