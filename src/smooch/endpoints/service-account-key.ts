import type { Api } from "../api";
import { type Collection, callsOf, collectionIn } from "../collection";
import { type KeyPair, signJwt } from "../jwt";
import { account, inside } from "../place";
import { isRefused, legacyKeyForm, type SecretKey, type SecretKeyForm, secretKeyParts } from "../secret-key";
import { app } from "./app";

/** Where the keys of a service account are. */
export interface Address {
  serviceAccountId: string;
}

export const serviceAccountKey: Collection<SecretKey, SecretKeyForm> = {
  label: "service account key",
  forms: { v1: legacyKeyForm, "v1.1": legacyKeyForm },
  ...secretKeyParts,
};

export function serviceAccountKeys(api: Api) {
  const placeOf = ({ serviceAccountId }: Address) =>
    inside(account, "service account", serviceAccountId, "serviceaccounts");
  return {
    ...collectionIn(api, serviceAccountKey, placeOf),
    /** Whether the API itself refuses a call signed with the key, which means that the key has been deleted. */
    isRefused: (key: KeyPair): Promise<boolean> =>
      isRefused(api, signJwt(key, { scope: "account" }), callsOf(api.version, app).list()),
  };
}
