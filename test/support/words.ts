import type { EmulatorSnapshot } from "../../src/emulator/index";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";

/** How a person talks to each API version by hand, and what things are called there. */
export interface Wire {
  version: ApiVersion;
  update: "PUT" | "PATCH";
  /** The field that holds an app's name. */
  name: string;
  triggers: { all: string; fromUser: string; postback: string };
  app(appId: unknown): string;
  key(appId: unknown, keyId: unknown): string;
  /** By the webhook's own id, which is the resource's in v1 and v1.1. */
  webhook(snapshot: EmulatorSnapshot, appId: unknown): string;
  /** Something that a key of the app may ask. */
  asApp(appId: unknown): string;
}

function legacy(version: "v1" | "v1.1"): Wire {
  const app = (appId: unknown) => `/${version}/apps/${appId}`;
  return {
    version,
    update: "PUT",
    name: "name",
    triggers: { all: "message", fromUser: "message:appUser", postback: "postback" },
    app,
    key: (appId, keyId) => `${app(appId)}/keys/${keyId}`,
    webhook: ({ webhooks: [hook] }, appId) => `${app(appId)}/webhooks/${hook?.id}`,
    asApp: (appId) => `${app(appId)}/webhooks`,
  };
}

const v2: Wire = {
  ...legacy("v1"),
  version: "v2",
  update: "PATCH",
  name: "displayName",
  triggers: {
    all: "conversation:message",
    fromUser: "conversation:message",
    postback: "conversation:postback",
  },
  app: (appId) => `/v2/apps/${appId}`,
  key: (appId, keyId) => `/v2/apps/${appId}/keys/${keyId}`,
  webhook: ({ webhooks: [hook] }, appId) =>
    `/v2/apps/${appId}/integrations/${hook?.integrationId}/webhooks/${hook?.id}`,
  asApp: (appId) => `/v2/apps/${appId}/integrations`,
};

const wires: Record<ApiVersion, Wire> = { v1: legacy("v1"), "v1.1": legacy("v1.1"), v2 };

/** For `describe.each`: a suite in every API version. */
export const everyApiVersion = apiVersions.map((version) => [version, wires[version]] as const);
