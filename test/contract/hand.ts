import type { GivenAnswer, SentRequest } from "./validator";

/** Handwritten valid exchanges, for tests to change in one place. */
export const basic = (keyId: string, secret = "secret") =>
  `Basic ${Buffer.from(`${keyId}:${secret}`).toString("base64")}`;
export const asAccount = basic("act_5a0b1c2d3e4f5a6b7c8d9e0f");
export const asApp = basic("app_5a0b1c2d3e4f5a6b7c8d9e0f");
export const appPath = "/v2/apps/5a0b1c2d3e4f5a6b7c8d9e0f";
export const integrationPath = `${appPath}/integrations/5a0b1c2d3e4f5a6b7c8d9e1a`;

export function ask(method: string, path: string, body?: unknown, authorization = asAccount): SentRequest {
  const [pathname = "", query] = path.split("?");
  return {
    method,
    path: pathname,
    query,
    headers: { authorization, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

export function answer(status: number, body: unknown): GivenAnswer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

export const refuse = (status: number, code: string) => answer(status, { errors: [{ code, title: "No" }] });

export const app = {
  id: "5a0b1c2d3e4f5a6b7c8d9e0f",
  displayName: "Shop",
  settings: { maskCreditCardNumbers: true },
};
export const key = {
  id: "app_5a0b1c2d3e4f5a6b7c8d9e0f",
  displayName: "Key",
  secret: "5XJ85yjUtRcaQu_pDINblPZb",
};
export const newWebhook = { target: "https://example.com/hook", triggers: ["conversation:message"] };
export const webhook = {
  ...newWebhook,
  id: "5a0b1c2d3e4f5a6b7c8d9e2b",
  version: "v2",
  secret: "8564b3e6a8b20a4bdb68b05ce9bc5936",
  includeFullUser: false,
  includeFullSource: false,
};
export const newCustom = { type: "custom", displayName: "bot", webhooks: [newWebhook] };
export const custom = {
  id: "5a0b1c2d3e4f5a6b7c8d9e1a",
  type: "custom",
  status: "active",
  displayName: "bot",
  webhooks: [webhook],
};
/** The minimal integration of a type in a response. */
export const integration = (type: string, fields: object = {}) => ({
  id: "5a0b1c2d3e4f5a6b7c8d9e1a",
  type,
  status: "active",
  ...fields,
});
