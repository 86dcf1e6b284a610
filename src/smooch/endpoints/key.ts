import { z } from "zod";
import type { Api } from "../api";
import { type Collection, callsOf, collectionInApps, type Form } from "../collection";
import { asSmoochError } from "../errors";
import { id, objectReader, readableSecret } from "../fit";
import { type KeyPair, signJwt } from "../jwt";
import { joinPath, request } from "../request";
import { app } from "./app";

export interface NewKey {
  name: string;
}
export interface Key extends NewKey {
  id: string;
  /** Undefined if Smooch returns no secret, or only a masked one. */
  secret?: string | undefined;
}

const legacy: Form<Key, NewKey> = {
  reader: objectReader(
    "_id",
    z.object({ _id: id, name: z.string(), secret: readableSecret }),
    ({ _id, name, secret }) => ({ id: _id, name, secret }),
  ),
  write: (body) => ({ body }),
};

const v2: Form<Key, NewKey> = {
  reader: objectReader(
    "id",
    z.object({ id, displayName: z.string(), secret: readableSecret }),
    ({ id, displayName, secret }) => ({ id, name: displayName, secret }),
  ),
  write: ({ name }) => ({ body: { displayName: name } }),
};

const key: Collection<Key, Form<Key, NewKey>> = {
  label: "key",
  forms: { v1: legacy, "v1.1": legacy, v2 },
  secrets: ({ secret }) => [secret],
  isComplete: ({ secret }) => secret !== undefined,
};

export function keys(api: Api) {
  const keys = collectionInApps(api, key);
  return {
    ...keys,
    /** Whether the API itself refuses a call signed with the key, which means that the key has been deleted. */
    async isRefused(appId: string, key: KeyPair): Promise<boolean> {
      try {
        // The token contains no times, so that a wrong local clock is no reason to refuse it.
        await api.sendAs({ token: signJwt(key) }, callsOf(api.version, app).get(appId));
        return false;
      } catch (error) {
        const { status, code } = asSmoochError(error);
        return status === 401 && code !== undefined;
      }
    },
    /** Signed by Smooch; in v2, which has no such call, signed locally. */
    async getJwt(appId: string, keyId: string): Promise<string> {
      if (api.version !== "v2") return api.send(jwtCall(api.version, appId, keyId));
      const { secret } = await keys.get(appId, keyId);
      if (secret === undefined) throw new Error(`Smooch does not return the secret of key ${keyId}.`);
      return signJwt({ keyId, secret });
    },
  };
}

const jwt = z.object({ jwt: z.string().min(1) });

function jwtCall(version: "v1" | "v1.1", appId: string, keyId: string) {
  return request(version, {
    operation: "get the JWT of",
    resource: `key ${keyId} of app ${appId}`,
    method: "GET",
    path: joinPath(`/${version}/apps`, appId, "keys", keyId, "jwt"),
    parse: (body) => jwt.parse(body).jwt,
  });
}
