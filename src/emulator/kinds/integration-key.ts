import { withApp } from "../access";
import type { ApiVersion } from "../api-version";
import type { App } from "../model";
import type { Route } from "../route";
import { integrationKeys, integrationKeysOf } from "./integration-key/objects";
import { type KeyApi, type KeyRing, keyRoutes } from "./key/routes";
import { type Kind, snapshotChildren } from "./kind";
import { signerFinder } from "./signer";

export interface IntegrationKeySnapshot {
  readonly id: string;
  readonly appId: string;
  readonly integrationId: string;
  readonly name: string;
  readonly secret: string;
}

/** Keys of custom integrations, which exist only in v2. */
export const integrationKey = {
  plural: "integrationKeys",
  children: integrationKeys,
  visibility: { id: "plain", appId: "plain", integrationId: "plain", name: "plain", secret: "secret" },
  routes: (apiVersion: ApiVersion): Route[] =>
    apiVersion === "v2"
      ? keyRoutes(apiVersion, "/v2/apps/{appId}/integrations/{integrationId}/keys", api)
      : [],
  snapshot: snapshotChildren(integrationKeys, (key, appId): IntegrationKeySnapshot => ({ ...key, appId })),
  summarize: ({ id, appId, integrationId }: IntegrationKeySnapshot) => ({ id, appId, integrationId }),
  findSigner: signerFinder(integrationKeys, (app, { integrationId }) => ({
    scope: "integration",
    app,
    integrationId,
  })),
} as const satisfies Kind;

const api: KeyApi = {
  name: "IntegrationKey",
  holder: "integration",
  prefix: "int_",
  scope: "integration",
  withKeys: (answer) => withApp((call) => answer(call, ringOf(call.app, call.params("integrationId")))),
};

function ringOf(app: App, integrationId: string): KeyRing {
  // Throws at once if the integration cannot have keys.
  integrationKeysOf(app, integrationId);
  return {
    list: () => integrationKeysOf(app, integrationId),
    add: (key) => integrationKeys.put(app, { ...key, integrationId }),
    delete: (keyId) => integrationKeys.of(app).delete(keyId),
  };
}
