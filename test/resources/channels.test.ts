import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { SmoochIntegrationArgs, UntypedIntegrationArgs } from "../../src/resources/channels";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import {
  type Channel,
  type ChannelField,
  channels,
  commonFields,
  secretChannelFields,
} from "../../src/smooch/channels";

const table: Readonly<Record<string, Channel>> = channels;

/** A doc comment. */
interface Doc {
  text: string;
  /** Without default values, which the table of channels does not contain. */
  tags: Record<string, string>;
}

interface Declared {
  name: string;
  doc: Doc;
  base: string;
  fields: Record<string, { optional: boolean; acceptsUndefined: boolean; type: string; doc: Doc }>;
}

const declared = readDeclarations(join(__dirname, "../../src/resources/channels"));
const byType = new Map(
  declared.map((args) => [args.fields.type?.type.replaceAll('"', "") ?? args.name, args]),
);

describe("the arguments of", () => {
  it("all channels match the table", () => {
    const types = declared.filter(({ fields }) => fields.type?.type.startsWith('"'));
    expect(types.map(({ fields }) => fields.type?.type).sort()).toEqual(
      Object.keys(table)
        .map((type) => `"${type}"`)
        .sort(),
    );
  });

  it.each(Object.entries(table))("%s match the fields of its row", (type, channel) => {
    const { type: _, ...fields } = byType.get(type)?.fields ?? {};
    expect(Object.keys(fields).sort()).toEqual(Object.keys(channel.fields).sort());
    for (const [name, field] of Object.entries(channel.fields)) {
      const required = channel.in.every((version) => field.required?.includes(version));
      expect(fields[name]?.optional, `whether ${name} is optional`).toBe(!required);
      expect(fields[name]?.type, `the type of ${name}`).toMatch(typeOf(field));
      expectFacts(name, fields[name]?.doc, field, channel.in);
    }
  });

  it.each(Object.entries(table))("%s name its API versions, and omit fields it lacks", (type, channel) => {
    const args = byType.get(type);
    expect(args?.doc.tags).toEqual({ apiVersions: channel.in.join(", ") });
    const without = channel.without?.map((name) => `"${name}"`).join(" | ");
    expect(args?.base).toBe(without ? `Omit<IntegrationArgs, ${without}>` : "IntegrationArgs");
  });

  it("any channel are the common fields, the app id, `fields` and `secretFields`", () => {
    const { appId, fields, secretFields, ...rest } = byType.get("IntegrationArgs")?.fields ?? {};
    expect([appId?.optional, fields?.optional, secretFields?.optional]).toEqual([false, true, true]);
    expect(Object.keys(rest).sort()).toEqual(Object.keys(commonFields).sort());
    for (const [name, field] of Object.entries(commonFields as Record<string, ChannelField>)) {
      expect(rest[name]?.optional, name).toBe(true);
      expect(rest[name]?.type, name).toMatch(typeOf(field));
      expectFacts(name, rest[name]?.doc, field, apiVersions);
    }
  });
});

// Otherwise `config.get(...)` could not be passed with exactOptionalPropertyTypes.
it("every optional argument may be undefined", () => {
  const others = readDeclarations(join(__dirname, "../../src/resources"));
  expect(others.map(({ name }) => name)).toContain("SmoochProviderArgs");
  const all = [...declared, ...others].flatMap(({ name, fields }) =>
    Object.entries(fields).map(([field, one]) => [`${name}.${field}`, one] as const),
  );
  const wrong = all.filter(([, { optional, acceptsUndefined }]) => optional !== acceptsUndefined);
  expect(wrong.map(([name]) => name)).toEqual([]);
});

it("every argument is described", () => {
  const all = declared.flatMap(({ name, doc, fields }) => [
    [name, doc.text],
    ...Object.entries(fields)
      .filter(([, { type }]) => !type.startsWith('"'))
      .map(([field, { doc }]) => [`${name}.${field}`, doc.text]),
  ]);
  expect(all.filter(([, text]) => !text)).toEqual([]);
});

it("the secret arguments are these", () => {
  expect([...secretChannelFields].sort()).toEqual([
    "accessKey",
    "accessTokenKey",
    "accessTokenSecret",
    "accountManagementAccessToken",
    "apiKey",
    "apiSecret",
    "appSecret",
    "authToken",
    "authenticationMessageSecret",
    "certificate",
    "channelAccessToken",
    "channelSecret",
    "clientEmail",
    "consumerKey",
    "consumerSecret",
    "encodingAesKey",
    "pageAccessToken",
    "password",
    "privateKey",
    "projectId",
    "secretFields",
    "serverKey",
    "serviceCode",
    "signingKey",
    "switcherSecret",
    "token",
  ]);
});

describe("the compiler", () => {
  const appId = "5a0b1c2d3e4f5a6b7c8d9e0f";

  it("knows which fields belong to which type", () => {
    const right: SmoochIntegrationArgs[] = [
      { appId, type: "twilio", accountSid: "AC1", authToken: "t", phoneNumberSid: "PN1", displayName: "SMS" },
      { appId, type: "custom", webhooks: [{ target: "https://example.com", triggers: ["user:merge"] }] },
      { appId, type: "web", fields: { launcher: { sizes: [1, null, { wide: true }] } } },
    ];
    const wrong: SmoochIntegrationArgs[] = [
      {
        appId,
        type: "twilio",
        accountSid: "AC1",
        authToken: "t",
        // @ts-expect-error: a Telegram field
        token: "t",
      },
      // @ts-expect-error: the token is missing
      { appId, type: "telegram" },
      {
        appId,
        type: "custom",
        webhooks: [
          { target: "https://example.com/1", triggers: ["user:merge"] },
          // @ts-expect-error: only one webhook is allowed
          { target: "https://example.com/2", triggers: ["user:merge"] },
        ],
      },
      {
        appId,
        type: "custom",
        webhooks: [{ target: "https://example.com", triggers: ["user:merge"] }],
        // @ts-expect-error: a custom integration has no default responder
        defaultResponderId: "5a0b1c2d3e4f5a6b7c8d9e0f",
      },
      // @ts-expect-error: no such style
      { appId, type: "web", displayStyle: "bubble" },
      // @ts-expect-error: v1's name for android
      { appId, type: "fcm", serverKey: "k", senderId: "1" },
    ];
    expect([right.length, wrong.length]).toEqual([3, 6]);
  });

  it("accepts an unknown type, with only `fields` and `secretFields`", () => {
    const newer: UntypedIntegrationArgs[] = [
      { appId, type: "pigeon", fields: { loft: "north" }, secretFields: { whistle: "w" } },
      // @ts-expect-error: belongs in fields
      { appId, type: "pigeon", loft: "north" },
    ];
    expect(newer.length).toBe(2);
  });
});

/** Expects the doc comment to match the table of channels. */
function expectFacts(
  name: string,
  doc: Doc | undefined,
  field: ChannelField,
  channelIn: readonly ApiVersion[],
) {
  expect(doc?.tags, `the tags of ${name}`).toEqual(tagsOf(field, channelIn));
  const isWithheld = field.writeOnly === true && !field.secret;
  expect(doc?.text.includes("Smooch does not give it back."), `what is said of ${name}`).toBe(isWithheld);
}

function tagsOf(field: ChannelField, channelIn: readonly ApiVersion[]): Doc["tags"] {
  const { in: known = channelIn, required = [], changes = [] } = field;
  const replaces = known.filter((version) => !changes.includes(version));
  const inPlace = replaces.length === 0 ? "in place" : `in place in ${changes.join(" and ")}`;
  const replacesIn =
    replaces.length === known.length
      ? "replaces the integration"
      : `replaces the integration in ${replaces.join(" and ")}`;
  const change = [replaces.length < known.length && inPlace, replaces.length > 0 && replacesIn];
  return {
    ...(field.secret && { secret: "" }),
    ...(known.length < channelIn.length && { apiVersions: known.join(", ") }),
    ...(required.length > 0 && required.length < known.length && { requiredIn: required.join(" and ") }),
    change: change.filter(Boolean).join("; "),
  };
}

function typeOf({ is }: ChannelField): RegExp {
  if (typeof is !== "string") {
    return new RegExp(`^pulumi\\.Input<${is.map((value) => `"${value}"`).join(" \\| ")}>$`);
  }
  return {
    string: /^pulumi\.Input<string>$/,
    boolean: /^pulumi\.Input<boolean>$/,
    strings: /^pulumi\.Input<pulumi\.Input<string>\[\]>$/,
    object: /^pulumi\.Input<[A-Z]\w+>$/,
    objects: /^pulumi\.Input<\[pulumi\.Input<[A-Z]\w+>\]>$/,
  }[is as "string" | "boolean" | "strings" | "object" | "objects"];
}

function readDeclarations(folder: string): Declared[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return files.flatMap((name) => {
    const file = ts.createSourceFile(
      name,
      readFileSync(join(folder, name), "utf8"),
      ts.ScriptTarget.Latest,
      true,
    );
    return file.statements.filter(ts.isInterfaceDeclaration).map((declaration) => ({
      name: declaration.name.text,
      doc: docOf(declaration),
      base: declaration.heritageClauses?.[0]?.types[0]?.getText() ?? "",
      fields: Object.fromEntries(
        declaration.members.filter(ts.isPropertySignature).map((member) => {
          const text = member.type?.getText() ?? "";
          const type = text.replace(/ \| undefined$/, "");
          const optional = member.questionToken !== undefined;
          return [
            member.name.getText(),
            { optional, acceptsUndefined: type !== text, type, doc: docOf(member) },
          ];
        }),
      ),
    }));
  });
}

function docOf(node: ts.Node): Doc {
  const textOf = ({ comment }: ts.JSDoc | ts.JSDocTag) => ts.getTextOfJSDocComment(comment) ?? "";
  const tags = ts.getJSDocTags(node).map((tag) => [tag.tagName.text, textOf(tag)] as const);
  return {
    text: ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).map(textOf).join(" ").replace(/\s+/g, " "),
    tags: Object.fromEntries(tags.filter(([name]) => name !== "defaultValue")),
  };
}
