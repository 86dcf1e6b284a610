import { blocks, code, isCode, joined, sentences, table } from "./markdown.mjs";
import { interfaceIn } from "./source.mjs";

/** Parts that all resource pages share. */

/** Begins with front matter, with which other sites can render the page. */
export function opening(name, { doc }) {
  return [
    ["---", `title: ${name}`, `meta_desc: ${JSON.stringify(sentences(doc.text)[0])}`, "---"].join("\n"),
    `# ${name}`,
    "<!-- Written by `npm run docs` from the doc comments in src/resources: change them there. -->",
    ...prose(doc),
  ];
}

/** The paragraphs and examples of a doc comment. */
export function prose({ text }) {
  return blocks(text).map((block) => (isCode(block) ? complete(block) : joined(block)));
}

const exported = /\b(?:Smooch[A-Z]\w*|getApp|getKeys|getKeyJwt|signJwt)\b/g;

/** An example with its imports. `app` is not declared: it is an app of the reader's. */
function complete(example) {
  const names = [...new Set(example.match(exported))].sort();
  const hasConfig = /(?<!const )\bconfig\./.test(example);
  const lines = [
    /\bpulumi\./.test(example) || hasConfig ? 'import * as pulumi from "@pulumi/pulumi";' : "",
    names.length > 0 ? `import { ${names.join(", ")} } from "pulumi-smooch";` : "",
    hasConfig ? "\nconst config = new pulumi.Config();" : "",
  ].filter((line) => line !== "");
  const isComplete = example.includes("import ") || lines.length === 0;
  return isComplete ? example : example.replace("\n", `\n${lines.join("\n")}\n\n`);
}

/** Outputs, static functions, requirements and errors. */
export function closing({ doc, outputs, functions }, kind, interfaces) {
  const { credential = [], throws = [], source = [] } = doc.tags;
  return [
    "## Outputs",
    "Besides Pulumi's own `id` and `urn`:",
    explained(
      ["Output", "Type", "Secret"],
      outputs.map(({ name, type, doc }) => ({
        Output: code(name),
        Type: typeCell(type, interfaces),
        Secret: kind.secrets.includes(name) || name === "jwt" ? "yes" : "",
        meaning: [doc.text, ...(doc.tags.nodejs ?? [])].map(joined).join(" "),
      })),
    ),
    functions.length > 0 && "## Static functions",
    ...functions.flatMap(({ name, signature, doc }) => [`### ${name}`, code(signature), ...prose(doc)]),
    "## Credential and errors",
    [...credential, ...throws]
      .map(joined)
      .map((line) => `- ${line}`)
      .join("\n"),
    "Every message tells you what to do next; see also [troubleshooting](../troubleshooting.md).",
    ...source.map((text) => `Source: ${joined(text)}`),
  ];
}

const columns = ["Argument", "Type", "Required", "Default", "API", "A change", "Secret"];

export const legend =
  "_Replaces_: a new object is created and the old one deleted. If an argument names no API version, it exists in all of those above.";

export const versionLine = (versions) => `API versions: ${versions.join(", ")}.`;

/** An interface's description and its members. */
export function introduced({ doc, members }, row) {
  const [first = "", ...rest] = prose(doc);
  return [first.replace(/^Arguments of `\w+`\. ?/, ""), ...rest, argumentsTable(members, row)];
}

export function argumentsTable(members, row) {
  return explained(columns, members.map(row));
}

/** A narrow table, and below it what each row means: sentences do not fit into a column. */
export function explained(heads, rows) {
  const [name] = heads;
  const meanings = rows.map((row) => `- ${row[name]}: ${row.meaning}`);
  return `${table(heads, rows)}\n\n${meanings.join("\n")}`;
}

/** Rows for the arguments of a kind, or those inside one, with the same rules for all of them. */
export function rowsOf({ kinds, apiVersions }, kindName, interfaces, path = []) {
  const kind = kinds[kindName];
  const versions = kind.in ?? apiVersions;
  return (member) => {
    const place = [...path, member.name].join(".");
    const known = versions.filter((version) => !isTooNew(kind, place, version, apiVersions));
    return {
      ...plainRow(member, interfaces),
      API: known.length < versions.length ? known.join(", ") : "",
      "A change": kind.replaceOn.includes(place) ? "replaces" : "in place",
      Secret: kind.secrets.includes(place) ? "yes" : "",
    };
  };
}

function isTooNew({ since = {} }, place, version, apiVersions) {
  return since[place] !== undefined && apiVersions.indexOf(version) < apiVersions.indexOf(since[place]);
}

/** A row with what the declaration alone tells. */
export function plainRow({ name, type, optional, doc }, interfaces) {
  return {
    Argument: code(name),
    Type: typeCell(type, interfaces),
    Required: optional ? "" : "yes",
    ...described(doc),
  };
}

export function described({ text, tags: { defaultValue: [value = ""] = [] } }) {
  return { Default: cell(joined(value)), meaning: joined(text) };
}

const cell = (text) => text.replaceAll("|", "\\|");

/** Links to the interface in a type, which has its own table. */
function typeCell(type, interfaces) {
  const name = interfaceIn(type, interfaces);
  return name === undefined ? code(type) : `[${code(type)}](#${name.toLowerCase()})`;
}
