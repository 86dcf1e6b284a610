import { beforeAll, expect, test } from "vitest";
import { type Channel, type ChannelField, channels, commonFields } from "../../src/smooch/channels";
import { describeContract, loadDescription } from "./description";
import { isNode, type Node, nodeAt, nodesIn, refName, resolve, textsIn } from "./tree";

/** Where the client's channel table differs from the description, and why. */
const deviations = {
  /** Set by the service, although the description does not mark them read-only. */
  notWritten: ["messenger.pageId", "messenger.pageName"],
  /** Changed at the webhook's own path, with the body of `UpdateWebhook`. */
  changedElsewhere: ["custom.webhooks"],
  /** Credentials that are not marked write-only. */
  unreliable: [
    "apple.authenticationMessageSecret",
    "line.channelAccessToken",
    "line.channelSecret",
    "line.serviceCode",
    "line.switcherSecret",
    "mailgun.signingKey",
    "messenger.pageAccessToken",
    "whatsapp.accountManagementAccessToken",
  ],
};

const table: Readonly<Record<string, Channel>> = channels;
const types = Object.keys(table).filter((type) => table[type]?.in.includes("v2"));

describeContract("the client's channel table, compared with the description", () => {
  let schemas: Node = {};
  beforeAll(async () => {
    const description = await loadDescription();
    if (isNode(description)) schemas = nodeAt(description, "components", "schemas");
  });

  test("has the same types", () => {
    const described = nodesIn(nodeAt(schemas, "integrationOfType").oneOf).map(refName);
    expect(new Set(types)).toEqual(new Set(described));
  });

  test("has the same writable fields", () => {
    const described = types.flatMap((type) =>
      propertiesOf(type).filter(([, { readOnly }]) => readOnly !== true),
    );
    expect(named(fieldsOf())).toEqual(
      sorted(
        described.map(([name]) => name),
        deviations.notWritten,
      ),
    );
  });

  test("has the same required fields", () => {
    const described = types.flatMap((type) =>
      textsIn(own(type).required)
        .filter((name) => name !== "type")
        .map((name) => `${type}.${name}`),
    );
    expect(named(fieldsOf().filter(([, { required }]) => required?.includes("v2")))).toEqual(
      sorted(described),
    );
  });

  test("has the same updatable fields", () => {
    const updates = nodesIn(nodeAt(schemas, "integrationUpdate").anyOf).map((part) => refName(part) ?? "");
    const described = types.flatMap((type) => {
      const name = updates.find((update) => update.toLowerCase() === `${type}update`) ?? "";
      return Object.keys(ownProperties(nodeAt(schemas, name)))
        .filter((field) => !(field in commonFields))
        .map((field) => `${type}.${field}`);
    });
    expect(named(fieldsOf().filter(([, { changes }]) => changes?.includes("v2")))).toEqual(
      sorted([...described, ...deviations.changedElsewhere]),
    );
  });

  test("has the same fields that are never returned", () => {
    const described = types.flatMap((type) =>
      propertiesOf(type).filter(([, { writeOnly }]) => writeOnly === true),
    );
    expect(named(fieldsOf().filter(([, { writeOnly }]) => writeOnly))).toEqual(
      sorted([...described.map(([name]) => name), ...deviations.unreliable]),
    );
  });

  test("has the same types of values", () => {
    const kinds = new Map(types.flatMap(propertiesOf).map(([name, property]) => [name, kindOf(property)]));
    const different = fieldsOf().filter(
      ([name, { is }]) => kinds.get(name) !== (typeof is === "string" && is !== "color" ? is : "string"),
    );
    expect(different).toEqual([]);
  });

  test("lists the fields that the service sets among the details", () => {
    const described = types.flatMap((type) =>
      propertiesOf(type).filter(([, { readOnly }]) => readOnly === true),
    );
    const details = types.flatMap((type) =>
      [...(table[type]?.details ?? []), "webhookSecret"].map((name) => `${type}.${name}`),
    );
    // v1's reference: `envName` is an input in v1 and v1.1 and returned by its own name, so it is not a detail.
    const unknown = described.map(([name]) => name).filter((name) => !details.includes(name));
    expect(unknown).toEqual(["twitter.envName"]);
  });

  /** The part of a type's schema that it does not share with other types. */
  function own(type: string): Node {
    const part = nodesIn(nodeAt(schemas, type).allOf).find((part) => refName(part) === undefined);
    if (part === undefined) throw new Error(`The description does not define ${type}.`);
    return part;
  }

  function ownProperties(schema: Node): Node {
    const parts = [schema, ...nodesIn(schema.allOf)].filter((part) => refName(part) === undefined);
    return Object.assign({}, ...parts.map(({ properties }) => properties));
  }

  function propertiesOf(type: string): [name: string, property: Node][] {
    return Object.entries(nodeAt(own(type), "properties")).flatMap(([name, property]) =>
      name === "type" || !isNode(property) ? [] : [[`${type}.${name}`, property]],
    );
  }

  function kindOf(property: Node): ChannelField["is"] | undefined {
    const [inner = property] = nodesIn(property.allOf).map((part) =>
      resolve({ components: { schemas } }, part),
    );
    if (inner.type === "string") return "string";
    if (inner.type === "boolean") return "boolean";
    if (inner.type === "object") return "object";
    return inner.type === "array" && isNode(inner.items) && inner.items.type === "string"
      ? "strings"
      : "objects";
  }
});

/** The type-specific v2 fields of all types, by wire name. */
function fieldsOf(): [name: string, field: ChannelField][] {
  return types.flatMap((type) =>
    Object.entries(table[type]?.fields ?? {})
      .filter(([name, field]) => !(name in commonFields) && (field.in ?? ["v2"]).includes("v2"))
      .map(([name, field]): [string, ChannelField] => [`${type}.${field.wire ?? name}`, field]),
  );
}

const named = (fields: [name: string, field: ChannelField][]) => fields.map(([name]) => name).sort();
const sorted = (names: string[], without: string[] = []) =>
  names.filter((name) => !without.includes(name)).sort();
