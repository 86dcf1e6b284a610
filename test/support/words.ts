import type { EmulatorSnapshot } from "../../src/emulator/index";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";

/** What an API version calls things, and where they are. */
export interface Words {
  id: "_id" | "id";
  /** The field that holds the name of an app or a key. */
  name: "name" | "displayName";
  update: "PUT" | "PATCH";
  /** Where a webhook is made, listed and deleted: in v2 as the custom integration that holds it. */
  webhooks: "webhooks" | "integrations";
  /** Triggers: every message, what a user says, a postback. */
  message: string;
  fromUser: string;
  postback: string;
  error(text: string, code?: string): object;
  app(appId: unknown): string;
  key(appId: unknown, keyId: unknown): string;
  /** By the webhook's own id, which is the resource's in v1 and v1.1. */
  webhook(snapshot: EmulatorSnapshot, appId: unknown): string;
  /** Something that a key of the app may ask. */
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

/** What the API versions call the same things. */
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
