import { childNames, isChild, type KindName, rootName } from "../../kinds";
import { printable } from "../../printable";
import { checkInputs } from "../../provider/check";
import { markAdopted } from "../../provider/hidden";
import type { Identified, Properties } from "../../provider/kind";
import { definitions } from "../../provider/kinds";
import { toOutputs } from "../../provider/state";
import type { ApiVersion } from "../../smooch/api-version";
import { type Account, type AppContents, objectsOf, oldestFirst } from "../shared/account/contents";
import { capitalized, configKey, identifier, numbered, slug } from "./names";

/** What the program will declare and the state will contain. */
export interface Plan {
  groups: Group[];
  /** What was left out and why, and what to check in the program. Whole sentences. */
  notes: string[];
}

/** An app and its children. */
export interface Group {
  title: string;
  /** Undefined if the program does not declare the app and uses its id instead. */
  app?: PlannedResource;
  appId: string;
  /** The app's variable in the program. */
  variable: string;
  children: PlannedResource[];
}

export function resourcesOf({ app, children }: Group): PlannedResource[] {
  return [...(app === undefined ? [] : [app]), ...children];
}

export interface PlannedResource {
  kind: KindName;
  name: string;
  id: string;
  /** As the user writes them, without the app's id. */
  args: Properties;
  /** As in the state. */
  inputs: Properties;
  outputs: Properties;
  /** Credentials that Smooch does not return, and the configuration keys from which the program reads them. */
  credentials: { field: string; key: string }[];
}

/** A resource without its name. */
interface Draft {
  kind: KindName;
  preferredName: string;
  remote: Identified;
  /** The arguments, given the resource's name, which is the default for some of them. */
  args: (name: string) => Properties;
}

/**
 * Chooses names and arguments. Pure: the same account always gives the same plan. With `appName`, the account's one app
 * is a stack of its own, and is not mentioned in other resources' names.
 */
export function makePlan(
  account: Account,
  isOwned: (kind: KindName, id: string) => boolean = () => false,
  appName?: string,
): Plan {
  const { version } = account;
  const notes: string[] = [];
  const apps = oldestFirst(account.apps.map((contents) => ({ id: contents.app.id, contents })));
  const drafts = apps.map(({ contents }) => draftOf(rootName, contents.app, "", version));
  const appNames = numbered(drafts.map(({ preferredName }) => appName ?? preferredName));
  const children = apps.map(({ contents }, index) =>
    draftChildren(contents, appName === undefined ? `${appNames[index]}-` : "", version),
  );
  notes.push(...children.flat().flatMap(noteOn));
  const preferredNames = children.flatMap((some) => some.map((draft) => draft.preferredName));
  const names = numbered(preferredNames, appNames).values();
  const variables = numbered(
    appNames.map((name) => identifier(name, "App")),
    [],
    "",
  );

  const groups = apps.flatMap(({ contents: { app, isPartial = false } }, index): Group[] => {
    const [draft, name, variable] = [drafts[index], appNames[index], variables[index]];
    const rest = (children[index] ?? []).map((child) => ({ child, name: String(names.next().value) }));
    if (draft === undefined || name === undefined || variable === undefined) return [];
    const isDeclared = !isPartial && !isOwned(rootName, app.id);
    const planned = isDeclared ? completed(draft, name, app.id, account, notes) : undefined;
    if (isDeclared && planned === undefined) return [];
    const kept = rest.flatMap(({ child, name }) =>
      isOwned(child.kind, child.remote.id) ? [] : (completed(child, name, app.id, account, notes) ?? []),
    );
    if (planned === undefined && kept.length === 0) return [];
    return [
      {
        title: `${printable(app.name) || "(no name)"}: app ${printable(app.id)}`,
        ...(planned && { app: planned }),
        appId: app.id,
        variable,
        children: kept,
      },
    ];
  });
  return { groups: withKeys(groups), notes };
}

function draftOf(kind: KindName, object: Identified, prefix: string, version: ApiVersion): Draft {
  const { inventory, label } = definitions[kind];
  const { name, type = "", target = "" } = inventory.describe(object);
  const fallback = type || `${label}-${object.id}`;
  return {
    kind,
    preferredName: prefix + (slug(name || hostOf(target) || type) || fallback),
    remote: object,
    args: (resourceName) => inventory.exportArgs(object, { version, resourceName }),
  };
}

function draftChildren(contents: AppContents, prefix: string, version: ApiVersion): Draft[] {
  return childNames.flatMap((kind) =>
    objectsOf(contents, kind).map((object) => draftOf(kind, object, prefix, version)),
  );
}

function noteOn({ kind, remote }: Draft): string[] {
  const note = definitions[kind].inventory.exportNote?.(remote);
  return note === undefined ? [] : [`${capitalized(definitions[kind].label)} ${remote.id}: ${note}.`];
}

/** Names a draft; returns undefined and adds a note if this package could not manage the object unchanged. */
function completed(
  draft: Draft,
  name: string,
  appId: string,
  { version, seenBy }: Account,
  notes: string[],
): PlannedResource | undefined {
  const { kind, remote } = draft;
  const definition = definitions[kind];
  const { inventory, label } = definition;
  const args = draft.args(name);
  const declared = { ...(isChild(kind) && { appId }), ...args };
  const context = { version, olds: declared };
  const { inputs, failures } = checkInputs(definition, declared, context, { resourceName: name });
  const problem = inventory.exportProblem?.(remote);
  const reasons = [
    ...failures.map(({ property, reason }) => `${property} ${reason}`.trim()),
    ...(problem === undefined ? [] : [problem]),
  ];
  if (reasons.length > 0) {
    const rest = isChild(kind) ? "" : " with all that belongs to it";
    notes.push(`Left out: ${label} ${remote.id}${rest}: ${printable(reasons.join("; "), 300)}.`);
    return undefined;
  }
  const { type = label } = inventory.describe(remote);
  const credentials = inventory.exportCredentials?.(remote, version) ?? [];
  return {
    kind,
    name,
    id: remote.id,
    args,
    inputs,
    outputs: {
      ...toOutputs(definition, inputs, remote, seenBy),
      ...(definition.writeOnly !== undefined && markAdopted()),
    },
    credentials: credentials.map((field) => ({ field, key: configKey(name, `${type}-${remote.id}`, field) })),
  };
}

/** Makes the configuration keys unique. */
function withKeys(groups: Group[]): Group[] {
  const all = groups.flatMap(({ children }) => children.flatMap(({ credentials }) => credentials));
  const keys = numbered(
    all.map(({ key }) => key),
    [],
    "",
  );
  all.forEach((credential, index) => {
    credential.key = keys[index] ?? credential.key;
  });
  return groups;
}

function hostOf(target: string): string {
  return URL.canParse(target) ? new URL(target).hostname : "";
}
