import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

// By the package's own name, because the compiled file and the source lie at different depths.
const folder = join(dirname(require.resolve("pulumi-smooch/package.json")), "templates");

/** A file of `templates/` with its `{{names}}` filled in. */
export function fillTemplate(file: string, values: Readonly<Record<string, string>> = {}): string {
  const text = readFileSync(join(folder, file), "utf8");
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The template ${file} has no value for ${name}.`);
    return value;
  });
}
