import { expect, it } from "vitest";
import { canonical, pick } from "../../src/provider/values";

it.each([
  [[2, 1], false, "[2,1]"],
  [["b", "a", "b"], true, '["\\"a\\"","\\"b\\""]'],
  [{ b: 1, a: { d: null, c: undefined } }, false, '{"b":1}'],
  [{ b: 1, a: { c: "" } }, false, '{"a":{"c":""},"b":1}'],
  [undefined, false, ""],
])("the canonical form of %j is a string", (value, isSet, text) => {
  expect(canonical(value, isSet)).toBe(text);
});

it("inherited properties are not picked", () => {
  expect(pick({ a: 1, b: undefined }, ["a", "b", "constructor", "toString"])).toEqual({ a: 1 });
});
