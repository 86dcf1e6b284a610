import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { writeReport } from "../../../src/cli/audit/report";
import { toStack } from "../../../src/cli/shared/stack-state";
import { byPlural, kindNames } from "../../../src/kinds";
import {
  appId,
  ciphertext,
  compareWith,
  exportOf,
  found,
  interrupted,
  nothing,
  resource,
  urnOf,
} from "./support";

const keyId = "app_5a0b1c2e0000000000000001";
const otherId = "app_5a0b1c2e0000000000000002";
const hookId = "5a0b1c2e0000000000000003";
const app = resource("app", "support", appId, { name: "Support" });
const key = resource("key", "backend", keyId, { name: "backend", secret: ciphertext });
const keys = [{ id: keyId, name: "backend" }];
const hook = { id: hookId, target: "https://bot.example.com/canary?token=1", triggers: ["message"] };
const hookV1 = { ...hook, version: "v1" } as const;
const hookV2 = { ...hook, triggers: ["conversation:message"], version: "v2" as const, displayName: "Bot" };

describe("an object that no stack owns", () => {
  it("is reported with its creation time, keys first; an app is only a notice", () => {
    const integration = { id: "5a0b1c2e0000000000000004", type: "telegram" };
    const result = compareWith({ keys, webhooks: [hookV1], integrations: [integration] }, []);
    expect(found(result)).toEqual([
      `problem unowned key ${keyId}`,
      `problem unowned webhook ${hookId}`,
      `problem unowned integration ${integration.id}`,
      `notice unowned app ${appId}`,
    ]);
    expect(result.findings[1]).toEqual({
      kind: "unowned",
      severity: "problem",
      object: "webhook",
      id: hookId,
      app: { id: appId, name: "Support" },
      name: null,
      target: "https://bot.example.com",
      triggers: ["message"],
      createdAt: "2017-11-14T16:39:10Z",
      resources: [],
      fix: "Adopt those in use, and delete the others with --delete. If a stack is missing here, add it with --stack or --state.",
    });
    expect(JSON.stringify(result.findings)).not.toContain("canary");
    expect(result.compared).toEqual({
      ...byPlural(kindNames, () => 0),
      apps: 1,
      keys: 1,
      webhooks: 1,
      integrations: 1,
      resources: 0,
    });
  });

  it("has no resource with the same id, kind and app", () => {
    expect(found(compareWith({ keys }, [app, key]))).toEqual([]);
    const elsewhere = resource("key", "backend", keyId, { appId: "other", name: "backend" });
    expect(found(compareWith({ keys }, [app, elsewhere]))).toEqual([
      `problem unowned key ${keyId}`,
      `problem gone key ${keyId}`,
    ]);
    // A secret app id is encrypted in the state, so the key is matched by its own id alone.
    expect(found(compareWith({ keys }, [app, { ...key, outputs: { appId: ciphertext } }]))).toEqual([]);
  });

  it("is reported even if a resource reads it", () => {
    const read = { ...key, external: true };
    expect(found(compareWith({ keys }, [app, read]))).toEqual([`problem unowned key ${keyId}`]);
  });

  it("names the interrupted create that may have made it", () => {
    const lost = { type: "creating", resource: resource("key", "backend", "", { name: "backend" }) };
    const result = compareWith({ keys: [...keys, { id: otherId, name: "ci" }] }, [app], { pending: [lost] });
    expect(found(result)).toEqual([
      `problem unowned key ${keyId}`,
      `problem unowned key ${otherId}`,
      "problem leftBehind interruptedCreate key",
    ]);
    expect(result.findings.map(({ resources }) => resources)).toEqual([
      [{ stack: "dev", urn: urnOf("key", "backend") }],
      [],
      [{ stack: "dev", urn: urnOf("key", "backend") }],
    ]);
  });

  it("is reported as left behind if this machine's journal names it", () => {
    expect(found(compareWith({ keys }, [app], { interrupted: [interrupted({ id: keyId })] }))).toEqual([
      `problem leftBehind unrecorded key ${keyId}`,
    ]);
    expect(found(compareWith({ keys }, [app, key], { interrupted: [interrupted({ id: keyId })] }))).toEqual(
      [],
    );
  });

  it("is reported as left behind if the journal names a create without an id", () => {
    const unknown = interrupted({ kind: "another" });
    const store = interrupted({ kind: "app", address: {}, id: "unresolved:1" });
    const result = compareWith({}, [app], { interrupted: [interrupted({}), store, unknown] });
    expect(found(result)).toEqual(["problem leftBehind unrecorded key", "problem leftBehind unrecorded app"]);
    expect(result.findings.map(({ app, resources }) => [app?.id, resources])).toEqual([
      [appId, [{ stack: "shop", urn: "dev/backend" }]],
      [undefined, [{ stack: "shop", urn: "dev/backend" }]],
    ]);
  });
});

describe("a v2 webhook", () => {
  it.each([
    ["webhook", { target: hook.target, triggers: hookV2.triggers, version: "v2", displayName: "Bot" }],
    [
      "integration",
      {
        type: "custom",
        displayName: "Bot",
        webhooks: [{ target: hook.target, triggers: ["conversation:message"] }],
      },
    ],
  ] as const)("is matched with a resource of kind %s, and checked for drift against it", (kind, outputs) => {
    for (const version of ["v1", "v2"] as const) {
      const own = resource(kind, "bot", hookId, outputs);
      expect(found(compareWith({ webhooks: [hookV2] }, [app, own], { version }))).toEqual([]);
      const changed = resource(kind, "bot", hookId, { ...outputs, displayName: "Old" });
      expect(found(compareWith({ webhooks: [hookV2] }, [app, changed], { version }))).toEqual([
        `problem drift webhook ${hookId} displayName`,
      ]);
    }
  });
});

describe("a resource in the state that is missing from the account", () => {
  const foreign = { outputs: { appId: "other", __seenBy: "act_2@api.smooch.io/v1" } };
  const ownProvider = "urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::eu::1";
  it.each<[string, object, string[]]>([
    ["gone if this credential saw it last", key, [`problem gone key ${keyId}`]],
    [
      "gone if its app is visible",
      { ...key, outputs: { appId, __seenBy: "act_2@api.smooch.io/v1" } },
      [`problem gone key ${keyId}`],
    ],
    ["in another account", { ...key, ...foreign }, [`problem otherAccount key ${keyId}`]],
    [
      "in another account, as the program declares",
      { ...key, ...foreign, provider: ownProvider },
      [`notice otherAccount key ${keyId}`],
    ],
    [
      "an app in another account",
      { ...app, id: "other", outputs: { __seenBy: "act_1@api.eu-1.smooch.io/v1" } },
      ["problem otherAccount app other"],
    ],
    ["not reported if the program only reads it", { ...key, external: true }, []],
    ["unresolved", { ...key, id: "unresolved:1" }, ["problem leftBehind unresolved key unresolved:1"]],
    ["about to be deleted", { ...key, delete: true }, [`problem leftBehind deleting key ${keyId}`]],
    [
      "about to be recreated",
      { ...key, pendingReplacement: true },
      [`problem leftBehind replacing key ${keyId}`],
    ],
    [
      "partly created, and gone",
      { ...key, initErrors: ["why"] },
      [`problem leftBehind failed key ${keyId}`, `problem gone key ${keyId}`],
    ],
    [
      "of a type that this API version lacks",
      resource("integration", "insta", "9", { type: "instagram" }),
      ["problem unread integration 9"],
    ],
  ])("is %s", (_, one, expected) => expect(found(compareWith({}, [app, one]))).toEqual(expected));

  it("is checked in an empty account too, but not if its app is filtered out or was not read", () => {
    const none = { listed: [], apps: [], outside: [], unread: [] };
    expect(found(compareWith({}, [app, key], { account: none }))).toEqual([
      `problem gone key ${keyId}`,
      `problem gone app ${appId}`,
    ]);
    expect(found(compareWith({}, [app, key], { account: none, appFilter: ["sup*"] }))).toHaveLength(2);
    expect(found(compareWith({}, [app, key], { account: none, appFilter: ["other"] }))).toEqual([]);
    const there = { id: appId, name: "Support" };
    const unread = [{ app: there, exist: true, message: "app … was deleted while it was read" }];
    const account = { listed: [there], apps: [], outside: [], unread };
    expect(found(compareWith({}, [app, key], { account }))).toEqual(["problem unread app"]);
    const ofV2 = { ...unread[0], app: there, madeBy: "v2", exist: false, message: "no" } as const;
    const webhooksOfV2 = { ...ofV2, kinds: ["webhook"] as const };
    const noV2 = { ...account, apps: [{ app: there, ...nothing, keys }] };
    const hooks = [
      resource("webhook", "new", "1", { version: "v2" }),
      resource("webhook", "old", "2", { version: "v1" }),
      resource("integration", "custom", "3", { type: "custom" }),
    ];
    expect(
      found(compareWith({}, [app, key, ...hooks], { account: { ...noV2, unread: [webhooksOfV2] } })),
    ).toEqual(["problem gone webhook 2", "notice unread webhook"]);
  });

  it("is not reported as gone if it could not be read, and all others are compared", () => {
    const there = { id: appId, name: "Support" };
    const object = { kind: "webhook", id: "1" } as const;
    const unread = [{ app: there, object, exist: true, message: "webhook 1: target is missing" }];
    const apps = [{ app: there, ...nothing, keys }];
    const hooks = [
      resource("webhook", "odd", "1", { version: "v2" }),
      resource("integration", "odd-too", "1", { type: "custom" }),
      resource("webhook", "other", "2", { version: "v2" }),
    ];
    const account = { listed: [there], apps, outside: [], unread };
    expect(found(compareWith({}, [app, key, ...hooks], { account }))).toEqual([
      "problem gone webhook 2",
      "problem unread webhook 1",
    ]);
  });
});

describe("drift", () => {
  const declared = { name: "Support", settings: { useAnimalNames: true }, metadata: { tier: "gold" } };
  const withApp = (now: object, outputs: object, version: "v1" | "v2" = "v1") => {
    const one = { app: { id: appId, name: "Support", ...now }, ...nothing };
    const account = { listed: [one.app], apps: [one], outside: [], unread: [] };
    return found(compareWith({}, [resource("app", "support", appId, outputs)], { account, version }));
  };
  const same = { settings: { useAnimalNames: true, echoPostback: true }, metadata: { tier: "gold" } };

  it("is exactly what a refresh would change", () => {
    expect(withApp(same, declared)).toEqual([]);
    const changed = {
      name: "Help",
      settings: { useAnimalNames: false },
      metadata: { tier: "gold", by: "hand" },
    };
    expect(withApp(changed, declared)).toEqual([`problem drift app ${appId} name settings metadata`]);
  });

  it("is not checked for secrets in the state, nor for what the API version does not return", () => {
    expect(withApp({}, { name: "Support", metadata: { tier: ciphertext } })).toEqual([]);
    const newer = { name: "Support", settings: { useAnimalNames: true, multiConvoEnabled: true } };
    expect(withApp(same, newer)).toEqual([]);
    expect(withApp(same, newer, "v2")).toEqual([`problem drift app ${appId} settings`]);
  });

  it("of a webhook ignores the order of triggers and a secret target", () => {
    const webhooks = [{ ...hookV1, triggers: ["postback", "message"] }];
    const of = (outputs: object) =>
      found(compareWith({ webhooks }, [app, resource("webhook", "bot", hookId, outputs)]));
    expect(of({ target: ciphertext, triggers: ["message", "postback"], secret: ciphertext })).toEqual([]);
    expect(of({ target: "https://old.example.com", triggers: ["message"] })).toEqual([
      `problem drift webhook ${hookId} target triggers`,
    ]);
  });

  it("of an integration ignores credentials", () => {
    const integrations = [{ id: "9", type: "telegram", displayName: "Bot" }];
    const of = (outputs: object, version: "v1" | "v1.1") =>
      found(compareWith({ integrations }, [app, resource("integration", "bot", "9", outputs)], { version }));
    const declared = { type: "telegram", token: "canary", displayName: "Old" };
    expect(of(declared, "v1.1")).toEqual(["problem drift integration 9 displayName"]);
    expect(of(declared, "v1")).toEqual([]);
  });
});

describe("an object that two resources own", () => {
  it("is a problem, both across two stacks and within one", () => {
    const stacks = [
      toStack("dev", exportOf([app, key, { ...key, urn: urnOf("key", "again") }])),
      toStack("prod.json", exportOf([resource("app", "support", appId, { name: "Support" }, {}, "prod")])),
    ];
    const { findings } = compareWith({ keys }, [], { stacks });
    expect(findings.map(({ kind, object, resources }) => [kind, object, resources])).toEqual([
      [
        "shared",
        "key",
        [
          { stack: "dev", urn: urnOf("key", "backend") },
          { stack: "dev", urn: urnOf("key", "again") },
        ],
      ],
      [
        "shared",
        "app",
        [
          { stack: "dev", urn: urnOf("app", "support") },
          { stack: "prod.json", urn: urnOf("app", "support", "prod") },
        ],
      ],
    ]);
  });
});

describe("an app near the limit", () => {
  it.each([
    [7, []],
    [8, ["notice nearLimit key"]],
    [10, ["notice nearLimit key"]],
  ])("with %i keys", (length, expected) => {
    const ids = Array.from({ length }, (_, n) => `app_5a0b1c2e00000000000001${String(n).padStart(2, "0")}`);
    const held = ids.map((id, n) => resource("key", `key-${n}`, id, { name: "backend" }));
    const result = compareWith({ keys: ids.map((id) => ({ id, name: "backend" })) }, [app, ...held]);
    expect(found(result)).toEqual(expected);
    for (const { count, limit } of result.findings) expect([count, limit]).toEqual([length, 10]);
  });
});

describe("a switchboard's integrations", () => {
  const boardId = "5a0b1c2e0000000000000007";
  const entryId = "5a0b1c2e0000000000000008";
  const integrations = { agents: { integrationType: "zd:agentWorkspace" } };
  const board = { id: boardId, appId, enabled: true, integrations, integrationIds: { agents: entryId } };
  const entry = { id: entryId, appId, switchboardId: boardId, name: "agents", ...integrations.agents };
  const contents = { switchboards: [board], switchboardIntegrations: [entry] };
  const state = { enabled: true, integrationIds: board.integrationIds };
  const view = { version: "v2" } as const;

  it("are owned by the switchboard that declares them", () => {
    const declared = resource("switchboard", "board", boardId, { ...state, integrations });
    expect(found(compareWith(contents, [app, declared], view))).toEqual([]);
  });

  it("are owned by nobody if the switchboard does not declare any, unless they are resources", () => {
    const bare = resource("switchboard", "board", boardId, state);
    expect(found(compareWith(contents, [app, bare], view))).toEqual([
      `problem unowned switchboardIntegration ${entryId}`,
    ]);
    const own = resource("switchboardIntegration", "agents", entryId, {
      switchboardId: boardId,
      name: "agents",
      ...integrations.agents,
    });
    expect(found(compareWith(contents, [app, bare, own], view))).toEqual([]);
  });
});

describe("the limit of ten", () => {
  const many = (holder: object) =>
    Array.from({ length: 8 }, (_, n) => ({
      id: `int_${n}${Object.values(holder).at(-1)}`,
      name: "n",
      ...holder,
    }));
  const [one, other] = [
    { appId, integrationId: "5c01" },
    { appId, integrationId: "5c02" },
  ];
  const nearLimits = (result: ReturnType<typeof compareWith>) =>
    result.findings.filter(({ kind }) => kind === "nearLimit");

  it("is counted for each integration, and the finding names it", () => {
    const result = compareWith({ integrationKeys: [...many(one), ...many(other).slice(1)] }, [app], {
      version: "v2",
    });
    expect(nearLimits(result)).toEqual([
      expect.objectContaining({
        severity: "notice",
        object: "integrationKey",
        app: { id: appId, name: "Support" },
        count: 8,
        limit: 10,
        holder: { object: "integration", id: "5c01" },
      }),
    ]);
  });

  it("is counted for each service account, which is in no app", () => {
    const keys = many({ serviceAccountId: "5d01" });
    const account = {
      listed: [],
      apps: [],
      outside: [
        { kind: "serviceAccount" as const, object: { id: "5d01", name: "CI" } },
        ...keys.map((object) => ({ kind: "serviceAccountKey" as const, object })),
      ],
      unread: [],
    };
    const result = compareWith({}, [], { account });
    const [finding] = nearLimits(result);
    expect(finding).toMatchObject({ app: null, holder: { object: "serviceAccount", id: "5d01" } });
    expect(result.compared).toMatchObject({ apps: 0, serviceAccounts: 1, serviceAccountKeys: 8 });
    const text = stripVTControlCharacters(writeReport(result, ["dev"], { width: 120, now: 0 }));
    expect(text).toContain("service account 5d01: 8 of 10 service account keys");
  });

  it("is reported for people with the app and what holds the keys", () => {
    const result = compareWith({ integrationKeys: many(one) }, [app], { version: "v2" });
    const text = stripVTControlCharacters(writeReport(result, ["dev"], { width: 120, now: 0 }));
    expect(text).toContain("Support, integration 5c01: 8 of 10 integration keys");
  });
});
