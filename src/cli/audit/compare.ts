import type { KindName } from "../../kinds";
import type { Entry } from "../../provider/crash/journal";
import { isUnresolved } from "../../provider/create/unresolved";
import { provesAppsGone } from "../../provider/gone";
import { definitions } from "../../provider/kinds";
import { type ApiVersion, asApiVersion } from "../../smooch/api-version";
import { channelOf } from "../../smooch/channels";
import { isWanted, type Read } from "../account/read";
import { driftOf } from "./drift";
import { type Finding, topicOf } from "./findings";
import { describeSeen, originIn, type Seen, seenIn, textOr, timeIn } from "./objects";
import { type Held, isSecret, type Stack } from "./stacks";

/** What is compared. */
export interface View {
  account: Read;
  /** The generation through which it was read. */
  version: ApiVersion;
  /** Who read it, as the state says it. */
  seenBy: string;
  stacks: readonly Stack[];
  /** The apps that are judged: ids, or patterns of names; none means all. */
  wanted: readonly string[];
  /** Creates of runs on this machine of which it is not certain that a state knows them. */
  interrupted: readonly Entry[];
}

export interface Comparison {
  findings: Finding[];
  compared: Record<"apps" | "keys" | "webhooks" | "integrations" | "resources", number>;
  /** The unowned objects, by the ids of their findings. */
  unowned: Map<string, Seen>;
  /** Apps in which the stacks hold something. */
  known: ReadonlySet<string>;
  /** Stacks without anything in this account. */
  strangers: string[];
}

/** The account against the stacks. Pure: worst findings first, the same view always gives the same. */
export function compare(view: View): Comparison {
  const { account, stacks } = view;
  const seen = seenIn(account.apps, view.version);
  const find = finder(seen);
  const held = stacks.flatMap(({ resources }) => resources).filter((one) => isJudged(view, one));
  const own = held.filter(({ isExternal }) => !isExternal);
  const pending = stacks.flatMap((stack) => stack.pending).filter((one) => isJudged(view, one));

  const owners = new Map<Seen, Held[]>();
  for (const one of own) {
    const object = find(one);
    if (object !== undefined) owners.set(object, [...(owners.get(object) ?? []), one]);
  }
  const attempts = [...pending, ...own].filter(isLostCreate);
  const free = seen.filter((object) => !owners.has(object));
  const unrecorded = new Set(view.interrupted.flatMap(({ id }) => id ?? []));
  const unowned = free.filter(({ id }) => !unrecorded.has(id));
  const visible = new Set(account.listed.map(({ id }) => id));
  return {
    findings: sorted([
      ...unowned.map((object) => reportUnowned(object, attempts)),
      ...free
        .filter(({ id }) => unrecorded.has(id))
        .map((object) => report("leftBehind", { ...describeSeen(object), left: "unrecorded" })),
      ...view.interrupted.filter(isInFlight).flatMap(reportInFlight),
      ...[...owners].flatMap(([object, all]) => (all.length > 1 ? [reportShared(object, all)] : [])),
      ...[...own, ...pending].flatMap(reportLeft),
      ...own.flatMap((one) => judge(view, one, find(one), visible)),
      ...account.unread.map(({ app, object: one, webhooksOf, exist, message: reason }) => {
        const object = one?.kind ?? (webhooksOf === undefined ? "app" : "webhook");
        const of = { object, id: one?.id ?? null, app: { id: app.id, name: app.name }, reason } as const;
        return report("unread", of, exist ? "problem" : "notice");
      }),
      ...account.apps.flatMap(({ app }) => reportLimits(app, seen)),
    ]),
    compared: { ...count(seen), resources: held.length },
    unowned: new Map(unowned.map((object) => [object.id, object])),
    known: new Set(stacks.flatMap(({ resources }) => resources.flatMap(({ appId }) => appId ?? []))),
    strangers: stacks
      .filter(({ resources }) => !resources.some((one) => visible.has(one.appId ?? "") || find(one)))
      .map(({ name }) => name),
  };
}

/** Finds the object of a resource: of its id, in its app where the state says which. */
function finder(seen: readonly Seen[]): (held: Held) => Seen | undefined {
  const index = new Map(
    seen.flatMap((object) => Object.keys(object.as).map((kind) => [`${kind} ${object.id}`, object] as const)),
  );
  return ({ kind, id, appId }) => {
    const object = index.get(`${kind} ${id}`);
    return object !== undefined && (appId ?? object.app.id) === object.app.id ? object : undefined;
  };
}

/** Of an app that is not there any more the state may know the name. */
function isJudged({ account, wanted, stacks }: View, { appId }: Held): boolean {
  if (wanted.length === 0 || appId === undefined) return wanted.length === 0;
  const there = account.listed.find(({ id }) => id === appId);
  const held = stacks.flatMap(({ resources }) => resources);
  const inState = held.find(({ kind, id }) => kind === "app" && id === appId)?.properties.name;
  return isWanted({ id: appId, name: there?.name ?? textOr(inState) ?? "" }, wanted);
}

function isLostCreate({ left }: Held): boolean {
  return left.includes("unresolved") || left.includes("interruptedCreate");
}

/** What the state says of an object that exists, or should. */
function judge(view: View, held: Held, object: Seen | undefined, visible: ReadonlySet<string>): Finding[] {
  if (held.left.some((left) => left !== "failed")) return [];
  if (object !== undefined) {
    const properties = driftOf(held, object, view.seenBy);
    const of = { ...describeSeen(object), resources: [nameOf(held)], properties };
    return properties.length > 0 ? [report("drift", of)] : [];
  }
  const { kind, appId, properties } = held;
  if (isUnread(view, held)) return [];
  const { type } = properties;
  const channel = kind === "integration" && type !== "custom" ? channelOf(type) : undefined;
  if (channel !== undefined && !channel.in.includes(view.version)) {
    const reason = `API ${view.version} has no integrations of type ${String(type)}: audit with smooch:apiVersion ${channel.in.at(-1)}`;
    return [report("unread", { ...describeHeld(held), reason })];
  }
  const isSurelyGone =
    provesAppsGone({ credential: view.seenBy }, properties) ||
    (kind !== "app" && appId !== undefined && visible.has(appId));
  if (isSurelyGone) return [report("gone", describeHeld(held))];
  return [report("otherAccount", describeHeld(held), held.hasOwnProvider ? "notice" : "problem")];
}

/** Whether it stands where nobody could look, or is what could not be read. */
function isUnread({ account }: View, { kind, id, appId, properties }: Held): boolean {
  const { type, version = "v1" } = properties;
  const made = kind === "webhook" ? asApiVersion(version) : type === "custom" ? "v2" : undefined;
  return account.unread.some(({ app, object, kinds: unreadKinds, webhooksOf }) =>
    // In v2 a webhook and the integration that holds it have one id.
    object === undefined
      ? app.id === appId &&
        (unreadKinds?.includes(kind) ?? true) &&
        (webhooksOf === undefined || webhooksOf === made)
      : object.id === id,
  );
}

function reportUnowned(object: Seen, attempts: readonly Held[]): Finding {
  const resources = attempts.filter((attempt) => mayHaveMade(attempt, object)).map(nameOf);
  return report(
    "unowned",
    { ...describeSeen(object), resources, ...(object.triggers && { triggers: object.triggers }) },
    object.kind === "app" ? "notice" : "problem",
  );
}

/** Whether a create of which nobody knows what it did is for an object like this. Secrets cannot be compared. */
function mayHaveMade({ kind, appId, properties }: Held, { app, as }: Seen): boolean {
  const remote = as[kind];
  if (remote === undefined || (kind !== "app" && (appId ?? app.id) !== app.id)) return false;
  if (isSecret(properties.name) || isSecret(properties.target) || isSecret(properties.webhooks)) return true;
  return definitions[kind].matchKey(properties) === definitions[kind].matchKey(remote);
}

/** Whether nobody was told the id of what the run made, if it made anything. */
function isInFlight({ id }: Entry): boolean {
  return id === undefined || isUnresolved(id);
}

function reportInFlight({ kind, address, project, resource }: Entry): Finding[] {
  const object = objects.find((known) => known === kind);
  const appId = textOr(address.appId);
  const app = appId === undefined ? null : { id: appId, name: null };
  const resources = [{ stack: project, urn: resource }];
  return object === undefined ? [] : [report("leftBehind", { object, app, resources, left: "unrecorded" })];
}

function reportShared(object: Seen, all: readonly Held[]): Finding {
  return report("shared", { ...describeSeen(object), resources: all.map(nameOf) });
}

function reportLeft(held: Held): Finding[] {
  return held.left.map((left) => report("leftBehind", { ...describeHeld(held), left }));
}

/** From how many on a rotation or two may not fit any more. */
const nearBy = 2;

function reportLimits(app: Seen["app"], seen: readonly Seen[]): Finding[] {
  return (["key", "webhook"] as const).flatMap((kind) => {
    const { limit = Number.POSITIVE_INFINITY } = definitions[kind];
    const { length } = seen.filter((object) => object.kind === kind && object.app.id === app.id);
    const of = { object: kind, app: { id: app.id, name: app.name }, count: length, limit };
    return length >= limit - nearBy ? [report("nearLimit", of, "notice")] : [];
  });
}

function describeHeld(held: Held): Parameters<typeof report>[1] {
  const { kind, id, appId, properties } = held;
  return {
    object: kind,
    id: id || null,
    app: appId ? { id: appId, name: kind === "app" ? (textOr(properties.name) ?? null) : null } : null,
    name: textOr(properties.name) ?? textOr(properties.displayName) ?? null,
    target: originIn(properties.target),
    createdAt: timeIn(id),
    resources: [nameOf(held)],
  };
}

function nameOf({ stack, urn }: Held): Finding["resources"][number] {
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
const objects: readonly KindName[] = ["key", "webhook", "integration", "app"];

function sorted(findings: Finding[]): Finding[] {
  const rank = ({ severity, kind, object }: Finding) =>
    (severity === "problem" ? 0 : 100) + order.indexOf(kind) * 10 + objects.indexOf(object);
  return findings.toSorted((one, other) => rank(one) - rank(other));
}

function count(seen: readonly Seen[]): Omit<Comparison["compared"], "resources"> {
  const of = (kind: KindName) => seen.filter((object) => object.kind === kind).length;
  return {
    apps: of("app"),
    keys: of("key"),
    webhooks: of("webhook"),
    integrations: of("integration"),
  };
}
