import type { Deliveries } from "./deliveries";
import type { EmulatorSnapshot, EmulatorState } from "./snapshot";
import type { Store } from "./store";

export function takeSnapshot(store: Store, deliveries: Deliveries): EmulatorSnapshot {
  const apps = [...store.apps.values()];
  return {
    accounts: [...store.accounts.values()].map(({ id }) => ({
      id,
      keyIds: [...store.accountKeys.values()].filter((key) => key.accountId === id).map((key) => key.id),
    })),
    apps: apps.map(({ id, accountId, token, name, settings, metadata }) => ({
      id,
      accountId,
      appToken: token,
      name,
      settings: { ...settings },
      ...(metadata && { metadata: { ...metadata } }),
    })),
    keys: apps.flatMap((app) => [...app.keys.values()].map((key) => ({ ...key, appId: app.id }))),
    integrations: apps.flatMap((app) =>
      [...app.integrations.values()].map(({ id, type, displayName, fields }) => ({
        id,
        appId: app.id,
        type,
        ...(displayName !== undefined && { displayName }),
        fields: { ...fields },
      })),
    ),
    webhooks: apps.flatMap((app) =>
      [...app.webhooks.values()].map(({ updating: _, triggers, ...webhook }) => ({
        ...webhook,
        appId: app.id,
        triggers: [...triggers],
      })),
    ),
    appUsers: apps.flatMap((app) =>
      [...app.users.values()].map(({ id, externalId }) => ({
        id,
        appId: app.id,
        ...(externalId !== undefined && { userId: externalId }),
        messageIds: [...app.conversations.values()]
          .filter((conversation) => conversation.userId === id)
          .flatMap(({ messages }) => messages.map((message) => message.id)),
      })),
    ),
    deliveries: deliveries.all.map(({ lastStatus, ...delivery }) => ({
      ...delivery,
      ...(lastStatus !== undefined && { lastStatus }),
    })),
  };
}

export function summarize(snapshot: EmulatorSnapshot, unknownRequests: number): EmulatorState {
  const { accounts, apps, keys, integrations, webhooks, appUsers, deliveries } = snapshot;
  return {
    empty: apps.length === 0,
    counts: {
      accounts: accounts.length,
      apps: apps.length,
      keys: keys.length,
      integrations: integrations.length,
      webhooks: webhooks.length,
      appUsers: appUsers.length,
      deliveries: deliveries.length,
    },
    apps: apps.map(({ id, name }) => ({ id, name })),
    keys: keys.map(({ id, appId }) => ({ id, appId })),
    integrations: integrations.map(({ id, appId, type }) => ({ id, appId, type })),
    webhooks: webhooks.map(({ id, appId, integrationId, version }) => ({
      id,
      appId,
      integrationId,
      version,
    })),
    unknownRequests,
  };
}
