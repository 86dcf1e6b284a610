import { z } from "zod";
import type { Api } from "../api";
import { type Collection, callsOf, collectionIn, type Form } from "../collection";
import { asSmoochError } from "../errors";
import { id, MisfitError, objectReader, optional } from "../fit";
import { type Listing, minListings, type Unreadable } from "../listing";
import { inApp } from "../place";
import {
  inSwitchboard,
  type NewSwitchboardIntegration,
  type SwitchboardIntegration,
  type SwitchboardIntegrationChange,
  switchboardIntegration,
  switchboardIntegrations,
} from "./switchboard-integration";

/** How many integrations a switchboard can have. */
export const maxIntegrations = 10;

/** A switchboard's integration, which refers to others by their names. */
export interface SwitchboardEntry
  extends Pick<
    NewSwitchboardIntegration,
    "integrationId" | "integrationType" | "deliverStandbyEvents" | "messageHistoryCount"
  > {
  /** The name of the integration that it hands conversations over to. */
  next?: string | undefined;
}

/** What a switchboard can be changed to. */
export interface SwitchboardChange {
  enabled?: boolean | undefined;
  /** The name of the integration that new conversations start with. */
  defaultIntegration?: string | undefined;
  /** All of its integrations, by name. */
  integrations?: Readonly<Record<string, SwitchboardEntry>> | undefined;
}
export interface Switchboard extends SwitchboardChange {
  id: string;
  enabled: boolean;
  integrations: Readonly<Record<string, SwitchboardEntry>>;
  /** The ids of its integrations, by name. */
  integrationIds: Readonly<Record<string, string>>;
}

/** A switchboard as the API returns it: without its integrations. */
interface Bare {
  id: string;
  enabled: boolean;
  defaultSwitchboardIntegrationId?: string | undefined;
}

/** The API creates it without a body. */
const v2: Form<Bare, undefined> = {
  isListedOnly: true,
  reader: objectReader(
    "id",
    z.object({
      id,
      enabled: z.boolean(),
      defaultSwitchboardIntegrationId: optional(z.string()),
    }),
    (switchboard) => switchboard,
  ),
  write: () => ({}),
};

export const switchboard: Collection<Bare, Form<Bare, undefined>> = {
  label: "switchboard",
  forms: { v2 },
};

type Address = { appId: string; switchboardId: string };
/** A switchboard's integrations, by name. */
type Entries = ReadonlyMap<string, SwitchboardIntegration>;

export function switchboards(api: Api) {
  const bare = collectionIn(api, switchboard, inApp);
  const entries = switchboardIntegrations(api);
  /** Switchboards that were just made, so that nothing is in them yet. */
  const fresh = new Set<string>();

  /** Throws if one of them cannot be read: it would look as if the switchboard did not have it. */
  async function readEntries(address: Address): Promise<Entries> {
    const { list } = callsOf(api.version, switchboardIntegration, inSwitchboard(address));
    const { items } = await api.listAll((from) => {
      const call = list(from);
      return {
        ...call,
        parse(body, status) {
          const page = call.parse(body, status);
          const [odd] = page.unreadable;
          if (odd !== undefined) throw new MisfitError(describeOdd(odd));
          return page;
        },
      };
    });
    return byName(items);
  }

  /**
   * Reads again if one of these seems to be missing: otherwise a stale list would lead to a second one of that name. What
   * one list shows exists, even if a later one, which may be the stale one, does not show it.
   */
  async function readWith(address: Address, names: readonly string[]): Promise<Entries> {
    const found = new Map<string, SwitchboardIntegration>();
    for (let lists = 1; ; lists++) {
      for (const [name, entry] of await readEntries(address)) if (!found.has(name)) found.set(name, entry);
      if (lists === minListings || names.every((name) => found.has(name))) return found;
      await api.pause(lists);
    }
  }

  return {
    async create(appId: string): Promise<Switchboard> {
      const made = await bare.create(appId, undefined);
      fresh.add(made.id);
      return withEntries(made, new Map());
    },
    async get(appId: string, id: string): Promise<Switchboard> {
      const found = await bare.get(appId, id);
      return withEntries(found, await readEntries({ appId, switchboardId: id }));
    },
    async list(appId: string): Promise<Listing<Switchboard>> {
      const listing = await bare.list(appId);
      const all: Listing<Switchboard> = { items: [], unreadable: listing.unreadable };
      for (const found of listing.items) {
        const { items, unreadable } = await entries.list({ appId, switchboardId: found.id });
        const [odd] = unreadable;
        if (odd === undefined) all.items.push(withEntries(found, byName(items)));
        else all.unreadable.push({ id: found.id, problem: describeOdd(odd) });
      }
      return all;
    },
    delete: bare.delete,
    /**
     * Changes the switchboard step by step, so that no step refers to something that does not exist, or deletes
     * something that is referred to. Integrations are told apart by their names, so it can be repeated at any time.
     * Returns what the responses to the steps show: a read after them might be stale.
     */
    async update(
      appId: string,
      id: string,
      { enabled, defaultIntegration, integrations }: SwitchboardChange,
    ): Promise<Switchboard> {
      const address = { appId, switchboardId: id };
      const wanted = Object.entries(integrations ?? {});
      const isFresh = fresh.delete(id);
      const current = new Map(
        isFresh
          ? []
          : await readWith(
              address,
              wanted.map(([name]) => name),
            ),
      );
      const undeclared = [...current.keys()].filter(
        (name) => integrations !== undefined && !Object.hasOwn(integrations, name),
      );
      for (const [name, { next: _, ...entry }] of wanted) {
        // A full switchboard has no room for a new one until an old one is gone, which may still be referred to.
        const spare = current.has(name) || current.size < maxIntegrations ? undefined : undeclared.shift();
        const existing = current.get(spare ?? name);
        if (spare !== undefined) current.delete(spare);
        const saved =
          existing === undefined
            ? await make(address, { name, ...entry })
            : await change(address, existing, { name, messageHistoryCount: 0, ...entry });
        current.set(name, saved);
      }
      for (const [name, { next }] of wanted)
        await link(address, current, name, next === undefined ? "" : entryOf(current, next).id);
      const start = defaultIntegration === undefined ? undefined : entryOf(current, defaultIntegration).id;
      const body = { enabled, defaultSwitchboardIntegrationId: start };
      const saved =
        enabled === undefined && start === undefined
          ? await bare.get(appId, id)
          : await api.send(callsOf(api.version, switchboard, inApp(appId)).update(id, { body }));
      const isUndeclared = (entryId: string | undefined) =>
        undeclared.some((name) => entryOf(current, name).id === entryId);
      for (const name of undeclared)
        if (isUndeclared(entryOf(current, name).nextSwitchboardIntegrationId))
          await link(address, current, name, "");
      for (const name of undeclared) {
        await entries.delete(address, entryOf(current, name).id);
        current.delete(name);
      }
      return withEntries(saved, current);
    },
  };

  /** After an error, the next update finds the integration if it was made. */
  async function make(address: Address, entry: NewSwitchboardIntegration): Promise<SwitchboardIntegration> {
    try {
      return await entries.create(address, entry);
    } catch (error) {
      if (asSmoochError(error).mayBeApplied) await api.settle();
      throw error;
    }
  }

  /** Sends what differs, if anything does. */
  async function change(
    address: Address,
    existing: SwitchboardIntegration,
    wanted: SwitchboardIntegrationChange,
  ): Promise<SwitchboardIntegration> {
    const current: Readonly<Record<string, unknown>> = {
      messageHistoryCount: 0,
      ...withoutUndefined(existing),
    };
    const changed = Object.entries(withoutUndefined(wanted)).filter(
      ([name, value]) => current[name] !== value,
    );
    if (changed.length === 0) return existing;
    return entries.update(address, existing.id, Object.fromEntries(changed));
  }

  /** Sets where an integration hands conversations over to, unless it does already. Empty: nowhere. */
  async function link(
    address: Address,
    current: Map<string, SwitchboardIntegration>,
    name: string,
    nextSwitchboardIntegrationId: string,
  ): Promise<void> {
    const from = entryOf(current, name);
    if ((from.nextSwitchboardIntegrationId ?? "") === nextSwitchboardIntegrationId) return;
    current.set(name, await entries.update(address, from.id, { nextSwitchboardIntegrationId }));
  }
}

function describeOdd({ id, problem }: Unreadable): string {
  return `switchboard integration ${id}: ${problem}`;
}

/**
 * Of several with one name, the first has it. The others, which a lost request may have made, get names that no program
 * can declare: so they show as a difference, and the next update deletes them.
 */
function byName(entries: readonly SwitchboardIntegration[]): Entries {
  const named = new Map<string, SwitchboardIntegration>();
  for (const entry of entries)
    named.set(named.has(entry.name) ? `${entry.name} ${entry.id}` : entry.name, entry);
  return named;
}

function entryOf(entries: Entries, name: string): SwitchboardIntegration {
  const entry = entries.get(name);
  if (entry === undefined) throw new Error(`The switchboard has no integration named ${name}.`);
  return entry;
}

function withEntries({ id, enabled, defaultSwitchboardIntegrationId }: Bare, entries: Entries): Switchboard {
  const names = new Map([...entries].map(([name, entry]) => [entry.id, name]));
  const nameOf = (id: string | undefined) => (id === undefined ? undefined : names.get(id));
  return {
    id,
    enabled,
    defaultIntegration: nameOf(defaultSwitchboardIntegrationId),
    integrations: Object.fromEntries(
      [...entries].map(([name, { id: _, name: __, nextSwitchboardIntegrationId, ...entry }]) => [
        name,
        { ...entry, next: nameOf(nextSwitchboardIntegrationId) },
      ]),
    ),
    integrationIds: Object.fromEntries([...entries].map(([name, { id }]) => [name, id])),
  };
}

function withoutUndefined(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
