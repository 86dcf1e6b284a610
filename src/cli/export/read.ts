import pLimit from "p-limit";
import type { SmoochClient } from "../../smooch/client";
import { asSmoochError } from "../../smooch/errors";
import type { App, Webhook } from "../../smooch/objects";
import { type AppContents, oldestFirst, seeIntegration, seeKey, seeWebhook } from "./account";
import { printable } from "./names";

export interface Reading {
  /** Ids of apps, or patterns of their names; none means all. */
  wanted: readonly string[];
  /** Told after each app. */
  progress(done: number, total: number, app: App): void;
}

export interface Read {
  apps: AppContents[];
  /** What could not be read. Whole sentences. */
  notes: string[];
}

/** Reads the apps of an account with all that belongs to them. */
export async function readAccount(smooch: SmoochClient, { wanted, progress }: Reading): Promise<Read> {
  const all = await smooch.apps.list();
  if (all.length === 0) throw new Error("the account has no apps, so there is nothing to export");
  const apps = oldestFirst(all.filter((app) => isWanted(app, wanted)));
  if (apps.length === 0) {
    throw new Error(`no app is meant by --app ${wanted.join(" or --app ")}: the account has ${all.length}`);
  }

  const notes: string[] = [];
  // The client has a limit of its own for calls; this one keeps a failure from being told after thousands of them.
  const limit = pLimit(4);
  let done = 0;
  const contents = apps.map((app) =>
    limit(async () => {
      const read = await readApp(smooch, app, notes);
      done += 1;
      progress(done, apps.length, app);
      return read;
    }),
  );
  try {
    const found = (await Promise.all(contents)).flatMap((read) => read ?? []);
    if (found.length === 0) throw new Error(notes.join(" "));
    return { apps: found, notes };
  } catch (error) {
    limit.clearQueue();
    throw error;
  }
}

/** An id, or a name in which `*` stands for anything; upper and lower case are the same. */
export function isWanted({ id, name }: Pick<App, "id" | "name">, wanted: readonly string[]): boolean {
  const matches = (pattern: string) => {
    const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
    return pattern === id || new RegExp(`^${parts.join(".*")}$`, "isu").test(name);
  };
  return wanted.length === 0 || wanted.some(matches);
}

/** Undefined, and a note, where the app has been deleted since it was listed. */
async function readApp(smooch: SmoochClient, app: App, notes: string[]): Promise<AppContents | undefined> {
  try {
    const [keys, { webhooks, homes }, integrations] = await Promise.all([
      smooch.keys.list(app.id),
      readWebhooks(smooch, app.id, notes),
      smooch.integrations.list(app.id),
    ]);
    return {
      app,
      keys: keys.map(seeKey),
      webhooks: webhooks.map(seeWebhook),
      // A custom integration may be nothing but what a webhook looks like in v2.
      integrations: integrations
        .map(seeIntegration)
        .filter(({ id, type }) => type !== "custom" || (smooch.version === "v2" && !homes.has(id))),
    };
  } catch (error) {
    if (asSmoochError(error).status !== 404) throw error;
    notes.push(
      `Left out: app ${app.id} (${printable(app.name)}) was deleted while it was read, or cannot be seen.`,
    );
    return undefined;
  }
}

interface Webhooks {
  webhooks: Webhook[];
  /** Ids of what was listed; in v2 those of the custom integrations that hold webhooks (v2.md 5). */
  homes: ReadonlySet<string>;
}

/** Each through the generation that made it: only there it has the id and the triggers by which it is managed. */
async function readWebhooks(smooch: SmoochClient, appId: string, notes: string[]): Promise<Webhooks> {
  const listed = await smooch.webhooks.list(appId);
  const own = listed.filter(({ version }) => version === smooch.version);
  const others = new Set(
    listed.map(({ version }) => version).filter((version) => version !== smooch.version),
  );
  const more = await Promise.all(
    [...others].map(async (version) => {
      try {
        const all = await smooch.in(version).webhooks.list(appId);
        return all.filter((webhook) => webhook.version === version);
      } catch (caught) {
        const error = asSmoochError(caught);
        // Hosts at Zendesk have no older generations. What may pass ends the export instead.
        if (error.retryable) throw error;
        notes.push(`Left out: the webhooks of app ${appId} that API ${version} made. ${error.summary}`);
        return [];
      }
    }),
  );
  return { webhooks: [...own, ...more.flat()], homes: new Set(listed.map(({ id }) => id)) };
}
