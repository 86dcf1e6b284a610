import { code, sentences, table } from "./markdown.mjs";
import { argumentsTable, introduced, legend, plainRow, prose, versionLine } from "./parts.mjs";
import { interfacesInside } from "./source.mjs";

/** All channels and their arguments: descriptions from the doc comments, everything else from the table of channels. */
export function channelSections({ channels, commonFields, kinds, apiVersions }, interfaces) {
  const byType = new Map(
    Object.values(interfaces).map((args) => [args.members.find(({ name }) => name === "type")?.type, args]),
  );
  const sections = Object.entries(channels).map(([type, channel]) => {
    const declared = byType.get(`"${type}"`);
    return { type, channel, ...declared };
  });
  return [
    "## Channels",
    table(
      ["Type", "API", "In v1 and v1.1", "Meaning"],
      sections.map(({ type, channel, doc }) => ({
        Type: `[${code(type)}](#${type.toLowerCase()})`,
        API: channel.in.join(", "),
        "In v1 and v1.1": channel.legacyType ? code(channel.legacyType) : "",
        Meaning: sentences(doc.text)[0],
      })),
    ),
    "A type has the same name here in all API versions. The third column shows its name in Smooch's older reference.",
    "## Arguments of every channel",
    ...introduced(interfaces.IntegrationArgs, (member) =>
      channelRow(member, commonFields[member.name], { in: apiVersions }, kinds.integration, interfaces),
    ),
    legend,
    ...sections.flatMap((section) => channelSection(section, kinds.integration, interfaces)),
  ];
}

function channelSection({ type, channel, doc, members }, kind, interfaces) {
  const own = members.filter(({ name }) => name !== "type");
  const { details } = channel;
  return [
    `### ${type}`,
    ...prose(doc),
    availability(channel),
    argumentsTable(own, (member) =>
      channelRow(member, channel.fields[member.name], channel, kind, interfaces),
    ),
    details.length > 0 && `In the output \`details\`: ${details.map(code).join(", ")}.`,
    ...[...interfacesInside(own, interfaces).keys()].flatMap((name) => [
      `#### ${name}`,
      ...introduced(interfaces[name], (member) => plainRow(member, interfaces)),
    ]),
  ];
}

function availability({ in: versions, without = [] }) {
  return [versionLine(versions), without.length > 0 && `There is no ${without.map(code).join(" and no ")}.`]
    .filter(Boolean)
    .join(" ");
}

/** A row for a channel's field; the escape hatches for newer fields are not in the table of channels. */
function channelRow(member, field, channel, kind, interfaces) {
  const known = field?.in ?? channel.in;
  const row = plainRow(member, interfaces);
  return {
    ...row,
    Required: field === undefined ? row.Required : requiredIn(field, channel),
    API: known.length < channel.in.length ? known.join(", ") : "",
    "A change": field === undefined ? undeclaredChange(member.name) : changeOf(field, known),
    Secret: kind.secrets.includes(member.name) ? "yes" : "",
  };
}

function requiredIn({ required = [] }, channel) {
  const versions = channel.in.filter((version) => required.includes(version));
  return versions.length === channel.in.length ? "yes" : versions.join(", ");
}

const undeclaredChange = (name) => (name === "appId" ? "replaces" : "in place");

function changeOf({ changes = [] }, known) {
  const inPlace = known.filter((version) => changes.includes(version));
  if (inPlace.length === known.length) return "in place";
  return inPlace.length === 0 ? "replaces" : `in place in ${inPlace.join(", ")}, otherwise replaces`;
}
