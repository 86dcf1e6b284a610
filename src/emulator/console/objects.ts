import { z } from "zod";
import { ancestorsOf, idInput, type KindName, kindNames, rootName } from "../../kinds";
import { isServiceKey } from "../accounts";
import { forbidden, notFound } from "../errors";
import type { Kind, Visibilities } from "../kinds/kind";
import type { Account, App } from "../model";
import type { Route } from "../route";
import { Store } from "../store";
import type {
  AccountKeySummary,
  ConsoleObject,
  KindDescription,
  Overview,
  Owner,
  OwnerSummary,
  Revealed,
} from "./contract";
import { disclose } from "./disclosure";
import type { Redactor } from "./redactor";
import { consoleRoute } from "./route";

type KindTable = Readonly<Record<KindName, Kind>>;

interface Source {
  readonly kinds: KindTable;
  readonly redactor: Redactor;
  /** The package's version and the emulator's own URL. */
  readonly version: string;
  readonly url: () => string;
}

/** What exists: all accounts and apps, one of them with everything in it, and the secrets of one object. */
export function objectRoutes({ kinds, redactor, version, url }: Source): Route[] {
  const descriptions = kindNames.map((name) => describeKind(name, kinds[name]));
  const nameOf = nameTypes(kinds);
  const summarize = (owner: Account | App) => {
    const summary = summarizeOwner(owner, nameOf);
    return { ...summary, name: redactor.text(summary.name) };
  };
  return [
    consoleRoute("GET", "overview", ({ context: { store, host } }): Overview => {
      return {
        version,
        url: url(),
        now: host.now(),
        kinds: descriptions,
        accounts: store.owners("account").map(summarize),
        apps: store.owners("app").map(summarize),
      };
    }),
    consoleRoute("GET", "owners/{id}", ({ context: { store }, params }): Owner => {
      const account = store.accounts.get(params("id"));
      const owner = account ?? store.apps.get(params("id"));
      if (owner === undefined) throw notFound("There is no account or app with this id.");
      const accountKeys = account && summarizeKeys(store, account);
      const objects = listObjects(owner, kinds).map(({ properties, ...object }) => ({
        ...object,
        name: object.name && redactor.text(object.name),
        properties: Object(redactor.texts(properties)),
      }));
      return { ...summarize(owner), objects, ...(accountKeys && { accountKeys }) };
    }),
    consoleRoute(
      "POST",
      "objects/{id}/reveal",
      ({ context: { store }, params }): Revealed => ({
        secrets: revealSecrets(store, kinds, params("id")),
      }),
    ),
  ];
}

function describeKind(name: KindName, { plural }: Kind): KindDescription {
  const label = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return { name, label, plural };
}

type Namer = (type: object) => KindName | undefined;

function nameTypes(kinds: KindTable): Namer {
  const names = new Map(kindNames.map((name) => [kinds[name].children as object | undefined, name]));
  return (type) => names.get(type);
}

function summarizeOwner(owner: Account | App, nameOf: Namer): OwnerSummary {
  const counts: Record<string, number> = {};
  for (const { type, items } of owner.children) {
    const name = nameOf(type);
    const count = name === undefined ? 0 : items().length;
    if (name !== undefined && count > 0) counts[name] = count;
  }
  return {
    id: owner.id,
    name: isApp(owner) ? owner.name : owner.id,
    createdAt: creationTime(owner.id),
    ...(isApp(owner) && { accountId: owner.accountId }),
    counts,
  };
}

function isApp(owner: Account | App): owner is App {
  return "accountId" in owner;
}

function summarizeKeys({ accountKeys }: Store, { id }: Account): AccountKeySummary[] {
  return [...accountKeys.values()]
    .filter(({ accountId }) => accountId === id)
    .map(({ id, isGiven }) => ({ id, isGiven, isServiceKey: isServiceKey(id) }));
}

/** Everything in an account or app, by kind and in order of creation; the app itself comes first. */
function listObjects(owner: Account | App, kinds: KindTable): ConsoleObject[] {
  const only = isApp(owner)
    ? new Store(new Map(), new Map(), new Map([[owner.id, owner]]))
    : new Store(new Map([[owner.id, owner]]));
  return kindNames.flatMap((kind) =>
    kinds[kind].snapshot(only).map((object) => describeObject(kind, object, kinds[kind].visibility)),
  );
}

/** What objects of any kind may have. */
const described = z.object({
  id: z.string(),
  name: z.string().optional(),
  displayName: z.string().nullish(),
  isGiven: z.boolean().default(false),
});

function describeObject(kind: KindName, object: object, visibility: Visibilities): ConsoleObject {
  const { id, name, displayName, isGiven } = described.parse(object);
  const { properties, secrets } = disclose(object, visibility);
  const holders = ancestorsOf(kind)
    .filter((holder) => holder !== rootName)
    .map((holder) => String(Reflect.get(object, idInput(holder))));
  // An object without an id of its own has that of another object.
  const isBorrowed = Object.entries(object).some(([property, value]) => property !== "id" && value === id);
  return {
    kind,
    id,
    name: name ?? displayName ?? findHost(properties, visibility),
    createdAt: isBorrowed ? undefined : creationTime(id),
    holders,
    properties,
    hasSecret: Object.keys(secrets).length > 0 && !isGiven,
  };
}

function findHost(properties: ConsoleObject["properties"], visibility: Visibilities): string | undefined {
  const url = Object.keys(visibility).find((name) => visibility[name] === "url");
  const value = url === undefined ? undefined : String(properties[url]);
  return value !== undefined && URL.canParse(value) ? new URL(value).host : undefined;
}

/** Ids begin with the time of creation, after a key's prefix. */
function creationTime(id: string): number | undefined {
  const [, seconds] = /^(?:[a-z]{3}_)?([0-9a-f]{8})[0-9a-f]{16}$/.exec(id) ?? [];
  return seconds === undefined ? undefined : Number.parseInt(seconds, 16) * 1000;
}

function revealSecrets(store: Store, kinds: KindTable, id: string): Record<string, string> {
  const accountKey = store.accountKeys.get(id);
  if (accountKey !== undefined) return accountKey.isGiven ? refuseGiven() : { secret: accountKey.secret };
  // An id that an object borrows from another one stands for both.
  const found = kindNames.flatMap((kind) => {
    const { snapshot, visibility } = kinds[kind];
    const objects = snapshot(store).filter((object) => described.parse(object).id === id);
    return objects.map((object) => ({ object, visibility }));
  });
  if (found.length === 0) throw notFound("There is no object with this id.");
  if (found.some(({ object }) => described.parse(object).isGiven)) refuseGiven();
  const secrets = found.map(({ object, visibility }) => disclose(object, visibility).secrets);
  return Object.assign({}, ...secrets);
}

function refuseGiven(): never {
  throw forbidden(
    "This secret was given to the emulator at its start. It may be a real one, and is not shown.",
  );
}
