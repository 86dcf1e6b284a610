import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkInputs } from "../../src/provider/check";
import { type Context, Session } from "../../src/provider/context";
import type { Kind, Properties } from "../../src/provider/kind";
import { app } from "../../src/provider/kinds/app";
import { integration } from "../../src/provider/kinds/integration";
import { key } from "../../src/provider/kinds/key";
import { webhook } from "../../src/provider/kinds/webhook";
import { type Lifecycle, lifecycle } from "../../src/provider/lifecycle";
import { canonical, unknownValue } from "../../src/provider/values";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { knownTriggers } from "../support/triggers";
import { World } from "../support/world";

const name = fc.string({ minLength: 1, maxLength: 100 }).filter((text) => /\S/.test(text));
const scalar = fc.oneof(fc.string({ maxLength: 30 }), fc.integer(), fc.boolean());
const flat = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 10 }).filter((text) => text !== "__proto__"),
  scalar,
  { maxKeys: 5 },
);
const triggersIn = (version: ApiVersion) =>
  fc.uniqueArray(fc.constantFrom(...knownTriggers[version]), { minLength: 1 });
const flag = fc.boolean();
const word = fc.stringMatching(/^[a-z0-9]{1,20}$/);
const only = <T extends object>(required: (keyof T)[], model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { requiredKeys: required }) as fc.Arbitrary<Properties>;

/** Valid inputs of each kind in an API version, without the app's id. */
const valid = (version: ApiVersion): Record<string, fc.Arbitrary<Properties>> => {
  const settings = {
    maskCreditCardNumbers: flag,
    useAnimalNames: flag,
    ...(version !== "v1" && { echoPostback: flag, conversationRetentionSeconds: fc.nat() }),
    ...(version === "v2" && { multiConvoEnabled: fc.constant(true), endSessionEnabled: flag }),
  };
  const displayName = version === "v1" ? {} : { displayName: name };
  const common = version === "v2" ? { ...displayName, showAIDisclaimer: flag } : displayName;
  const look = { brandColor: fc.constantFrom("fff", "0099ff"), fixedIntroPane: flag };
  const inner = only(["target", "triggers"], {
    target: fc.webUrl(),
    triggers: triggersIn("v2"),
    includeFullUser: flag,
    includeFullSource: flag,
  });
  const custom = only(["type", "webhooks"], {
    type: fc.constant("custom"),
    webhooks: inner.map((one) => [one]),
    displayName: name,
  });
  return {
    app: only(["name"], {
      name,
      settings: fc.record(settings, {
        requiredKeys: "multiConvoEnabled" in settings ? ["multiConvoEnabled"] : [],
      }),
      metadata: flat,
    }),
    key: only(["name"], { name, keepers: flat, rotateAfterDays: fc.integer({ min: 1, max: 1000 }) }),
    webhook: only(["target"], {
      target: fc.webUrl(),
      triggers: triggersIn(version),
      ...(version !== "v1" && { includeFullUser: flag, includeClient: flag }),
      ...(version === "v2" && { displayName: name }),
    }),
    integration: fc.oneof(
      only(["type", "token"], { type: fc.constantFrom("telegram", "viber"), token: word, ...common }),
      only(["type"], {
        type: fc.constant("web"),
        ...look,
        displayStyle: fc.constantFrom("button", "tab"),
        originWhitelist: fc.array(fc.webUrl()),
        ...common,
      }),
      only(["type", "facebookAppId", "appSecret", "pageAccessToken"], {
        type: fc.constant("messenger"),
        facebookAppId: word,
        appSecret: word,
        pageAccessToken: word,
        ...common,
      }),
      ...(version === "v2" ? [custom] : []),
    ),
  };
};

const definitions = { app, key, webhook, integration } as unknown as Record<string, Kind>;
const kinds = apiVersions.flatMap((version) =>
  Object.entries(definitions).map(([noun, kind]): [string, ApiVersion, Kind, fc.Arbitrary<Properties>] => {
    const inputs = valid(version)[noun] ?? fc.constant({});
    const placed = noun === "app" ? inputs : inputs.map((given) => ({ appId: "5a0b", ...given }));
    return [noun, version, kind, placed];
  }),
);

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
      "version",
      "type",
      "token",
      "webhooks",
      "fields",
      "secretFields",
      "displayName",
    ),
  ),
  fc.oneof(fc.anything(), fc.constantFrom(unknownValue, "v2", "web", "custom", "telegram", "fcm")),
);

/** Puts unknown values in random places. */
function withUnknowns(value: unknown, hide: () => boolean): unknown {
  if (hide()) return unknownValue;
  if (Array.isArray(value)) return value.map((item) => withUnknowns(item, hide));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withUnknowns(item, hide)]));
}

describe.each(kinds)("an %s with API %s", (noun, version, kind, inputs) => {
  const rules = lifecycle(kind);
  const now = { now: 0, version };
  const id = "5a0b1c2d3e4f5a6b7c8d9e0f";
  const check = (news: Properties) => checkInputs(kind, news, { version, olds: {} });

  it("accepts all valid inputs, twice with the same result", () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const once = check(given);
        expect([once.failures, once.warnings]).toEqual([[], []]);
        expect(check(given)).toEqual(once);
        expect(check(once.inputs)).toEqual(once);
      }),
    );
  });

  it("accepts unknown values anywhere in valid inputs, and diffs them", () => {
    fc.assert(
      fc.property(inputs, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), (given, hidden) => {
        const places = [...hidden];
        const partly = Object.fromEntries(
          Object.entries(given).map(([name, value]) => [
            name,
            withUnknowns(value, () => places.pop() ?? false),
          ]),
        );
        const { inputs: checked, failures } = check(partly);
        expect(failures).toEqual([]);
        expect(rules.diff(id, given, checked, now)).toEqual(rules.diff(id, given, checked, now));
      }),
    );
  });

  it("never crashes in check or diff, whatever it is given", () => {
    fc.assert(
      fc.property(anything, anything, (olds, news) => {
        const { failures } = rules.check(new Session(), version, olds, news);
        for (const { reason } of failures) expect(reason).not.toBe("");
        expect(rules.check(new Session(), version, olds, news).failures).toEqual(failures);
        expect(() => rules.diff(id, olds, news, now)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it("that was created and read back shows no change", async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (given) => {
        const { context, appId, rules, declared } = await declare(given);
        const made = await rules.create(context, declared);
        expect(rules.diff(made.id, made.outputs, declared, now)).toEqual({ changes: false });
        const read = await rules.read(context, made.id, made.outputs);
        expect(rules.diff(made.id, read?.outputs ?? {}, declared, now)).toEqual({ changes: false });
        expect(rules.diff(made.id, made.outputs, read?.inputs ?? {}, now)).toEqual({ changes: false });
        expect(JSON.parse(JSON.stringify(made.outputs))).toEqual(made.outputs);
        expect(made.id).not.toBe(appId);
      }),
      { numRuns: 40 },
    );
  });

  it("that is changed to anything else, in place or by replacement, ends up as declared", async () => {
    await fc.assert(
      fc.asyncProperty(inputs, inputs, async (before, after) => {
        const { context, rules, declared, appId } = await declare(before);
        const made = await rules.create(context, declared);
        const news = noun === "app" ? after : { ...after, appId };
        const { inputs: wanted } = rules.check(new Session(), version, declared, news);
        const { id, outputs } = await change(rules, context, made, wanted);
        expect(rules.diff(id, outputs, wanted, now)).toEqual({ changes: false });
        expect(await rules.read(context, id, outputs)).toMatchObject({ id, outputs });
        expect(outputs).toMatchObject(wanted);
      }),
      { numRuns: 40 },
    );
  });

  /** Changes the object as Pulumi does: by an update, or by a delete and a create. */
  async function change(
    rules: Lifecycle,
    context: Context,
    { id, outputs }: { id: string; outputs: Properties },
    news: Properties,
  ) {
    if (rules.diff(id, outputs, news, now).replaces === undefined)
      return { id, outputs: await rules.update(context, id, outputs, news) };
    await rules.delete(context, id, outputs);
    return rules.create(context, news);
  }

  /** Inputs for a world of their own, in an app that has a key. */
  async function declare(given: Properties) {
    const world = new World({}, version);
    const context = world.context();
    const { id: appId } = await context.smooch.apps.create({ name: "Shop" });
    await context.smooch.keys.create(appId, { name: "own" });
    const news = noun === "app" ? given : { ...given, appId };
    const { inputs: declared } = rules.check(new Session(), version, {}, news);
    return { context, appId, rules, declared };
  }
});

describe("the canonical form", () => {
  it("does not depend on the order of keys or of a set", () => {
    fc.assert(
      fc.property(fc.jsonValue(), triggersIn("v2"), (value, set) => {
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
