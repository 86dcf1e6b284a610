import { z } from "zod";
import { versionLine } from "../docs/parts.mjs";
import { interfaceIn, readChannels, readResource } from "../docs/source.mjs";
import { paragraphs, propertyText } from "./text.mjs";
import { outputType, Types } from "./types.mjs";

/** The resources of the package, and the object types that they use. */
export function resourcesOf(facts) {
  const resources = {};
  const types = {};
  for (const name of facts.kindNames) {
    const { resource, types: used } = resourceOf(facts, name);
    resources[facts.pluginType(name)] = resource;
    Object.assign(types, used);
  }
  return { resources, types };
}

function resourceOf(facts, name) {
  const kind = facts.kinds[name];
  const { classes, interfaces } = readResource(name);
  const [[className, declared]] = Object.entries(classes);
  const args = interfaces[`${className}Args`];
  const { textOf, typeNameOf } =
    args === undefined ? channelArguments(facts.table[name].type) : argumentsIn(interfaces, args);
  const types = new Types((path) => facts.pluginToken(typeNameOf(path)), textOf);
  const { properties, required } = z.toJSONSchema(kind.inputs, { unrepresentable: "any" });
  const inputProperties = Object.fromEntries(
    Object.entries(properties).map(([input, schema]) => [
      input,
      {
        ...types.convert(schema, [input]),
        description: textOf([input]),
        ...(kind.secrets.includes(input) && { secret: true }),
        ...(replaces(kind, input) && { willReplaceOnChanges: true }),
      },
    ]),
  );
  const outputs = outputsOf(kind, declared);
  const defaulted = Object.keys(
    kind.defaults?.({ version: "v1", declared: {}, resourceName: "a name" }) ?? {},
  );
  return {
    types: types.types,
    resource: {
      description: descriptionOf(declared, kind.in ?? facts.apiVersions),
      inputProperties,
      requiredInputs: required.filter((input) => !defaulted.includes(input)),
      properties: { ...mapValues(inputProperties, withoutReplacement), ...outputs },
      required: [...required, ...kind.requiredOutputs, ...Object.keys(kind.derived ?? {})],
      aliases: [{ type: facts.typeToken(name) }],
    },
  };
}

/** The outputs that are no inputs. */
function outputsOf(kind, declared) {
  const names = [...kind.outputs, ...Object.keys(kind.derived ?? {})];
  const docs = new Map(declared.outputs.map((output) => [output.name, output]));
  return Object.fromEntries(
    names.map((name) => {
      const { type, doc } = docs.get(name);
      const isSecret = kind.secrets.includes(name) || kind.derived?.[name] !== undefined;
      return [
        name,
        { ...outputType(type), description: propertyText(doc), ...(isSecret && { secret: true }) },
      ];
    }),
  );
}

/** What replaces an integration depends on its type, apart from what all of them share. */
function replaces({ replaceOn, address }, input) {
  const names = typeof replaceOn === "function" ? Object.keys(address.shape) : replaceOn;
  return names.includes(input);
}

function withoutReplacement({ willReplaceOnChanges: _, ...property }) {
  return property;
}

/** What is known of an argument, by the path of names that leads to it through objects, lists and maps. */
function argumentsIn(interfaces, args) {
  const innerName = ({ type }) => interfaceIn(type, interfaces);
  const memberAt = (path) =>
    path.reduce(
      ({ owner }, name) => {
        const member = owner.members.find((other) => other.name === name);
        return { member, owner: interfaces[innerName(member)] };
      },
      { owner: args },
    ).member;
  return {
    textOf: (path) => propertyText(memberAt(path).doc),
    typeNameOf: (path) => innerName(memberAt(path)).replace(/^Smooch/, ""),
  };
}

/** The arguments of all channels together; several channels may describe the same field. */
function channelArguments(kindType) {
  const { CustomIntegrationWebhook: inner, ...others } = readChannels();
  const described = {};
  for (const [owner, { members }] of Object.entries(others)) {
    for (const { name, doc } of members) {
      const channel = members.find((member) => member.name === "type")?.type.replaceAll('"', "");
      const text = propertyText(doc);
      if (text === "" || owner.startsWith("Prechat")) continue;
      described[name] ??= [];
      described[name].push({ channel, text });
    }
  }
  const texts = {
    type: "The channel's type, e.g. `web` or `twilio`.",
    ...mapValues(described, together),
    ...Object.fromEntries(inner.members.map(({ name, doc }) => [`webhooks.${name}`, propertyText(doc)])),
  };
  return {
    textOf: (path) => texts[path.join(".")],
    // The type of an item is named in the singular.
    typeNameOf: (path) => [kindType, ...path].map(capitalized).join("").replace(/s$/, ""),
  };
}

const capitalized = (name) => name.slice(0, 1).toUpperCase() + name.slice(1);

/** One text if all channels describe a field in the same words, otherwise one for each of them. */
function together(texts) {
  const distinct = [...new Set(texts.map(({ text }) => text))];
  return distinct
    .map((text) => {
      const same = texts.filter((one) => one.text === text);
      // What all channels have in common is described without a channel.
      const channels = same.some(({ channel }) => channel === undefined)
        ? []
        : same.map(({ channel }) => channel);
      return channels.length === 0 ? text : `${channels.join(", ")}: ${text}`;
    })
    .join("\n\n");
}

function descriptionOf({ doc }, versions) {
  const { credential = [], throws = [], source = [] } = doc.tags;
  const notes = [versionLine(versions), ...credential, ...throws, ...source.map((text) => `Source: ${text}`)];
  return [paragraphs(doc), ...notes.map((text) => paragraphs({ text }))].join("\n\n");
}

const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
