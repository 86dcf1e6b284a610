import type { SmoochClient } from "../smooch/client";
import { SmoochError } from "../smooch/errors";
import { idForm, isId } from "../smooch/ids";
import type { SmoochAppResult, SmoochKeyResult } from "../smooch/results";

type Warn = (line: string) => void;

/** The functions that ask Smooch about an app. They need an account key. */
export const functions = {
  async getApp(smooch: SmoochClient, { appId }: Ids<"appId">): Promise<SmoochAppResult> {
    const { id, name, appToken, settings = {}, metadata = {} } = await smooch.apps.get(appId);
    return { id, name, appToken, settings, metadata };
  },

  async getKeys(
    smooch: SmoochClient,
    { appId }: Ids<"appId">,
    warn: Warn,
  ): Promise<{ keys: SmoochKeyResult[] }> {
    const { items, unreadable } = await smooch.keys.list(appId);
    const omitted = unreadable.map(({ id, problem }) => `key ${id}: ${problem}`);
    const keys: SmoochKeyResult[] = [];
    for (const { id, name, secret: listed } of items) {
      const secret = listed ?? (await smooch.keys.get(appId, id)).secret;
      if (secret === undefined) omitted.push(`key ${id}: Smooch does not return its secret`);
      else keys.push({ id, name, secret });
    }
    if (omitted.length > 0) warn(`getKeys of app ${appId} left out ${omitted.join("; ")}`);
    return { keys };
  },

  async getKeyJwt(smooch: SmoochClient, { appId, keyId }: Ids<"appId" | "keyId">): Promise<{ jwt: string }> {
    return { jwt: await smooch.keys.getJwt(appId, keyId) };
  },
};

type Ids<Name extends string> = Readonly<Record<Name, string>>;

/** Throws unless all of them can be ids. */
export function requireIds(ids: Readonly<Record<string, unknown>>): void {
  for (const [name, id] of Object.entries(ids)) {
    if (!isId(id)) throw new Error(`${name} must be an id: ${idForm}`);
  }
}

/** What a failed function tells the user. */
export function failureOf(error: unknown): string {
  if (!(error instanceof SmoochError)) return error instanceof Error ? error.message : String(error);
  return error.isNotFound ? `${error.summary} Check the id and the account.` : error.message;
}
