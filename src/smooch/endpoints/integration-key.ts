import type { Api } from "../api";
import { type Collection, collectionIn } from "../collection";
import { type KeyPair, signJwt } from "../jwt";
import { inApp, inside } from "../place";
import { joinPath, request } from "../request";
import { isRefused, type SecretKey, type SecretKeyForm, secretKeyParts, v2KeyForm } from "../secret-key";

/** Where the keys of a custom integration are. */
export interface Address {
  appId: string;
  integrationId: string;
}

export const integrationKey: Collection<SecretKey, SecretKeyForm> = {
  label: "integration key",
  forms: { v2: v2KeyForm },
  ...secretKeyParts,
};

export function integrationKeys(api: Api) {
  const placeOf = ({ appId, integrationId }: Address) => inside(inApp(appId), "integration", integrationId);
  return {
    ...collectionIn(api, integrationKey, placeOf),
    /** Whether the API itself refuses a call signed with the key, which means that the key has been deleted. */
    isRefused: ({ appId, integrationId }: Address, key: KeyPair): Promise<boolean> =>
      isRefused(api, signJwt(key, { scope: "integration" }), webhooksCall(appId, integrationId)),
  };
}

/** A call that a live key may make: it lists the webhooks of its own integration. */
function webhooksCall(appId: string, integrationId: string) {
  return request("v2", {
    operation: "list",
    resource: `webhooks of integration ${integrationId} of app ${appId}`,
    method: "GET",
    path: joinPath("/v2/apps", appId, "integrations", integrationId, "webhooks"),
    parse: () => undefined,
  });
}
