import { describe, expect, it } from "vitest";
import manifest from "../../package.json";
import { packageSchema } from "../../scripts/schema/schema.mjs";
import * as table from "../../src/kinds";
import { definitions } from "../../src/provider/kinds";
import { apiVersions } from "../../src/smooch/api-version";

const facts = { ...table, table: table.kinds, kinds: definitions, apiVersions };
const schema = packageSchema(facts, manifest);

/** Contracts: names that users' programs and states contain. A change here breaks them. */
describe("the plugin's schema", () => {
  it("has these resources, inputs and outputs", () => {
    const listed = Object.entries(schema.resources).map(
      ([token, { inputProperties, requiredInputs, properties, aliases }]) => [
        token,
        {
          inputs: Object.keys(inputProperties).filter((name) => !requiredInputs.includes(name)),
          required: requiredInputs,
          outputs: Object.keys(properties).filter((name) => inputProperties[name] === undefined),
          aliases: aliases.map(({ type }) => type),
        },
      ],
    );
    const { "smooch:index:Integration": integration, ...others } = Object.fromEntries(listed);
    expect(others).toEqual({
      "smooch:index:App": {
        inputs: ["name", "settings", "metadata"],
        required: [],
        outputs: ["appToken"],
        aliases: ["pulumi-nodejs:dynamic/smooch:App"],
      },
      "smooch:index:Key": {
        inputs: ["name", "keepers", "rotateAfterDays"],
        required: ["appId"],
        outputs: ["secret", "jwt"],
        aliases: ["pulumi-nodejs:dynamic/smooch:Key"],
      },
      "smooch:index:Webhook": {
        inputs: ["triggers", "version", "includeFullUser", "includeClient", "displayName"],
        required: ["appId", "target"],
        outputs: ["secret", "webhookId"],
        aliases: ["pulumi-nodejs:dynamic/smooch:Webhook"],
      },
      "smooch:index:IntegrationKey": {
        inputs: ["name", "keepers", "rotateAfterDays"],
        required: ["appId", "integrationId"],
        outputs: ["secret", "jwt"],
        aliases: ["pulumi-nodejs:dynamic/smooch:IntegrationKey"],
      },
      "smooch:index:Switchboard": {
        inputs: ["enabled", "defaultIntegration", "integrations"],
        required: ["appId"],
        outputs: ["integrationIds"],
        aliases: ["pulumi-nodejs:dynamic/smooch:Switchboard"],
      },
      "smooch:index:SwitchboardIntegration": {
        inputs: [
          "name",
          "integrationId",
          "integrationType",
          "deliverStandbyEvents",
          "messageHistoryCount",
          "nextSwitchboardIntegrationId",
        ],
        required: ["appId", "switchboardId"],
        outputs: [],
        aliases: ["pulumi-nodejs:dynamic/smooch:SwitchboardIntegration"],
      },
      "smooch:index:Menu": {
        inputs: ["integrationId", "inputEnabled"],
        required: ["appId", "items"],
        outputs: [],
        aliases: ["pulumi-nodejs:dynamic/smooch:Menu"],
      },
      "smooch:index:Template": {
        inputs: ["name"],
        required: ["appId", "message"],
        outputs: [],
        aliases: ["pulumi-nodejs:dynamic/smooch:Template"],
      },
      "smooch:index:ServiceAccount": {
        inputs: ["name"],
        required: [],
        outputs: [],
        aliases: ["pulumi-nodejs:dynamic/smooch:ServiceAccount"],
      },
      "smooch:index:ServiceAccountKey": {
        inputs: ["name", "keepers", "rotateAfterDays"],
        required: ["serviceAccountId"],
        outputs: ["secret", "jwt"],
        aliases: ["pulumi-nodejs:dynamic/smooch:ServiceAccountKey"],
      },
    });
    expect(integration).toMatchObject({
      required: ["appId", "type"],
      outputs: ["status", "webhookSecret", "details"],
      aliases: ["pulumi-nodejs:dynamic/smooch:Integration"],
    });
    expect(Object.keys(schema.resources["smooch:index:Integration"]?.inputProperties ?? {})).toEqual(
      Object.keys(definitions.integration.inputs.shape),
    );
  });

  it("has these functions, types and settings", () => {
    const signatures = Object.entries(schema.functions).map(([token, { inputs, outputs }]) => [
      token,
      [Object.keys(inputs.properties), inputs.required, Object.keys(outputs.properties)],
    ]);
    expect(Object.fromEntries(signatures)).toEqual({
      "smooch:index:getApp": [["appId"], ["appId"], ["id", "name", "appToken", "settings", "metadata"]],
      "smooch:index:getKeys": [["appId"], ["appId"], ["keys"]],
      "smooch:index:getKeyJwt": [["appId", "keyId"], ["appId", "keyId"], ["jwt"]],
      "smooch:index:signJwt": [
        ["keyId", "secret", "scope", "userId", "expiresIn"],
        ["keyId", "secret"],
        ["jwt"],
      ],
    });
    expect(Object.keys(schema.types)).toEqual([
      "smooch:index:AppSettings",
      "smooch:index:IntegrationWebhook",
      "smooch:index:SwitchboardEntry",
      "smooch:index:MenuItem",
      "smooch:index:KeyResult",
    ]);
    const settings = [
      "accountKeyId",
      "accountKeySecret",
      "accountToken",
      "apiVersion",
      "auth",
      "region",
      "baseUrl",
      "maxConcurrency",
      "requestTimeout",
    ];
    expect(Object.keys(schema.config.variables)).toEqual(settings);
    expect(Object.keys(schema.provider.inputProperties)).toEqual(settings);
  });

  it("has the types of objects inside lists and maps, and of objects inside themselves", () => {
    const items = { type: "array", items: { $ref: "#/types/smooch:index:MenuItem" } };
    expect(schema.resources["smooch:index:Menu"]?.inputProperties.items).toMatchObject(items);
    const { properties, required } = schema.types["smooch:index:MenuItem"] ?? {};
    expect(Object.keys(properties ?? {})).toEqual(["type", "text", "uri", "payload", "items"]);
    expect(properties?.items).toEqual({
      ...items,
      description:
        "For a submenu: 1 to 5 items. Submenus can be in the first two of three levels; some channels show fewer.",
    });
    expect(required).toEqual(["type", "text"]);
    const { integrations, integrationIds } = schema.resources["smooch:index:Switchboard"]?.properties ?? {};
    const ofEntries = { $ref: "#/types/smooch:index:SwitchboardEntry" };
    expect(integrations).toMatchObject({ type: "object", additionalProperties: ofEntries });
    expect(integrationIds).toMatchObject({ type: "object", additionalProperties: { type: "string" } });
    expect(schema.types["smooch:index:SwitchboardEntry"]?.properties.next?.description).toBe(
      "Name of the integration that it hands conversations over to when it names none. Two can name each other. Default: none.",
    );
  });

  it("says in which API versions a resource exists", () => {
    const versionsOf = (type: string) =>
      /^API versions: .*$/m.exec(schema.resources[`smooch:index:${type}`]?.description ?? "")?.[0];
    expect(["App", "Switchboard", "ServiceAccountKey"].map(versionsOf)).toEqual([
      "API versions: v1, v1.1, v2.",
      "API versions: v2.",
      "API versions: v1, v1.1.",
    ]);
  });

  it("marks all secrets, and says what replaces", () => {
    const secrets = Object.entries(schema.resources).flatMap(([, { properties }]) =>
      Object.entries(properties).flatMap(([name, { secret }]) => (secret ? [name] : [])),
    );
    for (const name of [...definitions.integration.secrets, "jwt", "secret"]) expect(secrets).toContain(name);
    const replacing = Object.entries(schema.resources["smooch:index:Key"]?.inputProperties ?? {}).flatMap(
      ([name, { willReplaceOnChanges }]) => (willReplaceOnChanges ? [name] : []),
    );
    expect(replacing).toEqual(["appId", "name", "keepers"]);
  });

  it("describes everything", () => {
    const undescribed = [...Object.entries(schema.resources), ...Object.entries(schema.types)].flatMap(
      ([token, { properties, inputProperties = {} }]) =>
        [...Object.entries(properties), ...Object.entries(inputProperties)].flatMap(
          ([name, { description }]) => (description ? [] : [`${token}.${name}`]),
        ),
    );
    expect(undescribed).toEqual([]);
    const descriptions = Object.values(schema.resources).map(({ description }) => description);
    for (const text of descriptions) expect(text).not.toMatch(/\bSmooch[A-Z]|```/);
  });
});
