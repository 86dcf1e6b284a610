import { describe, expect, it } from "vitest";
import { makeFleetPlan, writeFleet } from "../../../src/cli/export/fleet";
import { literal } from "../../../src/cli/export/literal";
import { configKey, identifier, numbered, slug } from "../../../src/cli/export/names";
import { makePlan } from "../../../src/cli/export/plan";
import { writeImportFile, writeProgram } from "../../../src/cli/export/program";
import { credentialCommands, writeProject } from "../../../src/cli/export/project";
import { withoutSecrets } from "../../../src/cli/shared/account/contents";
import { matchesFilter } from "../../../src/cli/shared/account/read";
import { projectName } from "../../../src/cli/shared/project/files";
import { printable } from "../../../src/printable";
import type { Settings } from "../../../src/provider/settings";
import { accountOf, appId } from "./support";

const id = (n: number) => `5a0b1c2d0000000000000${String(n).padStart(3, "0")}`;
const typescript = { language: "typescript", adopt: false, protect: false } as const;

describe("naming", () => {
  it.each([
    ["Support", "support", "supportApp"],
    ["  Café & Bar_no. 1 ", "cafe-bar-no-1", "cafeBarNo1App"],
    ["24/7", "24-7", "app247"],
    ["サポート 🚀", "サポート", "サポートApp"],
    ["Ünïcode Straße", "unicode-straße", "unicodeStraßeApp"],
    ["Поддержка", "поддержка", "поддержкаApp"],
    ["delete", "delete", "deleteApp"],
    ["x".repeat(60), "x".repeat(40), `${"x".repeat(40)}App`],
  ])("turns %j into a resource name and a variable", (name, expected, variable) => {
    expect(slug(name)).toBe(expected);
    expect(identifier(expected, "App")).toBe(variable);
    expect(() => new Function(`const ${variable} = 1;`)).not.toThrow();
  });

  it.each(["", "🚀", "::", "\u202e\n", "___"])("returns an empty string for %j", (name) =>
    expect(slug(name)).toBe(""),
  );

  it("numbers only duplicates", () => {
    expect(numbered(["a", "b", "a", "a-2", "a"])).toEqual(["a", "b", "a-3", "a-2", "a-4"]);
    expect(numbered(["a", "b"], ["a"])).toEqual(["a-2", "b"]);
  });

  it("uses only ASCII in configuration keys", () => {
    expect(configKey("support-telegram", "telegram-1", "token")).toBe("supportTelegramToken");
    expect(configKey("サポート-telegram", "telegram-1", "token")).toBe("telegram1Token");
  });

  it("removes characters that move the cursor", () => {
    expect(printable("a\u001b[2K\u2028b\u202e c\n")).toBe("a [2K b  c");
    expect(printable("a".repeat(90))).toBe(`${"a".repeat(80)}…`);
  });

  it.each([
    ["support", true],
    ["Sup*", true],
    ["*", true],
    [appId, true],
    ["Sup", false],
    ["S.pport", false],
    ["Support/-?", false],
  ])("matches --app %j against the name and the id", (pattern, meant) => {
    expect(matchesFilter({ id: appId, name: "Support" }, [pattern])).toBe(meant);
  });

  it("derives a project's name from its folder's name", () => {
    expect(["shop", ".Mein Laden!", "サ"].map(projectName)).toEqual(["shop", "Mein-Laden", "smooch"]);
  });
});

describe("a literal", () => {
  it("escapes invisible characters, and is split into lines if it is long", () => {
    expect(literal({ a: 'x"\u202e', "b c": [true, 1] })).toBe('{ a: "x\\"\\u202e", "b c": [true, 1] }');
    const long = "x".repeat(60);
    expect(literal({ a: [long, long], b: {} })).toBe(
      `{\n  a: [\n    "${long}",\n    "${long}",\n  ],\n  b: {},\n}`,
    );
  });
});

describe("a program", () => {
  it("declares what exists, by reference, and leaves out defaults", () => {
    const account = accountOf({
      app: { id: appId, name: "Support", settings: { maskCreditCardNumbers: false, useAnimalNames: false } },
      keys: [
        { id: `app_${id(2)}`, name: "backend" },
        { id: `app_${id(1)}`, name: "backend" },
      ],
      webhooks: [
        { id: id(3), target: "https://bot.example.com/in", triggers: ["message"], version: "v1" },
        { id: id(4), target: "https://bot.example.com/?key=1", triggers: ["postback"], version: "v1" },
      ],
      integrations: [
        { id: id(5), type: "telegram", status: "active", details: { username: "bot" } },
        { id: id(6), type: "web", brandColor: "ff0000", conversationColor: "0099ff", details: {} },
      ],
    });
    const plan = makePlan(account);
    expect(writeProgram(plan, typescript)).toBe(`import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochIntegration, SmoochKey, SmoochWebhook } from "pulumi-smooch";

// Credentials that Smooch never shows: README.md says how to fill them in. Until then they stay as they are.
const config = new pulumi.Config();

// Support: app ${appId}
const supportApp = new SmoochApp("support", {
  name: "Support",
  settings: { maskCreditCardNumbers: false },
});
new SmoochKey("support-backend", { appId: supportApp.id, name: "backend" });
new SmoochKey("support-backend-2", { appId: supportApp.id, name: "backend" });
new SmoochWebhook("support-bot-example-com", {
  appId: supportApp.id,
  target: "https://bot.example.com/in",
});
new SmoochWebhook("support-bot-example-com-2", {
  appId: supportApp.id,
  target: "https://bot.example.com/?key=1",
  triggers: ["postback"],
});
SmoochIntegration.adopt("support-telegram", "${id(5)}", {
  appId: supportApp.id,
  type: "telegram",
  token: config.getSecret("supportTelegramToken"),
});
new SmoochIntegration("support-web", { appId: supportApp.id, type: "web", brandColor: "ff0000" });
`);
    expect(plan.notes).toEqual([
      `Webhook ${id(4)}: its target has a query or a password, which is stored in plain text in the exported files.`,
    ]);
    expect(credentialCommands(plan)).toEqual(["pulumi config set --secret supportTelegramToken"]);
  });

  it("is written in JavaScript, and adopts, if requested", () => {
    const plan = makePlan(accountOf({ keys: [{ id: `app_${id(1)}`, name: "a" }] }));
    expect(writeProgram(plan, { language: "javascript", adopt: true, protect: false })).toBe(
      `const { SmoochApp, SmoochKey } = require("pulumi-smooch");

// Support: app ${appId}
const supportApp = SmoochApp.adopt("support", "${appId}", { name: "Support" });
SmoochKey.adopt("support-a", "app_${id(1)}", { appId: supportApp.id, name: "a" });
`,
    );
  });

  it("does not depend on the order in which Smooch lists objects", () => {
    const { apps, ...rest } = accountOf();
    const twins = [...apps, { ...accountOf().apps[0], app: { id: id(1), name: "support" } }] as typeof apps;
    const one = makePlan({ ...rest, apps: twins });
    expect(makePlan({ ...rest, apps: twins.toReversed() })).toEqual(one);
    expect(one.groups.map(({ root }) => [root?.id, root?.name, root?.variable])).toEqual([
      [id(1), "support", "supportApp"],
      [appId, "support-2", "support2App"],
    ]);
  });

  it("falls back to ids if a name is unusable, and marks webhooks of another API version", () => {
    const app = { id: appId, name: "🚀" };
    const webhooks = [
      { id: id(1), target: "nowhere", triggers: ["conversation:message"], version: "v2" as const },
      { id: id(2), target: "https://[::1]", triggers: ["message"], version: "v1" as const },
    ];
    const plan = makePlan(accountOf({ app, keys: [{ id: `app_${id(1)}`, name: "🚀" }], webhooks }, "v2"));
    const [group] = plan.groups;
    expect([group?.title, group?.root?.variable]).toEqual([`🚀: app ${appId}`, `app${appId}App`]);
    expect(group?.children.map(({ name, args }) => [name, args])).toEqual([
      [`app-${appId}-key-app_${id(1)}`, { name: "🚀" }],
      [`app-${appId}-1`, { target: "https://[::1]", version: "v1" }],
    ]);
    expect(plan.notes).toEqual([
      `Left out: webhook ${id(1)}: target must be a URL that begins with http:// or https://, without spaces and backslashes.`,
    ]);
  });

  it("leaves out what the package does not support, and reports it", () => {
    const integrations = [
      { id: id(1), type: "newchannel", details: {} },
      { id: id(2), type: "custom", details: {} },
    ];
    const plan = makePlan(accountOf({ integrations }, "v2"));
    expect(plan.groups[0]?.children).toEqual([]);
    expect(plan.notes.map((note) => note.slice(0, 70))).toEqual([
      `Left out: integration ${id(1)}: type is not a channel `,
      `Left out: integration ${id(2)}: it does not have exact`,
    ]);
    const tooLong = makePlan(accountOf({ app: { id: appId, name: "x".repeat(101) } }));
    expect(tooLong).toEqual({
      groups: [],
      notes: [
        `Left out: app ${appId} with all that belongs to it: name must not be longer than 100 characters.`,
      ],
    });
  });

  it.each([
    ["telegram", "v1", ["token"]],
    ["messenger", "v2", ["appSecret", "pageAccessToken"]],
    ["whatsapp", "v2", ["accountManagementAccessToken"]],
    // Its signing key is optional.
    ["mailgun", "v2", ["apiKey"]],
    ["web", "v2", []],
  ] as const)("reads the credentials of %s in %s from the configuration", (type, version, fields) => {
    const plan = makePlan(accountOf({ integrations: [{ id: id(1), type, details: {} }] }, version));
    expect(plan.groups[0]?.children[0]?.credentials.map(({ field }) => field)).toEqual(fields);
  });
});

describe("an import file", () => {
  it("contains what the state will contain, without a secret", () => {
    const integration = withoutSecrets("integration", {
      id: id(2),
      type: "twitter",
      tier: "premium",
      consumerKey: "canary-1",
      webhookSecret: "canary-2",
      details: { username: "ann" },
    });
    const webhook = {
      id: id(1),
      target: "https://bot.example.com",
      triggers: ["message"],
      version: "v1" as const,
    };
    const text = writeImportFile(makePlan(accountOf({ webhooks: [webhook], integrations: [integration] })));
    expect(text).not.toContain("canary");
    const { resources } = JSON.parse(text) as { resources: object[] };
    const __seenBy = "act_1@api.smooch.io/v1";
    const provider = (kind: string) => ({
      __provider: `exports.handler=()=>require("pulumi-smooch/provider").${kind}`,
    });
    const inputs = { appId, target: "https://bot.example.com", triggers: ["message"], version: "v1" };
    const channel = { appId, type: "twitter", tier: "premium" };
    expect(resources).toEqual([
      {
        type: "pulumi-nodejs:dynamic/smooch:App",
        name: "support",
        id: appId,
        inputs: { name: "Support", ...provider("app") },
        outputs: { name: "Support", __seenBy, ...provider("app") },
      },
      {
        type: "pulumi-nodejs:dynamic/smooch:Webhook",
        name: "support-bot-example-com",
        id: id(1),
        inputs: { ...inputs, ...provider("webhook") },
        outputs: { ...inputs, __seenBy, ...provider("webhook") },
      },
      {
        type: "pulumi-nodejs:dynamic/smooch:Integration",
        name: "support-twitter",
        id: id(2),
        inputs: { ...channel, ...provider("integration") },
        outputs: {
          ...channel,
          details: { username: "ann" },
          __seenBy,
          __adopted: true,
          ...provider("integration"),
        },
      },
    ]);
  });
});

describe("a project", () => {
  const settings: Settings = {
    baseUrl: "https://api.eu-1.smooch.io",
    credential: { keyId: "act_1", secret: "canary-secret" },
    auth: "jwt",
    apiVersion: "v2",
    maxConcurrency: 8,
    requestTimeoutMs: 30_000,
    debug: false,
  };

  it("lists the commands to run, without the account's secret", () => {
    const integrations = [{ id: id(1), type: "telegram", details: {} }];
    const plan = makePlan(accountOf({ integrations }, "v2"));
    const options = { ...typescript, folder: "shop", settings };
    const files = writeProject(plan, options);
    expect([...files.keys()]).toEqual([
      "Pulumi.yaml",
      "package.json",
      "tsconfig.json",
      "index.ts",
      "import.json",
      ".gitignore",
      "README.md",
    ]);
    expect([...files.values()].join()).not.toContain("canary-secret");
    expect(files.get("README.md")).toContain(`npm install
pulumi stack init dev
pulumi config set smooch:apiVersion v2
pulumi config set smooch:region eu-1
pulumi config set smooch:accountKeyId act_1
pulumi config set --secret smooch:accountKeySecret
pulumi import --file import.json --yes --generate-code=false --protect=false
pulumi refresh --yes
pulumi preview --expect-no-changes
`);
    expect(files.get("README.md")).toContain("\npulumi config set --secret supportTelegramToken\n");
    expect(files.get("README.md")).toContain(
      "\nDo not run `pulumi up` before `pulumi import`: it would create everything a second time.\n",
    );
    expect(files.get("README.md")).not.toContain("To review");
  });

  it("has no import file if the program adopts, and lists what to review", () => {
    const plan = { ...makePlan(accountOf()), notes: ["Left out: something."] };
    const options = {
      language: "javascript" as const,
      adopt: true,
      protect: false,
      folder: "1",
      settings: {
        ...settings,
        baseUrl: "http://127.0.0.1:1",
        auth: "basic" as const,
        credential: { token: "canary" },
      },
    };
    const files = writeProject(plan, options);
    expect([...files.keys()]).toEqual(["Pulumi.yaml", "package.json", "index.js", ".gitignore", "README.md"]);
    expect(files.get("Pulumi.yaml")).toContain('name: "1"\n');
    const readme = files.get("README.md") ?? "";
    expect(readme).toContain(
      "pulumi config set smooch:auth basic\npulumi config set smooch:baseUrl http://127.0.0.1:1\n",
    );
    expect(readme).toContain("pulumi config set --secret smooch:accountToken\npulumi up --yes\n");
    expect(readme).toContain("## To review\n\n- Left out: something.\n");
    expect(readme).not.toContain("a second time");
  });

  it("with a stack for each app warns of creating everything a second time", () => {
    const options = { folder: "fleet", protect: true, settings };
    expect(writeFleet(makeFleetPlan(accountOf()), options).get("README.md")).toContain(
      "\nDo not run `node fleet.mjs up` before `node fleet.mjs import`: it would create everything a second time.\n",
    );
  });
});
