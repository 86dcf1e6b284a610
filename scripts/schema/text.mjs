import { blocks, isCode, joined } from "../docs/markdown.mjs";

/** A doc comment's paragraphs without its examples, with the names that all languages share. */
export function paragraphs({ text }) {
  return blocks(text)
    .filter((block) => !isCode(block))
    .map(joined)
    .join("\n\n")
    .replaceAll(/\bSmooch(App|Key|Webhook|Integration|Provider)\b/g, "$1");
}

/** A property's description: its doc comment, its default and the API versions that have it. */
export function propertyText(doc) {
  const { defaultValue: [value] = [], apiVersions: [versions] = [] } = doc.tags;
  return [
    paragraphs(doc),
    value && `Default: ${joined(value)}.`,
    versions && `API versions: ${joined(versions)}.`,
  ]
    .filter(Boolean)
    .join(" ");
}
