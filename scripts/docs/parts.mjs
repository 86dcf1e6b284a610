import { blocks, code, joined, table } from "./markdown.mjs";

/** Parts that all resource pages share. */

export function opening(name, { doc }) {
  return [
    `# ${name}`,
    "<!-- Written by `npm run docs` from the doc comments in src/resources: change them there. -->",
    ...blocks(doc.text).map(joined),
  ];
}

/** Outputs, static functions, requirements and errors. */
export function closing({ doc, outputs, functions }, kind) {
  const { credential = [], throws = [], source = [] } = doc.tags;
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
        Meaning: joined(doc.text),
      })),
    ),
    functions.length > 0 && "## Static functions",
    ...functions.flatMap(({ name, signature, doc }) => [
      `### ${name}`,
      code(signature),
      ...blocks(doc.text).map(joined),
    ]),
    "## Credential and errors",
    [...credential, ...throws, ...advice]
      .map(joined)
      .map((line) => `- ${line}`)
      .join("\n"),
    "Every message tells you what to do next; see also [troubleshooting](../troubleshooting.md).",
    ...source.map((text) => `Source: ${joined(text)}`),
  ];
}

const columns = ["Argument", "Type", "Required", "Default", "API", "A change", "Secret", "Meaning"];

export const legend =
  "_Replaces_: a new object is created and the old one deleted. If no API version is named, all versions have it.";

/** An interface's description and its members. */
export function introduced({ doc, members }, row) {
  const [first = "", ...rest] = blocks(doc.text).map(joined);
  return [first.replace(/^Arguments of `\w+`\. ?/, ""), ...rest, argumentsTable(members, row)];
}

export function argumentsTable(members, row) {
  return table(columns, members.map(row));
}

/** Rows for the arguments of a kind, with the same rules for all of them. */
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

/** A row with what the declaration alone tells. */
export function plainRow({ name, type, optional, doc }) {
  return { Argument: code(name), Type: typeCell(type), Required: optional ? "" : "yes", ...described(doc) };
}

export function described({ text, tags: { defaultValue: [value = ""] = [] } }) {
  return { Default: cell(joined(value)), Meaning: cell(joined(text)) };
}

const cell = (text) => text.replaceAll("|", "\\|");

/** Links to the types that have their own tables. */
function typeCell(type) {
  const [name] = /\b(SmoochAppSettings|Prechat\w+|CustomIntegrationWebhook)\b/.exec(type) ?? [];
  return name === undefined ? code(type) : `[${code(type)}](#${name.toLowerCase()})`;
}
