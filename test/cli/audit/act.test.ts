import { describe, expect, it } from "vitest";
import { chooseTargets } from "../../../src/cli/audit/act";
import { toStack } from "../../../src/cli/shared/stack-state";
import { appId, ciphertext, compareWith, exportOf, nothing, resource } from "./support";

const keyId = "app_5a0b1c2e0000000000000001";
const app = resource("app", "support", appId, { name: "Support" });
const key = resource("key", "backend", keyId, { name: "backend", secret: ciphertext });
const keys = [{ id: keyId, name: "backend" }];
const hookId = "5a0b1c2e0000000000000003";
const hookV1 = {
  id: hookId,
  target: "https://bot.example.com/canary?token=1",
  triggers: ["message"],
  version: "v1" as const,
};

describe("chooseTargets", () => {
  const options = { revoke: true, delete: true, only: [] as string[], ownKeyId: "act_1" };
  const all = { keys, webhooks: [hookV1] };
  const ids = (result: ReturnType<typeof chooseTargets>) => [
    result.targets.map(({ id }) => id),
    result.kept.map(({ id }) => id),
  ];

  it("selects what was requested, but never the key in use", () => {
    const comparison = compareWith(all, [app]);
    expect(ids(chooseTargets(comparison, options))).toEqual([[keyId, hookId], []]);
    expect(ids(chooseTargets(comparison, { ...options, delete: false }))).toEqual([[keyId], []]);
    expect(ids(chooseTargets(comparison, { ...options, revoke: false }))).toEqual([[hookId], []]);
    expect(ids(chooseTargets(comparison, { ...options, only: [hookId] }))).toEqual([[hookId], []]);
    expect(ids(chooseTargets(comparison, { ...options, ownKeyId: keyId }))).toEqual([[hookId], []]);
    expect(() => chooseTargets(comparison, { ...options, delete: false, only: [hookId] })).toThrow(
      `--only ${hookId} matches nothing that can be deleted`,
    );
    expect(() => chooseTargets(comparison, { ...options, only: [appId] })).toThrow(
      /--only .* matches nothing/,
    );
  });

  it("skips apps in which the stacks own nothing, unless an object in them is named", () => {
    const other = { id: "other", name: "Other" };
    const mine = { app: { id: appId, name: "Support" }, ...nothing };
    const account = {
      listed: [mine.app, other],
      apps: [mine, { ...mine, app: other, keys }],
      outside: [],
      unread: [],
    };
    const comparison = compareWith({}, [app], { account });
    expect(ids(chooseTargets(comparison, options))).toEqual([[], [keyId]]);
    expect(ids(chooseTargets(comparison, { ...options, only: [keyId] }))).toEqual([[keyId], []]);
  });

  it.each<[string, Parameters<typeof compareWith>[1], Parameters<typeof compareWith>[2], string]>([
    ["no resource belongs to this account", [], {}, "Nothing was deleted: dev owns nothing in this account"],
    [
      "one of the stacks owns nothing in this account",
      [],
      {
        stacks: [
          toStack("dev", exportOf([app])),
          toStack("prod", exportOf([resource("app", "a", "other", { name: "A" })])),
        ],
      },
      "Nothing was deleted: prod owns nothing in this account",
    ],
    [
      "a create is pending",
      [app],
      { pending: [{ type: "creating", resource: resource("key", "new", "", { name: "new" }) }] },
      "a create was interrupted or is in progress",
    ],
    ["a create is unresolved", [app, { ...key, id: "unresolved:1" }], {}, "a create was interrupted"],
    [
      "an app could not be read",
      [app],
      {
        account: {
          listed: [{ id: appId, name: "Support" }],
          apps: [],
          outside: [],
          unread: [{ app: { id: appId, name: "Support" }, exist: true, message: "gone" }],
        },
      },
      "Nothing was deleted: not everything could be read.",
    ],
  ])("throws if %s", (_, resources, more, message) => {
    const comparison = compareWith(all, resources, more);
    expect(() => chooseTargets(comparison, options)).toThrow(message);
    expect(() => chooseTargets(comparison, { ...options, only: [keyId] })).toThrow(message);
  });
});
