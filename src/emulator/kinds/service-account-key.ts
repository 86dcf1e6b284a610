import { withUserAccount } from "../access";
import type { ApiVersion } from "../api-version";
import type { Signer } from "../caller";
import type { Account } from "../model";
import type { Store } from "../store";
import { type KeyApi, type KeyRing, keyRoutes } from "./key/routes";
import { type Kind, snapshotChildren } from "./kind";
import { getServiceAccount, keysOf, serviceAccountKeys } from "./service-account/objects";

export interface ServiceAccountKeySnapshot {
  readonly id: string;
  readonly accountId: string;
  readonly serviceAccountId: string;
  readonly name: string;
  readonly secret: string;
}

export const serviceAccountKey = {
  plural: "serviceAccountKeys",
  children: serviceAccountKeys,
  visibility: { id: "plain", accountId: "plain", serviceAccountId: "plain", name: "plain", secret: "secret" },
  routes: (apiVersion: ApiVersion) =>
    apiVersion === "v2"
      ? []
      : keyRoutes(apiVersion, `/${apiVersion}/serviceaccounts/{serviceAccountId}/keys`, api),
  snapshot: snapshotChildren(
    serviceAccountKeys,
    (key, accountId): ServiceAccountKeySnapshot => ({ ...key, accountId }),
  ),
  summarize: ({ id, accountId, serviceAccountId }: ServiceAccountKeySnapshot) => ({
    id,
    accountId,
    serviceAccountId,
  }),
  findSigner,
} as const satisfies Kind;

const api: KeyApi = {
  name: "ServiceAccountKey",
  holder: "service account",
  prefix: "svc_",
  scope: "account",
  withKeys: (answer) =>
    withUserAccount((call) => answer(call, ringOf(call.account, getServiceAccount(call).id))),
};

function ringOf(account: Account, serviceAccountId: string): KeyRing {
  return {
    list: () => keysOf(account, serviceAccountId),
    add: (key) => serviceAccountKeys.put(account, { ...key, serviceAccountId }),
    delete: (keyId) => serviceAccountKeys.of(account).delete(keyId),
  };
}

/** Looks up keys in the current store even for stale reads, like the keys of the account page. */
function findSigner({ present }: Store, id: string): Signer | undefined {
  for (const account of present.accounts.values()) {
    const found = serviceAccountKeys.of(account).get(id);
    if (found === undefined) continue;
    const { secret, serviceAccountId } = found;
    const key = {
      id,
      accountId: account.id,
      secret,
      isGiven: false,
      grantedApps: undefined,
      revokedApps: new Set<string>(),
      serviceAccountId,
    };
    return { caller: { scope: "account", key }, secret };
  }
  return undefined;
}
