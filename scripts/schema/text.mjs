import { blocks, isCode, joined } from "../docs/markdown.mjs";

/** A doc comment's paragraphs without its examples, with the names that all languages share. */
export function paragraphs({ text }) {
  return blocks(text)
    .filter((block) => !isCode(block))
    .map(joined)
    .join("\n\n")
    .replaceAll(/\ba (`?)Smooch([AEIOU]\w+)\b/g, "an $1$2")
    .replaceAll(/\bSmooch([A-Z]\w+)\b/g, "$1")
    .replaceAll("`undefined`", "not set")
    .replaceAll("wrap it in `pulumi.secret`", "make it a secret")
    .replaceAll(/\bThrows\b/g, "Fails");
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
