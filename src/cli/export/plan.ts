import { appContents, idInput, type KindName, kinds, parentInputs, rootName } from "../../kinds";
import { printable } from "../../printable";
import { checkInputs } from "../../provider/check";
import { mark } from "../../provider/hidden";
import type { Identified, Properties } from "../../provider/kind";
import { definitions } from "../../provider/kinds";
import { toOutputs } from "../../provider/state";
import { pick } from "../../provider/values";
import {
  type Account,
  type AppContents,
  type OutsideObject,
  objectsOf,
  oldestFirst,
} from "../shared/account/contents";
import { capitalized, configKey, identifier, numbered, slug } from "./names";

/** What the program will declare and the state will contain. */
export interface Plan {
  groups: Group[];
  /** What was left out and why, and what to check in the program. Whole sentences. */
  notes: string[];
}

/** An object of the account itself and what it holds. */
export interface Group {
  title: string;
  /** Undefined if the program does not declare it and uses its id instead. */
  root?: PlannedResource;
  children: PlannedResource[];
}

export function resourcesOf({ root, children }: Group): PlannedResource[] {
  return [...(root === undefined ? [] : [root]), ...children];
}

export interface PlannedResource {
  kind: KindName;
  name: string;
  id: string;
  /** Its variable in the program, if another resource refers to it. */
  variable: string;
  /** The ids of what it belongs to, as arguments. */
  parents: Readonly<Record<string, string>>;
  /** The other arguments, as users write them. */
  args: Properties;
  /** As in the state. */
  inputs: Properties;
  outputs: Properties;
  /** Credentials that Smooch does not return, and the configuration keys from which the program reads them. */
  credentials: { field: string; key: string }[];
}

/** An object without its name in the program. */
interface Draft {
  kind: KindName;
  preferredName: string;
  remote: Identified;
  parents: Readonly<Record<string, string>>;
}

/** The objects of a group before they are checked. */
interface DraftGroup {
  title: string;
  root: Draft;
  children: Draft[];
  /** Whether the credential cannot read the root. */
  isPartial: boolean;
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
  const apps = oldestFirst(account.apps.map((contents) => ({ id: contents.app.id, contents })));
  const drafts = [
    ...apps.map(({ contents }) => draftApp(contents, appName)),
    ...draftOutside(account.outside),
  ];
  const rootNames = numbered(drafts.map(({ root }) => root.preferredName));
  const children = drafts.map(({ children }, index) => {
    const prefix = appName === undefined ? `${rootNames[index]}-` : "";
    return children.map((draft) => ({ ...draft, preferredName: prefix + draft.preferredName }));
  });
  const notes = children.flat().flatMap(noteOn);
  const childNames = numbered(
    children.flatMap((some) => some.map(({ preferredName }) => preferredName)),
    rootNames,
  ).values();

  const groups = drafts.flatMap(({ title, root, isPartial }, index): Group[] => {
    const name = rootNames[index] ?? "";
    const named = (children[index] ?? []).map((child) => ({ child, name: String(childNames.next().value) }));
    const isDeclared = !isPartial && !isOwned(root.kind, root.remote.id);
    const planned = isDeclared ? completed(root, name, account, notes) : undefined;
    if (isDeclared && planned === undefined) return [];
    const kept = named.flatMap(({ child, name }) =>
      isOwned(child.kind, child.remote.id) ? [] : (completed(child, name, account, notes) ?? []),
    );
    if (planned === undefined && kept.length === 0) return [];
    return [{ title, ...(planned && { root: planned }), children: kept }];
  });
  const resources = groups.flatMap(resourcesOf);
  const credentials = resources.flatMap((resource) => resource.credentials);
  makeUnique(resources, "variable");
  makeUnique(credentials, "key");
  return { groups, notes };
}

function draftApp(contents: AppContents, appName: string | undefined): DraftGroup {
  const { app, isPartial = false } = contents;
  const root = draftOf(rootName, app, {});
  return {
    title: `${printable(app.name) || "(no name)"}: app ${printable(app.id)}`,
    root: appName === undefined ? root : { ...root, preferredName: appName },
    children: appContents
      .filter((kind) => !definitions[kind].inventory.isExportedWithin)
      .flatMap((kind) =>
        objectsOf(contents, kind).map((object) =>
          draftOf(kind, object, { ...parentsOf(kind, object), appId: app.id }),
        ),
      ),
    isPartial,
  };
}

function draftOutside(outside: readonly OutsideObject[]): DraftGroup[] {
  const drafts = outside.map(({ kind, object }) => draftOf(kind, object, parentsOf(kind, object)));
  return drafts
    .filter(({ kind }) => kinds[kind].parent === undefined)
    .map((root) => ({
      title: `${printable(root.preferredName)}: ${definitions[root.kind].label} ${printable(root.remote.id)}`,
      root,
      children: drafts.filter(({ parents }) => Object.values(parents).includes(root.remote.id)),
      isPartial: false,
    }));
}

function parentsOf(kind: KindName, object: object): Readonly<Record<string, string>> {
  const { alsoIn } = definitions[kind].inventory;
  const inputs = [...parentInputs(kind), ...(alsoIn === undefined ? [] : [idInput(alsoIn)])];
  const ids = Object.entries(pick({ ...object }, inputs));
  return Object.fromEntries(ids.flatMap(([input, id]) => (typeof id === "string" ? [[input, id]] : [])));
}

function draftOf(kind: KindName, object: Identified, parents: Draft["parents"]): Draft {
  const { inventory, label, isSingleton } = definitions[kind];
  const { name, type = "", target = "" } = inventory.describe(object);
  const fallback = type || (isSingleton ? slug(label) : `${slug(label)}-${object.id}`);
  return {
    kind,
    preferredName: slug(name || hostOf(target) || type) || fallback,
    remote: object,
    parents,
  };
}

function noteOn({ kind, remote }: Draft): string[] {
  const note = definitions[kind].inventory.exportNote?.(remote);
  return note === undefined ? [] : [`${capitalized(definitions[kind].label)} ${remote.id}: ${note}.`];
}

/** Names a draft; returns undefined and adds a note if this package could not manage the object unchanged. */
function completed(
  { kind, remote, parents }: Draft,
  name: string,
  { version, seenBy }: Account,
  notes: string[],
): PlannedResource | undefined {
  const definition = definitions[kind];
  const { inventory, label } = definition;
  const args = inventory.exportArgs(remote, { version, resourceName: name });
  const declared = { ...parents, ...args };
  const context = { version, olds: declared };
  const { inputs, failures } = checkInputs(definition, declared, context, { resourceName: name });
  const problem = inventory.exportProblem?.(remote);
  const reasons = [
    ...failures.map(({ property, reason }) => `${property} ${reason}`.trim()),
    ...(problem === undefined ? [] : [problem]),
  ];
  if (reasons.length > 0) {
    const rest = kinds[kind].parent === undefined ? " with all that belongs to it" : "";
    notes.push(`Left out: ${label} ${remote.id}${rest}: ${printable(reasons.join("; "), 300)}.`);
    return undefined;
  }
  const { type = label } = inventory.describe(remote);
  const credentials = inventory.exportCredentials?.(remote, version) ?? [];
  return {
    kind,
    name,
    id: remote.id,
    variable: identifier(name, kinds[kind].type),
    parents,
    args,
    inputs,
    outputs: {
      ...toOutputs(definition, inputs, remote, seenBy),
      ...(definition.writeOnly !== undefined && mark("adopted")),
    },
    credentials: credentials.map((field) => ({ field, key: configKey(name, `${type}-${remote.id}`, field) })),
  };
}

/** Makes the names in a property unique: the second and later of equal ones get a number. */
function makeUnique<Name extends string>(all: readonly Record<Name, string>[], name: Name): void {
  const wanted = all.map((one) => one[name]);
  const names = numbered(wanted, [], "").values();
  for (const one of all) one[name] = names.next().value ?? one[name];
}

function hostOf(target: string): string {
  return URL.canParse(target) ? new URL(target).hostname : "";
}
