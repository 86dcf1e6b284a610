import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../manifest";

/** A file of this package. */
export function readPackaged(file: string): string {
  return readFileSync(join(packageFolder, file), "utf8");
}

/** A file in `templates/` with its `{{placeholders}}` filled in. */
export function fillTemplate(file: string, values: Readonly<Record<string, string>> = {}): string {
  const text = readPackaged(join("templates", file));
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The template ${file} has no value for ${name}.`);
    return value;
  });
}
