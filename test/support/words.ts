import type { EmulatorSnapshot } from "../../src/emulator/index";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";

/** The names and paths that an API version uses. */
export interface Words {
  id: "_id" | "id";
  /** The field that holds the name of an app or a key. */
  name: "name" | "displayName";
  update: "PUT" | "PATCH";
  /** Where a webhook is created, listed and deleted; in v2, as the custom integration that contains it. */
  webhooks: "webhooks" | "integrations";
  /** Triggers: every message, a user's message, a postback. */
  message: string;
  fromUser: string;
  postback: string;
  error(text: string, code?: string): object;
  app(appId: unknown): string;
  key(appId: unknown, keyId: unknown): string;
  /** The path with the webhook's own id, which in v1 and v1.1 is also the resource's id. */
  webhook(snapshot: EmulatorSnapshot, appId: unknown): string;
  /** A path that an app's key may read. */
  asApp(appId: unknown): string;
}

function legacy(version: "v1" | "v1.1"): Words {
  const app = (appId: unknown) => `/${version}/apps/${appId}`;
  return {
    id: "_id",
    name: "name",
    update: "PUT",
    webhooks: "webhooks",
    message: "message",
    fromUser: "message:appUser",
    postback: "postback",
    error: (description, code = "bad_request") => ({ error: { code, description } }),
    app,
    key: (appId, keyId) => `${app(appId)}/keys/${keyId}`,
    webhook: ({ webhooks: [hook] }, appId) => `${app(appId)}/webhooks/${hook?.id}`,
    asApp: (appId) => `${app(appId)}/webhooks`,
  };
}

/** The names and paths of every API version. */
export const words: Record<ApiVersion, Words> = {
  v1: legacy("v1"),
  "v1.1": legacy("v1.1"),
  v2: {
    id: "id",
    name: "displayName",
    update: "PATCH",
    webhooks: "integrations",
    message: "conversation:message",
    fromUser: "conversation:message",
    postback: "conversation:postback",
    error: (title, code = "bad_request") => ({ errors: [{ code, title }] }),
    app: (appId) => `/v2/apps/${appId}`,
    key: (appId, keyId) => `/v2/apps/${appId}/keys/${keyId}`,
    webhook: ({ webhooks: [hook] }, appId) =>
      `/v2/apps/${appId}/integrations/${hook?.integrationId}/webhooks/${hook?.id}`,
    asApp: (appId) => `/v2/apps/${appId}/integrations`,
  },
};

/** For `describe.each`: a suite in every API version. */
export const everyApiVersion = apiVersions.map((version) => [version, words[version]] as const);
