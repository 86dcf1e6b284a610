import { z } from "zod";
import type { Api } from "../api";
import { type Collection, callsOf, collectionIn } from "../collection";
import { type KeyPair, signJwt } from "../jwt";
import { inApp } from "../place";
import { joinPath, request } from "../request";
import {
  isRefused,
  legacyKeyForm,
  type SecretKey,
  type SecretKeyForm,
  secretKeyParts,
  v2KeyForm,
} from "../secret-key";
import { app } from "./app";

export const key: Collection<SecretKey, SecretKeyForm> = {
  label: "key",
  forms: { v1: legacyKeyForm, "v1.1": legacyKeyForm, v2: v2KeyForm },
  ...secretKeyParts,
};

export function keys(api: Api) {
  const keys = collectionIn(api, key, inApp);
  return {
    ...keys,
    /** Whether the API itself refuses a call signed with the key, which means that the key has been deleted. */
    isRefused: (appId: string, key: KeyPair): Promise<boolean> =>
      isRefused(api, signJwt(key), callsOf(api.version, app).get(appId)),
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
