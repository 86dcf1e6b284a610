import { type Channel, type ChannelField, channels, type commonFields } from "../../src/smooch/channels";
import type { NewIntegration } from "../../src/smooch/endpoints/integration";

const table: Readonly<Record<string, Channel>> = channels;

export const typesOfV2 = Object.keys(table).filter((type) => table[type]?.in.includes("v2"));

/** Values for fields that do not accept an arbitrary string. */
const values: Readonly<Record<string, unknown>> = {
  authenticationMessageSecret: "a".repeat(88),
  brandColor: "ff00aa",
  conversationColor: "fa0",
  actionColor: "00ff00",
  domain: "sandbox123.mailgun.org",
  incomingAddress: "in@sandbox123.mailgun.org",
  fromAddress: "shop@example.com",
  integrationOrder: ["59fc8466260f48003505228b"],
  originWhitelist: ["https://example.com"],
  prechatCapture: {
    enabled: true,
    avatarUrl: "https://example.com/avatar.png",
    fields: [{ type: "email", name: "email", label: "E-mail" }],
  },
  token: "192033615:AAEuee2FS2JYKWfDlTulfygjaIGJi4s",
  qrCodeUrl: "https://qr-official.line.me/M/1O4fb8.png",
  buttonIconUrl: "https://example.com/icon.png",
  businessIconUrl: "https://example.com/shop.png",
  backgroundImageUrl: "https://example.com/tile.png",
  webhooks: [{ target: "https://example.com/hook", triggers: ["conversation:message"] }],
};

/** A body with only the fields that the type requires. */
export function leastOf(type: string): NewIntegration {
  const required = fieldsOf(type).filter(
    ([name, field]) => field.required?.includes("v2") || isChosen(type, name),
  );
  return { type, ...fill(required) };
}

/** A body with every field that the type accepts, including the common fields. */
export function mostOf(type: string): NewIntegration {
  const fields = fieldsOf(type).filter(([name]) => isChosen(type, name) || !isChoice(type, name));
  return { ...common(type), type, ...fill(fields) };
}

/** An update body with every field that can be changed in place. */
export function changeOf(type: string): NewIntegration {
  const changes = fieldsOf(type).filter(([, { changes }]) => changes?.includes("v2"));
  const fields = Object.fromEntries(changes.map(([name, field]) => [name, other(fillOne(name, field))]));
  return { ...common(type), type, ...fields, displayName: "Other" };
}

function fieldsOf(type: string): [name: string, field: ChannelField][] {
  return Object.entries(table[type]?.fields ?? {}).filter(
    ([, field]) => field.in === undefined || field.in.includes("v2"),
  );
}

function common(type: string): object {
  const without = table[type]?.without ?? [];
  const all = {
    displayName: "Channel",
    defaultResponderId: "5ef21b132f21af34f088530e",
    showAIDisclaimer: false,
  } satisfies Record<keyof typeof commonFields, unknown>;
  return Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
}

function isChoice(type: string, name: string): boolean {
  return table[type]?.choice?.in.includes("v2") === true && table[type]?.choice?.of.includes(name) === true;
}

/** Whether the field is the first of several alternatives, one of which is required. */
function isChosen(type: string, name: string): boolean {
  return isChoice(type, name) && table[type]?.choice?.of[0] === name;
}

function fill(fields: [name: string, field: ChannelField][]): object {
  return Object.fromEntries(fields.map(([name, field]) => [name, fillOne(name, field)]));
}

function fillOne(name: string, { is }: ChannelField): unknown {
  if (name in values) return values[name];
  if (is === "boolean") return true;
  return typeof is === "string" ? `${name}-1` : is[0];
}

function other(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (value === values.webhooks) {
    return [{ target: "https://example.com/other", triggers: ["conversation:read"], includeFullUser: true }];
  }
  return value;
}
