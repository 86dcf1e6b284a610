import { z } from "zod";
import type { Api } from "../api";
import { type Collection, callsOf, collection, type Form } from "../collection";
import { id, objectReader } from "../fit";

export type Metadata = Record<string, string | number | boolean>;
export type AppSettings = Record<string, boolean | number | undefined>;

export interface NewApp {
  name: string;
  settings?: AppSettings | undefined;
  metadata?: Metadata | undefined;
}
export interface AppChange {
  name?: string | undefined;
  settings?: AppSettings | undefined;
  /** A null value removes the key on servers that merge metadata. */
  metadata?: Record<string, Metadata[string] | null> | undefined;
}
export interface App extends NewApp {
  id: string;
  /** v1 and v1.1 only. */
  appToken?: string | undefined;
}

/** The same in all API versions. */
const parts = {
  settings: z.record(z.string(), z.unknown()).nullish(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
};

/** Updates have the same format as new apps. */
type AppForm = Form<App, AppChange>;

const legacy: AppForm = {
  reader: objectReader(
    "_id",
    z.object({ _id: id, name: z.string(), appToken: z.string().nullish(), ...parts }),
    ({ _id, name, appToken, ...wire }) => ({
      id: _id,
      name,
      appToken: appToken ?? undefined,
      ...readParts(wire),
    }),
  ),
  write: (body) => ({ body }),
  isPaged: true,
};

const v2: AppForm = {
  reader: objectReader(
    "id",
    z.object({ id, displayName: z.string(), ...parts }),
    ({ id, displayName, ...wire }) => ({ id, name: displayName, ...readParts(wire) }),
  ),
  write: ({ name, ...rest }) => ({ body: { displayName: name, ...rest } }),
  isPaged: true,
};

const forms = { v1: legacy, "v1.1": legacy, v2 };
export const app: Collection<App, AppForm> = { label: "app", forms };

export function apps(api: Api) {
  const calls = callsOf(api.version, app);
  const update = (appId: string, change: AppChange): Promise<App> =>
    api.send(calls.update(appId, forms[api.version].write(change)));
  const { create, ...rest } = collection(api, app);
  return {
    ...rest,
    create: (app: NewApp): Promise<App> => create(app),
    async update(appId: string, change: AppChange): Promise<App> {
      const app = await update(appId, change);
      const { metadata: sent } = change;
      const stale =
        sent === undefined ? [] : Object.keys(app.metadata ?? {}).filter((key) => !Object.hasOwn(sent, key));
      if (stale.length === 0) return app;
      // This server merges metadata instead of replacing it, so stale keys have to be removed with null
      // (docs/api/observed.md).
      return update(appId, { metadata: Object.fromEntries(stale.map((key) => [key, null])) });
    },
    /** Checks that Smooch lists apps for these credentials: one page, without retries. */
    async probe(): Promise<void> {
      await api.send({ ...calls.list(), isOptional: true });
    },
  };
}

/**
 * Drops values that this package cannot manage: settings of a newer API version may have other types, and Pulumi's
 * engine has no path to an entry whose name is empty.
 */
function readParts(wire: {
  settings?: Record<string, unknown> | null | undefined;
  metadata?: Record<string, Metadata[string] | null> | null | undefined;
}) {
  const known = Object.entries(wire.settings ?? {}).flatMap(([name, value]) =>
    name !== "" && (typeof value === "boolean" || typeof value === "number") ? [[name, value] as const] : [],
  );
  const metadata = Object.entries(wire.metadata ?? {}).flatMap(([name, value]) =>
    name === "" || value === null ? [] : [[name, value] as const],
  );
  return {
    settings: wire.settings ? Object.fromEntries(known) : undefined,
    metadata: wire.metadata ? Object.fromEntries(metadata) : undefined,
  };
}
