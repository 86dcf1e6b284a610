import { blocks, code, isCode, joined, sentences, table } from "./markdown.mjs";

/** Parts that the pages of all resources have. */

// What is said once, at the end of the page.
const isCondition = (sentence) => /^(Needs|Fails) |\(HTTP \d+\)/.test(sentence);
const isSource = (block) => block.startsWith("Source: ");

export function opening(name, { doc }) {
  const parts = blocks(doc).filter((block) => !isSource(block));
  return [
    `# ${name}`,
    "<!-- Written by `npm run docs` from the doc comments in src/resources: change them there. -->",
    ...parts.map(withoutConditions),
  ];
}

function withoutConditions(block) {
  if (isCode(block)) return block;
  return sentences(block)
    .filter((sentence) => !isCondition(sentence))
    .join(" ");
}

/** Outputs, static functions, what it takes and what can go wrong. */
export function closing({ doc, outputs, functions }, kind) {
  const all = blocks(doc);
  const said = all
    .filter((block) => !isCode(block))
    .flatMap(sentences)
    .filter(isCondition);
  const advice = Object.entries(kind.advice ?? {}).map(([status, text]) => `HTTP ${status}: ${text}`);
  return [
    "## Outputs",
    "Besides Pulumi's own `id` and `urn`:",
    table(
      ["Output", "Type", "Secret", "Meaning"],
      outputs.map(({ name, type, doc }) => ({
        Output: code(name),
        Type: code(type),
        Secret: kind.secrets.includes(name) || name === "jwt" ? "yes" : "",
        Meaning: joined(doc),
      })),
    ),
    functions.length > 0 && "## Static functions",
    ...functions.flatMap(({ name, signature, doc }) => [
      `### ${name}`,
      code(signature),
      ...blocks(doc).map(joined),
    ]),
    "## Credential and errors",
    [...said, ...advice].map((line) => `- ${line}`).join("\n"),
    "Every message tells you what to do next; see also [troubleshooting](../operations.md).",
    ...all.filter(isSource).map(joined),
  ];
}

const columns = ["Argument", "Type", "Required", "Default", "API", "A change", "Secret", "Meaning"];

export const legend =
  "_Replaces_: a new object is created and the old one deleted. If no API version is named, all versions have it.";

/** What an interface says of itself, and its members. */
export function introduced({ doc, members }, row) {
  const [first = "", ...rest] = blocks(doc).map(joined);
  return [first.replace(/^Arguments of `\w+`\. ?/, ""), ...rest, argumentsTable(members, row)];
}

export function argumentsTable(members, row) {
  return table(columns, members.map(row));
}

/** A row for an argument of a kind whose rules hold for all that it is. */
export function rowsOf({ kinds, apiVersions }, kindName, path = "") {
  const kind = kinds[kindName];
  return (member) => {
    const place = path + member.name;
    const known = apiVersions.filter((version) => !isTooNew(kind, place, version, apiVersions));
    return {
      ...plainRow(member),
      API: known.length < apiVersions.length ? known.join(", ") : "",
      "A change": kind.replaceOn.includes(place) ? "replaces" : "in place",
      Secret: kind.secrets.includes(place) ? "yes" : "",
    };
  };
}

function isTooNew({ since = {} }, place, version, apiVersions) {
  return since[place] !== undefined && apiVersions.indexOf(version) < apiVersions.indexOf(since[place]);
}

/** A row with what the declaration alone says. */
export function plainRow({ name, type, optional, doc }) {
  return { Argument: code(name), Type: typeCell(type), Required: optional ? "" : "yes", ...described(doc) };
}

// Facts that have a column. Sentences that say more than that stay.
const inColumns = [
  /^Secret\.$/,
  /^API versions: [v\d., ]+\.$/,
  /^Required in v[\w. ]+\.$/,
  /^(Can be changed in place|Changing this (makes a new integration|replaces the \w+))\.$/,
  /^Can be changed in place in .*; in .* changing this makes a new integration\.$/,
];

export function described(doc) {
  const all = sentences(doc).filter((text) => !inColumns.some((pattern) => pattern.test(text)));
  const standard = all.find((text) => /^(Smooch's default|Default): /.test(text)) ?? "";
  const [, whose, value] = /^(Smooch's default|Default): (.*)\.$/.exec(standard) ?? [];
  return {
    Default: value === undefined ? "" : cell(whose === "Default" ? value : `${value} (Smooch)`),
    Meaning: cell(all.filter((text) => text !== standard).join(" ")),
  };
}

const cell = (text) => text.replaceAll("|", "\\|");

/** With a link to what has a table of its own. */
function typeCell(type) {
  const [name] = /\b(SmoochAppSettings|Prechat\w+|CustomIntegrationWebhook)\b/.exec(type) ?? [];
  return name === undefined ? code(type) : `[${code(type)}](#${name.toLowerCase()})`;
}
