import pLimit from "p-limit";
import type { KindName } from "../../../kinds";
import { printable } from "../../../printable";
import type { ApiVersion } from "../../../smooch/api-version";
import type { SmoochClient } from "../../../smooch/client";
import type { App } from "../../../smooch/endpoints/app";
import type { Webhook } from "../../../smooch/endpoints/webhook";
import { asSmoochError } from "../../../smooch/errors";
import type { Unreadable } from "../../../smooch/listing";
import { type AppContents, oldestFirst, seeIntegration, seeKey, seeWebhook } from "./contents";

export interface Reading {
  /** Ids of apps, or patterns of their names; none means all. */
  wanted: readonly string[];
  /** The id of the key that reads, where it is one of an app: it sees that app's webhooks and integrations. */
  keyOfApp?: string | undefined;
  /** Told after each app. */
  progress(done: number, total: number, app: App): void;
}

export interface Read {
  /** Every app of the account, whether it was wanted or not. */
  listed: Named[];
  apps: AppContents[];
  unread: Unread[];
}

/** An app; its name is empty where it cannot be read. */
export type Named = Pick<App, "id" | "name">;

/** What could not be read. */
export interface Unread {
  app: Named;
  /** The one object that it is, where all others could be read. */
  object?: { kind: KindName; id: string };
  /** The kinds that the credential may not read, where it is a key of an app. */
  kinds?: readonly KindName[];
  /** The generation whose webhooks they are; undefined where it is the whole app. */
  webhooksOf?: ApiVersion;
  /** Whether the generation in use lists some, so that they are certainly there. */
  exist: boolean;
  /** What and why, as it goes on after `Left out:`. */
  message: string;
}

/** Reads the apps of an account with all that belongs to them; with a key of an app, what it may read of that. */
export async function readAccount(
  smooch: SmoochClient,
  { wanted, progress, keyOfApp }: Reading,
): Promise<Read> {
  if (keyOfApp !== undefined) return readOneApp(smooch, keyOfApp, wanted);
  const { items, unreadable } = await smooch.apps.list();
  const apps = oldestFirst(items.filter((app) => isWanted(app, wanted)));
  const nameless = unreadable.map(({ id, problem }) => ({ id, name: "", problem }));
  const listed: Named[] = [...items, ...nameless.map(({ id, name }) => ({ id, name }))];

  const unread: Unread[] = nameless
    .filter((app) => isWanted(app, wanted))
    .map(({ id, name, problem }) => ({
      app: { id, name },
      exist: true,
      message: `app ${id}, as Smooch returns it: ${printable(problem)}.`,
    }));
  // The client has a limit of its own for calls; this one keeps a failure from being told after thousands of them.
  const limit = pLimit(4);
  let done = 0;
  const contents = apps.map((app) =>
    limit(async () => {
      const read = await readApp(smooch, app, unread);
      done += 1;
      progress(done, apps.length, app);
      return read;
    }),
  );
  try {
    return { listed, apps: (await Promise.all(contents)).flatMap((read) => read ?? []), unread };
  } catch (error) {
    limit.clearQueue();
    throw error;
  }
}

async function readOneApp(smooch: SmoochClient, keyId: string, wanted: readonly string[]): Promise<Read> {
  const [id, another] = wanted;
  if (id === undefined || another !== undefined || !/^[\w-]+$/.test(id)) {
    throw new Error(
      `${keyId} is a key of an app, and does not list apps: name the one that it belongs to with --app <id>`,
    );
  }
  const app = { id, name: "" };
  const message = `app ${id} itself and its keys: ${keyId} is a key of the app, and those need an account key.`;
  const unread: Unread[] = [{ app, kinds: ["app", "key"], exist: false, message }];
  const read = await readChildren(smooch, app, unread);
  return { listed: [app], apps: [{ app, isPartial: true, keys: [], ...read }], unread };
}

/** A filter that means nothing is a mistake. */
export function requireMeant({ listed }: Pick<Read, "listed">, wanted: readonly string[]): void {
  if (listed.some((app) => isWanted(app, wanted)) || wanted.length === 0) return;
  throw new Error(`no app matches --app ${wanted.join(" or --app ")} (the account has ${listed.length})`);
}

/** An id, or a name in which `*` stands for anything; upper and lower case are the same. */
export function isWanted({ id, name }: Named, wanted: readonly string[]): boolean {
  const matches = (pattern: string) => {
    const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
    return pattern === id || new RegExp(`^${parts.join(".*")}$`, "isu").test(name);
  };
  return wanted.length === 0 || wanted.some(matches);
}

/** Undefined, and an entry in `unread`, where the app has been deleted since it was listed. */
async function readApp(smooch: SmoochClient, app: App, unread: Unread[]): Promise<AppContents | undefined> {
  try {
    const more: Unread[] = [];
    const [keys, children] = await Promise.all([smooch.keys.list(app.id), readChildren(smooch, app, more)]);
    noteUnreadable("key", app, keys.unreadable, unread);
    unread.push(...more);
    return { app, keys: keys.items.map(seeKey), ...children };
  } catch (error) {
    if (asSmoochError(error).status !== 404) throw error;
    const message = `app ${app.id} (${printable(app.name)}) was deleted while it was read, or cannot be seen.`;
    unread.push({ app, exist: true, message });
    return undefined;
  }
}

/** What a key of the app may read as well. */
async function readChildren(smooch: SmoochClient, app: Named, unread: Unread[]) {
  const [{ webhooks, unreadable, homes }, integrations] = await Promise.all([
    readWebhooks(smooch, app, unread),
    smooch.integrations.list(app.id),
  ]);
  noteUnreadable("webhook", app, unreadable, unread);
  noteUnreadable("integration", app, integrations.unreadable, unread);
  return {
    webhooks: webhooks.map(seeWebhook),
    // A custom integration may be nothing but what a webhook looks like in v2.
    integrations: integrations.items
      .map(seeIntegration)
      .filter(({ id, type }) => type !== "custom" || (smooch.version === "v2" && !homes.has(id))),
  };
}

function noteUnreadable(kind: KindName, app: Named, objects: readonly Unreadable[], unread: Unread[]): void {
  for (const { id, problem } of objects) {
    const message = `${kind} ${id} of app ${app.id}, as Smooch returns it: ${printable(problem)}.`;
    unread.push({ app, object: { kind, id }, exist: true, message });
  }
}

interface Webhooks {
  webhooks: Webhook[];
  unreadable: Unreadable[];
  /** Ids of what was listed; in v2 those of the custom integrations that hold webhooks (v2.md 5). */
  homes: ReadonlySet<string>;
}

/**
 * Each through the generation that made it: only there it has the id and the triggers by which it is managed. The older
 * ones do not list those of v2, which is asked in any case.
 */
async function readWebhooks(smooch: SmoochClient, app: Named, unread: Unread[]): Promise<Webhooks> {
  const listed = await smooch.webhooks.list(app.id);
  const own = listed.items.filter(({ version }) => version === smooch.version);
  const seen = new Set(listed.items.map(({ version }) => version));
  const others = new Set<ApiVersion>([...seen, "v2"]);
  others.delete(smooch.version);
  const more = await Promise.all(
    [...others].map(async (version) => {
      try {
        const { items, unreadable } = await smooch.in(version).webhooks.list(app.id);
        return { items: items.filter((webhook) => webhook.version === version), unreadable };
      } catch (caught) {
        const error = asSmoochError(caught);
        // Hosts at Zendesk have no older generations. What may pass ends the reading instead.
        if (error.retryable) throw error;
        const message = `the webhooks of app ${app.id} that API ${version} made. ${error.summary}`;
        unread.push({ app, webhooksOf: version, exist: seen.has(version), message });
        return { items: [], unreadable: [] };
      }
    }),
  );
  const webhooks = [...own, ...more.flatMap(({ items }) => items)];
  // Several API versions may list the same one, and one of them all of it.
  const inPart = [listed, ...more].flatMap(({ unreadable }) => unreadable);
  const unreadable = new Map(inPart.map((one) => [one.id, one]));
  for (const { id } of webhooks) unreadable.delete(id);
  const homes = new Set([...listed.items, ...listed.unreadable].map(({ id }) => id));
  return { webhooks, unreadable: [...unreadable.values()], homes };
}
