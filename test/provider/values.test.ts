import { describe, expect, it } from "vitest";
import {
  canonical,
  clean,
  containsUnknown,
  nonEmptyString,
  pick,
  unknownValue,
  withoutBlank,
} from "../../src/provider/values";

describe("containsUnknown", () => {
  it.each([
    ["the value itself", unknownValue, true],
    ["one item of a list", ["a", unknownValue], true],
    ["one property of an object", { a: 1, b: unknownValue }, true],
    ["any depth", { a: [{ b: [unknownValue, 1] }, 2] }, true],
    ["a known list", ["a"], false],
    ["a known object", { a: { b: null } }, false],
    ["an empty list", [], false],
    ["null", null, false],
  ])("%s", (_, value, expected) => expect(containsUnknown(value)).toBe(expected));
});

describe("canonical", () => {
  it("is the same for any order of keys and of sets, whatever is named a set", () => {
    expect(canonical({ b: 1, a: 2, c: 3 })).toBe(canonical({ c: 3, a: 2, b: 1 }));
    expect(canonical({ list: ["b", "a"] }, false, ["list"])).toBe(
      canonical({ list: ["a", "b", "b"] }, false, ["list"]),
    );
    expect(canonical(["b", "a"], true)).toBe(canonical(["a", "b"], true));
  });

  it("differs for another order of a list that is no set, also inside a set", () => {
    expect(canonical(["b", "a"])).not.toBe(canonical(["a", "b"]));
    expect(canonical({ list: ["b", "a"] })).not.toBe(canonical({ list: ["a", "b"] }));
    expect(canonical([["b", "a"]], true)).not.toBe(canonical([["a", "b"]], true));
  });

  it("ignores null and empty objects, and keeps lists as lists", () => {
    expect(canonical({ a: 1, b: null, c: {} })).toBe(canonical({ a: 1 }));
    expect(canonical([{ a: undefined }])).toBe(canonical([{}]));
    expect(canonical(["a"])).toBe('["a"]');
  });
});

describe("clean and pick", () => {
  it("remove what is not set, inside lists too", () => {
    expect(clean({ a: null, b: [{ c: undefined, d: 1 }], e: 0 })).toEqual({ b: [{ d: 1 }], e: 0 });
    expect(Object.keys(pick({ a: undefined, b: 1 }, ["a", "b", "c", "toString"]))).toEqual(["b"]);
  });
});

describe("withoutBlank", () => {
  it("removes empty strings, lists and objects, and keeps false and 0", () => {
    const given = { a: "", b: [], c: {}, d: false, e: 0, f: "x", g: ["x"], h: { x: 1 }, i: null };
    expect(withoutBlank(given)).toEqual({ d: false, e: 0, f: "x", g: ["x"], h: { x: 1 } });
  });
});

describe("nonEmptyString", () => {
  it("returns nothing for an empty string and for other types", () => {
    expect([nonEmptyString("x"), nonEmptyString(""), nonEmptyString(1), nonEmptyString(undefined)]).toEqual([
      "x",
      undefined,
      undefined,
      undefined,
    ]);
  });
});
