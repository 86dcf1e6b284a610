import { kindNames, kinds } from "../../../src/kinds";

/** What the program already has when lines of a page are pasted into it: one line for each name. */
const given: Readonly<Record<string, string>> = {
  pulumi: 'import * as pulumi from "@pulumi/pulumi";',
  ...Object.fromEntries(
    [...kindNames.map((kind) => kinds[kind].type), "Provider"].map((type) => [
      `Smooch${type}`,
      `import { Smooch${type} } from "pulumi-smooch";`,
    ]),
  ),
  ...Object.fromEntries(
    ["app", "config", "target", "token", "wechatAppId", "appSecret", "keyId", "secret"].map((name) => [
      name,
      `import { ${name} } from "./given";`,
    ]),
  ),
};

/** Turns lines of a page into a module that imports the given names they use but neither import nor declare. */
export function fragment(text: string): string {
  const declared = (name: string) =>
    new RegExp(`const ${name}\\b|^import [^;]*\\b${name}\\b`, "m").test(text);
  const used = (name: string) => new RegExp(`(?<![."\\w])${name}\\b(?!["\\w]|: )`).test(text);
  const lines = Object.entries(given).filter(([name]) => used(name) && !declared(name));
  // `export {}` makes it a module even if it exports nothing.
  return [...lines.map(([, line]) => line), text, "export {};", ""].join("\n");
}

/** The text of the module `./given`, for an app that already exists. */
export const givenBy = (appId: string): string => `
import * as pulumi from "@pulumi/pulumi";
import { SmoochApp } from "pulumi-smooch";
export const config = new pulumi.Config();
export const app = SmoochApp.get("given", "${appId}");
export const target = config.require("target");
export const token = pulumi.secret("a-token");
export const appSecret = pulumi.secret("an-app-secret");
export const [wechatAppId, keyId, secret] = ["wx1", "app_1", "a-secret-of-16-or-more"];
`;

/** A program of several modules. */
export const programOf = (modules: readonly string[]): string =>
  modules.map((name) => `export * from "./${name}";\n`).join("");
