/** What a program has that a page's lines are pasted into: one line for each name. */
const given: Readonly<Record<string, string>> = {
  pulumi: 'import * as pulumi from "@pulumi/pulumi";',
  ...Object.fromEntries(
    ["SmoochApp", "SmoochKey", "SmoochWebhook", "SmoochIntegration", "SmoochProvider"].map((name) => [
      name,
      `import { ${name} } from "pulumi-smooch";`,
    ]),
  ),
  ...Object.fromEntries(
    ["app", "config", "target", "token", "wechatAppId", "appSecret", "keyId", "secret"].map((name) => [
      name,
      `import { ${name} } from "./given";`,
    ]),
  ),
};

/** A module out of lines of a page: what they use and neither import nor declare is given. */
export function fragment(text: string): string {
  const declared = (name: string) =>
    new RegExp(`const ${name}\\b|^import [^;]*\\b${name}\\b`, "m").test(text);
  const used = (name: string) => new RegExp(`(?<![."\\w])${name}\\b(?!["\\w]|: )`).test(text);
  const lines = Object.entries(given).filter(([name]) => used(name) && !declared(name));
  // A module also where it exports nothing.
  return [...lines.map(([, line]) => line), text, "export {};", ""].join("\n");
}

/** The module that gives it, in a program whose app is made already. */
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
