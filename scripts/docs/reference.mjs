import { channelSections } from "./channels.mjs";
import { code, formatted, table } from "./markdown.mjs";
import { closing, described, introduced, legend, opening, rowsOf } from "./parts.mjs";
import { readDeclarations } from "./source.mjs";

const channelFiles = ["base", "chat", "custom", "email", "meta", "sdk", "sms"];

/**
 * The pages of `docs/resources`, by file name. What things mean stands in the doc comments of `src/resources`; what
 * the provider goes by (`facts`: its kinds, its channels, the names of its settings) is asked of the provider.
 */
export function writeReference(facts) {
  const { kinds } = facts;
  const write = (parts) => formatted(parts.filter(Boolean).join("\n\n"));
  const { interfaces, classes } = declarations();
  return {
    "app.md": write([
      ...opening("SmoochApp", classes.SmoochApp),
      "## Arguments",
      ...introduced(interfaces.SmoochAppArgs, rowsOf(facts, "app")),
      "### SmoochAppSettings",
      ...introduced(interfaces.SmoochAppSettings, rowsOf(facts, "app", "settings.")),
      legend,
      ...closing(classes.SmoochApp, kinds.app),
    ]),
    "key.md": write([
      ...opening("SmoochKey", classes.SmoochKey),
      "## Arguments",
      ...introduced(interfaces.SmoochKeyArgs, rowsOf(facts, "key")),
      legend,
      ...closing(classes.SmoochKey, kinds.key),
    ]),
    "webhook.md": write([
      ...opening("SmoochWebhook", classes.SmoochWebhook),
      "## Arguments",
      ...introduced(interfaces.SmoochWebhookArgs, rowsOf(facts, "webhook")),
      legend,
      ...closing(classes.SmoochWebhook, kinds.webhook),
    ]),
    "integration.md": write([
      ...opening("SmoochIntegration", classes.SmoochIntegration),
      ...channelSections(facts, interfaces),
      ...closing(classes.SmoochIntegration, kinds.integration),
    ]),
    "provider.md": write([
      ...opening("SmoochProvider", classes.SmoochProvider),
      "## Arguments",
      "The stack's configuration and the environment have the same settings. All can be changed in place.",
      settingsTable(interfaces.SmoochProviderArgs, facts),
    ]),
  };
}

/** What a user of the package sees of `src/resources`. */
function declarations() {
  const resources = ["app", "key", "webhook", "integration", "provider"];
  return readDeclarations([
    ...resources.map((name) => `src/resources/${name}.ts`),
    ...channelFiles.map((name) => `src/resources/channels/${name}.ts`),
  ]);
}

/** What lacks a doc comment: classes, interfaces, arguments, outputs, static functions. */
export function undocumented() {
  const { interfaces, classes } = declarations();
  return Object.entries({ ...interfaces, ...classes }).flatMap(
    ([owner, { doc, members = [], outputs = [], functions = [] }]) =>
      [{ doc }, ...members, ...outputs, ...functions]
        .filter(({ doc, type }) => doc.trim() === "" && !isDiscriminator(type))
        .map(({ name }) => (name === undefined ? owner : `${owner}.${name}`)),
  );
}

/** `type: "twilio"` says itself what it is. */
const isDiscriminator = (type) => /^"\w+"$/.test(type ?? "");

function settingsTable({ members }, { environmentName }) {
  const [inStack, inEnvironment] = ["In the stack's configuration", "In the environment"];
  const rows = members.map(({ name, type, doc }) => ({
    Argument: code(name),
    [inStack]: code(`smooch:${name}`),
    [inEnvironment]: code(environmentName(name)),
    Type: code(type),
    Secret: /Pulumi secret/.test(doc) ? "yes" : "",
    ...described(doc),
  }));
  return table(["Argument", inStack, inEnvironment, "Type", "Default", "Secret", "Meaning"], rows);
}
