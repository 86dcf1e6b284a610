import { childNames, idInput, rootName } from "../../kinds";
import { definitions } from "../../provider/kinds";
import { environmentName, type Settings } from "../../provider/settings";
import { type Account, oldestFirst } from "../shared/account/contents";
import { ownManifest } from "../shared/manifest";
import { projectFiles, projectName } from "../shared/project/files";
import { block, page } from "../shared/project/readme";
import { readPackaged } from "../shared/project/templates";
import { quote } from "../shared/shell";
import { numbered, slug } from "./names";
import { type Group, makePlan, type Plan, type PlannedResource } from "./plan";
import { writeImportFile } from "./program";
import { credentialCommands, type ProjectOptions } from "./project";
import { accountSettings } from "./settings";

type FleetOptions = Pick<ProjectOptions, "folder" | "protect" | "settings">;

/** What the program of `examples/fleet` calls the app of every stack. */
const appName = "app";

/** A plan in which each app is a stack of its own, so names are unique within an app only. */
export function makeFleetPlan(account: Account): Plan {
  const apps = oldestFirst(account.apps.map((contents) => ({ id: contents.app.id, contents })));
  const plans = apps.map(({ contents }) =>
    makePlan({ ...account, apps: [contents], outside: [] }, undefined, appName),
  );
  const outside = account.outside.map(({ kind, object }) => `${definitions[kind].label} ${object.id}`);
  return {
    groups: plans.flatMap(({ groups }) => groups),
    notes: [
      ...plans.flatMap(({ notes }) => notes),
      ...(outside.length === 0
        ? []
        : [
            `Left out, because they belong to no app: ${outside.join(", ")}. Declare them in another project.`,
          ]),
    ],
  };
}

/** All files of a project with a stack for each app, by name: a table, the program and driver, and import files. */
export function writeFleet(plan: Plan, options: FleetOptions): Map<string, string> {
  const { groups, notes } = plan;
  const stacks = stackNames(groups);
  const named = groups.map((group, index) => [String(stacks[index]), group] as const);
  const table = Object.fromEntries(named.map(([stack, group]) => [stack, toRow(group, options.protect)]));
  const imports = named.map(([stack, group]) => [
    `import/${stack}.json`,
    writeImportFile({ groups: [group] }),
  ]);
  return projectFiles({
    name: projectName(options.folder),
    description: "The apps of a Smooch account, one stack each",
    language: "javascript",
    program: readPackaged("examples/fleet/index.js"),
    readme: writeReadme(named, notes, options),
    dependencies: { "p-limit": ownManifest.dependencies["p-limit"] },
    ignored: ["logs/", "fleet-results.json"],
    others: {
      "customers.json": `${JSON.stringify(table, undefined, 2)}\n`,
      "fleet.mjs": readPackaged("examples/fleet/fleet.mjs"),
      ...Object.fromEntries(imports),
    },
  });
}

/** Pulumi allows only ASCII letters, digits, dots, dashes and underscores in them. */
function stackNames(groups: readonly Group[]): string[] {
  const preferred = groups.map(({ root }) => {
    const name = slug(String(root?.args.name ?? appName))
      .replace(/[^\w-]/g, "")
      .replace(/^-+|-+$/g, "");
    return name || `app-${root?.id}`;
  });
  return numbered(preferred);
}

function toRow({ root, children }: Group, protect: boolean): object {
  const lists = childNames.flatMap((kind) => {
    const own = children.filter((child) => child.kind === kind).map((child) => [child.name, toArgs(child)]);
    return own.length > 0 ? [[`${kind}s`, Object.fromEntries(own)]] : [];
  });
  return { app: root?.args ?? {}, ...(protect && { protect }), ...Object.fromEntries(lists) };
}

/** Objects with credentials that Smooch never returns are adopted by id: `new` would require the credentials. */
function toArgs({ parents, args, id, credentials }: PlannedResource): object {
  // The program knows the id of its app.
  const { [idInput(rootName)]: _, ...others } = parents;
  const declared = { ...others, ...args };
  if (credentials.length === 0) return declared;
  return {
    id,
    ...declared,
    credentials: Object.fromEntries(credentials.map(({ field, key }) => [field, key])),
  };
}

/** The commands that lead from the new folder to stacks with all objects, in order. */
export function fleetCommands({ settings }: Pick<FleetOptions, "settings">): string[] {
  return ["npm install", ...exportSettings(settings), "node fleet.mjs import", "node fleet.mjs preview"];
}

/** The account settings as environment variables, which all stacks share; secrets are prompted for. */
function exportSettings(settings: Settings): string[] {
  return accountSettings(settings).map(({ name, value }) => {
    const variable = environmentName(name);
    return value === undefined
      ? `read -rs ${variable} && export ${variable}`
      : `export ${variable}=${quote(value)}`;
  });
}

function writeReadme(
  named: readonly (readonly [string, Group])[],
  notes: readonly string[],
  options: FleetOptions,
): string {
  const missing = named.flatMap(([stack, group]) => credentialCommands({ groups: [group] }, stack));
  return page(
    "# The apps of a Smooch account, one Pulumi stack each",
    "From this folder, once:",
    block(fleetCommands(options)),
    "Do not run `node fleet.mjs up` before `node fleet.mjs import`: it would create everything a second time.",
    "`read` waits for the secret; it works in bash and zsh. `import` creates a stack for each row of `customers.json`, puts the\n" +
      "app and what belongs to it into the stack's state, and fetches the secrets of keys and webhooks. Nothing in Smooch is\n" +
      "changed. The preview should say `no changes` for every stack. After that, you can delete the folder `import`.",
    "From then on, edit `customers.json` and run `node fleet.mjs up`. `node fleet.mjs` alone shows the options. To remove a\n" +
      "customer, run `node fleet.mjs destroy --only <customer>` before you delete the row.",
    options.protect
      ? 'The apps have `"protect": true`, with which Pulumi refuses to delete them. To remove it, delete it from the row and\n' +
          "run `node fleet.mjs up --only <customer>`."
      : 'Give apps in production `"protect": true` in their rows.',
    ...(missing.length === 0
      ? []
      : [
          "## Credentials of channels",
          "Smooch never returns them, so they are not here. They do not change. To rotate one, set it:",
          block(missing),
        ]),
    ...(notes.length === 0 ? [] : ["## To review", notes.map((note) => `- ${note}`).join("\n")]),
  );
}
