import { kebab } from "../lib/facts.mjs";
import { channelSections } from "./channels.mjs";
import { code, formatted } from "./markdown.mjs";
import { closing, described, explained, introduced, legend, opening, rowsOf, versionLine } from "./parts.mjs";
import {
  fileOf,
  inheritedFile,
  interfacesInside,
  readChannels,
  readDeclarations,
  readResource,
} from "./source.mjs";

/**
 * The pages of `docs/resources`, by file name. Descriptions come from the doc comments in `src/resources`; everything
 * else comes from the provider itself (`facts`: its kinds, channels and setting names).
 */
export function writeReference(facts) {
  const pages = facts.kindNames.map((kind) => [`${kebab(kind)}.md`, writeKind(facts, kind)]);
  return Object.fromEntries(
    [...pages, ["provider.md", writeProvider(facts)]].map(([name, parts]) => [name, write(parts)]),
  );
}

/** The formatter does not know front matter, the first part. */
function write([frontMatter, ...parts]) {
  return `${frontMatter}\n\n${formatted(parts.filter(Boolean).join("\n\n"))}`;
}

function writeKind(facts, kind) {
  const { classes, interfaces } = readResource(kind);
  const [[className, declared]] = Object.entries(classes);
  const args = interfaces[`${className}Args`];
  // An integration's arguments depend on its type.
  const sections =
    args === undefined
      ? channelSections(facts, readChannels())
      : ["## Arguments", ...argumentSections(facts, kind, args, interfaces), legend];
  const { in: versions = facts.apiVersions } = facts.kinds[kind];
  return [
    ...opening(className, declared),
    versionLine(versions),
    ...sections,
    ...closing(declared, facts.kinds[kind], interfaces),
  ];
}

/** The arguments, and those of nested objects. */
function argumentSections(facts, kind, args, interfaces) {
  const inner = [...interfacesInside(args.members, interfaces)];
  return [
    ...introduced(args, rowsOf(facts, kind, interfaces)),
    ...inner.flatMap(([name, path]) => [
      `### ${name}`,
      ...introduced(interfaces[name], rowsOf(facts, kind, interfaces, path)),
    ]),
  ];
}

function writeProvider(facts) {
  const { classes, interfaces } = readDeclarations([fileOf("provider")]);
  return [
    ...opening("SmoochProvider", classes.SmoochProvider),
    "## Arguments",
    "The stack's configuration and the environment have the same settings. All can be changed in place.",
    settingsTable(interfaces.SmoochProviderArgs, facts),
  ];
}

/** The names of classes, interfaces, arguments, outputs and static functions without a doc comment. */
export function undocumented(kindNames) {
  const { interfaces, classes } = readDeclarations([
    ...[...kindNames, "provider"].map(fileOf),
    inheritedFile,
  ]);
  return Object.entries({ ...interfaces, ...classes, ...readChannels() }).flatMap(
    ([owner, { doc, members = [], outputs = [], functions = [] }]) =>
      [{ doc }, ...members, ...outputs, ...functions]
        .filter(({ doc, type }) => doc.text.trim() === "" && !isDiscriminator(type))
        .map(({ name }) => (name === undefined ? owner : `${owner}.${name}`)),
  );
}

/** `type: "twilio"` needs no description. */
const isDiscriminator = (type) => /^"\w+"$/.test(type ?? "");

function settingsTable({ members }, { environmentName }) {
  const [inStack, inEnvironment] = ["In the stack's configuration", "In the environment"];
  const rows = members.map(({ name, type, doc }) => ({
    Argument: code(name),
    [inStack]: code(`smooch:${name}`),
    [inEnvironment]: code(environmentName(name)),
    Type: code(type),
    Secret: doc.tags.secret ? "yes" : "",
    ...described(doc),
  }));
  return explained(["Argument", inStack, inEnvironment, "Type", "Default", "Secret"], rows);
}
