import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkInputs } from "../../src/provider/check";
import { Session } from "../../src/provider/context";
import type { Kind, Properties } from "../../src/provider/kind";
import { app } from "../../src/provider/kinds/app";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import { lifecycle } from "../../src/provider/lifecycle";
import { canonical, unknownValue } from "../../src/provider/values";
import { World } from "../support/world";

const name = fc.string({ minLength: 1, maxLength: 100 }).filter((text) => /\S/.test(text));
const scalar = fc.oneof(fc.string({ maxLength: 30 }), fc.integer(), fc.boolean());
const flat = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 10 }).filter((text) => text !== "__proto__"),
  scalar,
  { maxKeys: 5 },
);
const triggers = fc.uniqueArray(
  fc.constantFrom("message", "*", "message:appUser", "postback", "conversation:read", "link:match"),
  { minLength: 1 },
);

const valid = {
  app: fc.record(
    {
      name,
      settings: fc.record(
        { maskCreditCardNumbers: fc.boolean(), useAnimalNames: fc.boolean() },
        { requiredKeys: [] },
      ),
      metadata: flat,
    },
    { requiredKeys: ["name"] },
  ),
  key: fc.record(
    { name, keepers: flat, rotateAfterDays: fc.integer({ min: 1, max: 1000 }) },
    { requiredKeys: ["name"] },
  ),
  webhook: fc.record({ target: fc.webUrl(), triggers }, { requiredKeys: ["target"] }),
};
const kinds: [string, Kind, fc.Arbitrary<Properties>][] = [
  ["app", app as unknown as Kind, valid.app],
  ["key", key as unknown as Kind, valid.key.map((inputs) => ({ appId: "5a0b", ...inputs }))],
  ["webhook", webhook as unknown as Kind, valid.webhook.map((inputs) => ({ appId: "5a0b", ...inputs }))],
];

const anything = fc.dictionary(
  fc.oneof(
    fc.string(),
    fc.constantFrom(
      "appId",
      "name",
      "settings",
      "metadata",
      "keepers",
      "target",
      "triggers",
      "__adopt",
      "__unresolved",
      "secret",
      "rotateAfterDays",
    ),
  ),
  fc.oneof(fc.anything(), fc.constant(unknownValue)),
);

/** Puts unknown values in random places. */
function withUnknowns(value: unknown, hide: () => boolean): unknown {
  if (hide()) return unknownValue;
  if (Array.isArray(value)) return value.map((item) => withUnknowns(item, hide));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withUnknowns(item, hide)]));
}

describe.each(kinds)("%s", (_, kind, inputs) => {
  const rules = lifecycle(kind);

  it("accepts everything valid, twice with the same answer", () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const once = checkInputs(kind, given);
        expect(once.failures).toEqual([]);
        expect(checkInputs(kind, given)).toEqual(once);
        expect(checkInputs(kind, once.inputs)).toEqual(once);
      }),
    );
  });

  it("accepts unknown values anywhere in what is valid, and diffs them", () => {
    fc.assert(
      fc.property(inputs, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), (given, hidden) => {
        const places = [...hidden];
        const partly = Object.fromEntries(
          Object.entries(given).map(([name, value]) => [
            name,
            withUnknowns(value, () => places.pop() ?? false),
          ]),
        );
        const { inputs: checked, failures } = checkInputs(kind, partly);
        expect(failures).toEqual([]);
        expect(rules.diff("5a0b1c2d3e4f5a6b7c8d9e0f", given, checked, 0)).toEqual(
          rules.diff("5a0b1c2d3e4f5a6b7c8d9e0f", given, checked, 0),
        );
      }),
    );
  });

  it("never crashes in check or diff, whatever it is given", () => {
    fc.assert(
      fc.property(anything, anything, (olds, news) => {
        const { failures } = rules.check(new Session(), olds, news);
        for (const { reason } of failures) expect(reason).not.toBe("");
        expect(rules.check(new Session(), olds, news).failures).toEqual(failures);
        expect(() => rules.diff("5a0b1c2d3e4f5a6b7c8d9e0f", olds, news, 0)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});

describe("what was created and read back", () => {
  it.each(kinds)("%s: shows no change", async (noun, kind, inputs) => {
    await fc.assert(
      fc.asyncProperty(inputs, async (given) => {
        const world = new World();
        const context = world.context();
        const { id: appId } = await context.smooch.apps.create({ name: "Shop" });
        const rules = lifecycle(kind);
        const { inputs: declared } = rules.check(
          new Session(),
          {},
          noun === "app" ? given : { ...given, appId },
        );
        const made = await rules.create(context, declared);
        expect(rules.diff(made.id, made.outputs, declared, world.time)).toEqual({ changes: false });
        const read = await rules.read(context, made.id, made.outputs);
        expect(rules.diff(made.id, read?.outputs ?? {}, declared, world.time)).toEqual({ changes: false });
        expect(rules.diff(made.id, made.outputs, read?.inputs ?? {}, world.time)).toEqual({ changes: false });
        expect(JSON.parse(JSON.stringify(made.outputs))).toEqual(made.outputs);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the canonical form", () => {
  it("does not depend on the order of keys, nor of a set", () => {
    fc.assert(
      fc.property(fc.jsonValue(), triggers, (value, set) => {
        const turned = JSON.parse(JSON.stringify(value), (_, entry: unknown) =>
          typeof entry === "object" && entry !== null && !Array.isArray(entry)
            ? Object.fromEntries(Object.entries(entry).reverse())
            : entry,
        );
        expect(canonical(turned)).toBe(canonical(value));
        expect(canonical([...set].reverse(), true)).toBe(canonical(set, true));
      }),
    );
  });

  it("tells different values apart", () => {
    fc.assert(
      fc.property(flat, flat, (one, other) => {
        const same =
          JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
        expect(canonical(one) === canonical(other)).toBe(same);
      }),
    );
  });
});
