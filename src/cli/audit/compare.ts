import { byPlural, childrenFirst, type KindName, kindNames, kinds, rootName } from "../../kinds";
import type { Entry } from "../../provider/crash/journal";
import { isUnresolved } from "../../provider/create/unresolved";
import { provesAppsGone } from "../../provider/gone";
import { existsIn, type Properties } from "../../provider/kind";
import { definitions } from "../../provider/kinds";
import { nonEmptyString } from "../../provider/values";
import type { ApiVersion } from "../../smooch/api-version";
import { aliasOf } from "../shared/account/aliases";
import { matchesFilter, type Read } from "../shared/account/read";
import { isSecret, type Stack, type StateResource } from "../shared/stack-state";
import { driftOf } from "./drift";
import { type Finding, topicOf } from "./findings";
import { describeSeen, originIn, type Seen, seenIn, timeIn } from "./objects";

export interface View {
  account: Read;
  /** The API version used to read it. */
  version: ApiVersion;
  /** Who read it, as recorded in the state. */
  seenBy: string;
  stacks: readonly Stack[];
  /** The apps to compare, as ids or name patterns; empty means all. */
  appFilter: readonly string[];
  /** Creates by runs on this machine that may be missing from the state. */
  interrupted: readonly Entry[];
}

export interface Comparison {
  findings: Finding[];
  compared: Record<`${KindName}s` | "resources", number>;
  /** The unowned objects, by their findings' ids. */
  unowned: Map<string, Seen>;
  /** What the stacks own, and the apps in which they own something. */
  known: ReadonlySet<string>;
  /** Stacks that own nothing in this account. */
  unrelatedStacks: string[];
}

/** Compares the account with the stacks. Pure: the same view always gives the same findings, worst first. */
export function compare(view: View): Comparison {
  const { account, stacks } = view;
  const seen = seenIn(account, view.version);
  const find = finder(seen);
  const held = stacks.flatMap(({ resources }) => resources).filter((one) => isJudged(view, one));
  const own = held.filter(({ isExternal }) => !isExternal);
  const pending = stacks.flatMap((stack) => stack.pending).filter((one) => isJudged(view, one));

  const owners = new Map<Seen, StateResource[]>();
  for (const one of own) {
    const object = find(one);
    if (object !== undefined) owners.set(object, [...(owners.get(object) ?? []), one]);
  }
  const attempts = [...pending, ...own].filter(isLostCreate);
  const parts = new Set(
    own.flatMap(({ kind, properties }) => definitions[kind].inventory.partsOf?.(properties) ?? []),
  );
  const unclaimed = seen.filter((object) => !owners.has(object) && !parts.has(object.id));
  const unrecorded = new Set(view.interrupted.flatMap(({ id }) => id ?? []));
  const unowned = unclaimed.filter(({ id }) => !unrecorded.has(id));
  const visible = new Set(account.listed.map(({ id }) => id));
  return {
    findings: sorted([
      ...unowned.map((object) => reportUnowned(object, attempts)),
      ...unclaimed
        .filter(({ id }) => unrecorded.has(id))
        .map((object) => report("leftBehind", { ...describeSeen(object), left: "unrecorded" })),
      ...view.interrupted.filter(isInFlight).flatMap(reportInFlight),
      ...[...owners].flatMap(([object, all]) => (all.length > 1 ? [reportShared(object, all)] : [])),
      ...[...own, ...pending].flatMap(reportLeft),
      ...own.flatMap((one) => judge(view, one, find(one), visible)),
      ...account.unread.map(({ app, object: one, kinds, madeBy, exist, message: reason }) => {
        const object = one?.kind ?? kinds?.[0] ?? rootName;
        const of = {
          object,
          id: one?.id ?? null,
          app: app ? { id: app.id, name: app.name } : null,
          reason,
          ...(kinds && madeBy === undefined && { kinds }),
        } as const;
        return report("unread", of, exist ? "problem" : "notice");
      }),
      ...reportLimits(seen),
    ]),
    compared: {
      ...byPlural(kindNames, (kind) => seen.filter((object) => object.kind === kind).length),
      resources: held.length,
    },
    unowned: new Map(unowned.map((object) => [object.id, object])),
    known: new Set(
      stacks.flatMap(({ resources }) => resources.flatMap(({ id, appId }) => [id, appId ?? id])),
    ),
    unrelatedStacks: stacks
      .filter(({ resources }) => !resources.some((one) => visible.has(one.appId ?? "") || find(one)))
      .map(({ name }) => name),
  };
}

/** Finds a resource's object by id and, if the state contains it, by app. */
function finder(seen: readonly Seen[]): (held: StateResource) => Seen | undefined {
  const index = new Map(
    seen.flatMap((object) => Object.keys(object.as).map((kind) => [`${kind} ${object.id}`, object] as const)),
  );
  return ({ kind, id, appId }) => {
    const object = index.get(`${kind} ${id}`);
    return object !== undefined && isInApp(object, appId) ? object : undefined;
  };
}

/** Whether the object is in that app, as far as the state knows the app. */
function isInApp({ app }: Seen, appId: string | undefined): boolean {
  return app === undefined || appId === undefined || app.id === appId;
}

/** For an app that no longer exists, the state may contain the name. */
function isJudged({ account, appFilter, stacks }: View, { appId }: StateResource): boolean {
  if (appFilter.length === 0 || appId === undefined) return appFilter.length === 0;
  const there = account.listed.find(({ id }) => id === appId);
  const held = stacks.flatMap(({ resources }) => resources);
  const inState = held.find(({ kind, id }) => kind === rootName && id === appId)?.properties.name;
  return matchesFilter({ id: appId, name: there?.name ?? nonEmptyString(inState) ?? "" }, appFilter);
}

function isLostCreate({ left }: StateResource): boolean {
  return left.includes("unresolved") || left.includes("interruptedCreate");
}

/** Compares a resource in the state with its object, if that exists. */
function judge(
  view: View,
  held: StateResource,
  object: Seen | undefined,
  visible: ReadonlySet<string>,
): Finding[] {
  if (held.left.some((left) => left !== "failed")) return [];
  if (object !== undefined) {
    const properties = driftOf(held, object, view.seenBy);
    const of = { ...describeSeen(object), resources: [nameOf(held)], properties };
    return properties.length > 0 ? [report("drift", of)] : [];
  }
  const { kind, appId, properties } = held;
  if (isUnread(view, held)) return [];
  const reason = whyUnlisted(kind, properties, view.version);
  if (reason !== undefined) return [report("unread", { ...describeResource(held), reason })];
  const isSurelyGone =
    provesAppsGone({ credential: view.seenBy }, properties) ||
    (kind !== rootName && appId !== undefined && visible.has(appId));
  if (isSurelyGone) return [report("gone", describeResource(held))];
  return [report("otherAccount", describeResource(held), held.hasOwnProvider ? "notice" : "problem")];
}

function whyUnlisted(kind: KindName, properties: Properties, version: ApiVersion): string | undefined {
  const definition = definitions[kind];
  if (existsIn(definition, version)) return definition.inventory.whyUnlisted?.(properties, version);
  return `API ${version} has no ${definition.label}s: audit with smooch:apiVersion ${definition.in?.at(-1)}`;
}

/** Whether the object, or everything where it would be, could not be read. */
function isUnread({ account }: View, { kind, id, appId, properties }: StateResource): boolean {
  const { boundVersion } = definitions[kind];
  const alias = aliasOf(kind, properties);
  const listedAs = alias?.kind ?? kind;
  const version = alias?.version ?? boundVersion?.(properties);
  return account.unread.some(({ app, object, kinds, madeBy }) =>
    // An object that appears as two kinds has the same id in both.
    object === undefined
      ? app?.id === appId &&
        (kinds?.includes(listedAs) ?? true) &&
        (madeBy === undefined || madeBy === version)
      : object.id === id,
  );
}

function reportUnowned(object: Seen, attempts: readonly StateResource[]): Finding {
  const resources = attempts.filter((attempt) => mayHaveMade(attempt, object)).map(nameOf);
  return report(
    "unowned",
    { ...describeSeen(object), resources, ...(object.triggers && { triggers: object.triggers }) },
    definitions[object.kind].inventory.unowned.deletedWith === undefined ? "notice" : "problem",
  );
}

/** Whether a create with an unknown result may have made the object. Secrets cannot be compared. */
function mayHaveMade({ kind, appId, properties }: StateResource, seen: Seen): boolean {
  const remote = seen.as[kind];
  if (remote === undefined || (kind !== rootName && !isInApp(seen, appId))) return false;
  if (isSecret(properties.name) || isSecret(properties.target) || isSecret(properties.webhooks)) return true;
  return definitions[kind].matchKey(properties) === definitions[kind].matchKey(remote);
}

/** Whether the run never reported an object's id. */
function isInFlight({ id }: Entry): boolean {
  return id === undefined || isUnresolved(id);
}

function reportInFlight({ kind, address, project, resource }: Entry): Finding[] {
  const object = kindNames.find((known) => definitions[known].label === kind);
  const appId = nonEmptyString(address.appId);
  const app = appId === undefined ? null : { id: appId, name: null };
  const resources = [{ stack: project, urn: resource }];
  return object === undefined ? [] : [report("leftBehind", { object, app, resources, left: "unrecorded" })];
}

function reportShared(object: Seen, all: readonly StateResource[]): Finding {
  return report("shared", { ...describeSeen(object), resources: all.map(nameOf) });
}

function reportLeft(held: StateResource): Finding[] {
  return held.left.map((left) => report("leftBehind", { ...describeResource(held), left }));
}

/** This close to the limit, a rotation or two may no longer fit. */
const nearBy = 2;

function reportLimits(seen: readonly Seen[]): Finding[] {
  const placeOf = ({ kind, holderId }: Seen) => `${kind} in ${holderId}`;
  const places = new Map(seen.map((object) => [placeOf(object), object]));
  return [...places].flatMap(([place, { kind, app, holderId: id = "" }]) => {
    const { limit = Number.POSITIVE_INFINITY } = definitions[kind];
    const { length } = seen.filter((object) => placeOf(object) === place);
    const { parent = rootName } = kinds[kind];
    const of = {
      object: kind,
      app: app ? { id: app.id, name: app.name } : null,
      count: length,
      limit,
      ...(parent !== rootName && { holder: { object: parent, id } }),
    };
    return length >= limit - nearBy ? [report("nearLimit", of, "notice")] : [];
  });
}

function describeResource(held: StateResource): Parameters<typeof report>[1] {
  const { kind, id, appId, properties } = held;
  return {
    object: kind,
    id: id || null,
    app: appId
      ? { id: appId, name: kind !== rootName ? null : (nonEmptyString(properties.name) ?? null) }
      : null,
    name: nonEmptyString(properties.name) ?? nonEmptyString(properties.displayName) ?? null,
    target: originIn(properties.target),
    createdAt: timeIn(id),
    resources: [nameOf(held)],
  };
}

function nameOf({ stack, urn }: StateResource): Finding["resources"][number] {
  return { stack, urn };
}

function report(
  kind: Finding["kind"],
  about: Pick<Finding, "object"> & Partial<Finding>,
  severity: Finding["severity"] = "problem",
): Finding {
  const blank = { id: null, app: null, name: null, target: null, createdAt: null, resources: [] };
  return { kind, severity, ...blank, ...about, fix: topicOf({ kind, ...about }).fix };
}

const order: readonly Finding["kind"][] = [
  "unowned",
  "shared",
  "leftBehind",
  "gone",
  "otherAccount",
  "drift",
  "unread",
  "nearLimit",
];

function sorted(findings: Finding[]): Finding[] {
  const rank = ({ severity, kind, object }: Finding) =>
    (severity === "problem" ? 0 : 100) + order.indexOf(kind) * 10 + childrenFirst.indexOf(object);
  return findings.toSorted((one, other) => rank(one) - rank(other));
}
