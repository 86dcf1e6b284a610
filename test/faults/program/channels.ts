import type { Properties } from "../../../src/provider/kind";
import { type ApiVersion, apiVersions } from "../../../src/smooch/api-version";
import type { Random } from "../../support/random";

const all = apiVersions;
const legacy = ["v1", "v1.1"] as const;
const newer = ["v1.1", "v2"] as const;
const v2 = ["v2"] as const;

/** An integration's input that these programs use. Taken from Smooch's API, not from the package. */
interface Field {
  make: (draw: Draw) => unknown;
  secret?: true;
  in?: readonly ApiVersion[];
  /** The API versions in which it can be changed in place. */
  changes?: readonly ApiVersion[];
  /** Its name in the emulator. */
  wire?: string;
}

/** The source of values. */
export interface Draw {
  random: Random;
  /** Returns a number that was not used before. */
  number(): number;
}

interface Channel {
  in: readonly ApiVersion[];
  fields: Readonly<Record<string, Field>>;
}

const text = (prefix: string): Field => ({ make: ({ number }) => `${prefix}${number()}` });
const credential = (prefix = ""): Field => ({
  make: ({ number, random }) =>
    `${prefix}canary-${String(number()).padStart(5, "0")}-${random.int(0x100000, 0xffffff).toString(16)}`,
  secret: true,
});
const color: Field = {
  make: ({ random }) => random.int(0x100000, 0xffffff).toString(16),
  changes: all,
};

const channels: Readonly<Record<string, Channel>> = {
  // The only type that has another name in the older API versions.
  ios: {
    in: all,
    fields: {
      certificate: { ...credential(), changes: v2 },
      password: { ...credential(), changes: v2 },
      autoUpdateBadge: { make: ({ random }) => random.chance(0.5), changes: v2 },
    },
  },
  line: {
    in: all,
    fields: {
      channelId: { ...text("16"), changes: legacy },
      channelSecret: { ...credential(), changes: legacy },
      channelAccessToken: credential(),
      switcherSecret: { ...credential(), in: newer, changes: ["v1.1"] },
    },
  },
  // Has a secret that Smooch creates.
  messagebird: {
    in: all,
    fields: {
      accessKey: credential(),
      signingKey: { ...credential(), in: newer },
      originator: text("1514555"),
    },
  },
  messenger: {
    in: all,
    fields: {
      facebookAppId: { ...text("20"), wire: "appId" },
      appSecret: credential(),
      pageAccessToken: { ...credential(), changes: v2 },
    },
  },
  telegram: { in: all, fields: { token: credential("7:") } },
  twilio: {
    in: all,
    fields: { accountSid: text("AC"), authToken: credential(), phoneNumberSid: text("PN") },
  },
  web: {
    in: all,
    fields: {
      brandColor: color,
      actionColor: color,
      fixedIntroPane: { make: ({ random }) => random.chance(0.5), changes: all },
      originWhitelist: { make: ({ number }) => [`https://shop${number()}.example`], changes: all },
    },
  },
  wechat: {
    in: legacy,
    fields: {
      wechatAppId: { ...text("wx"), wire: "appId" },
      appSecret: credential(),
      encodingAesKey: credential(),
    },
  },
};

/** Inputs of integrations that the resource class makes secrets. */
const secretInputs = new Set(
  Object.values(channels).flatMap(({ fields }) => Object.keys(fields).filter((name) => fields[name]?.secret)),
);

export function isSecretInput(name: string): boolean {
  return secretInputs.has(name);
}

/** The secrets among the inputs of a program's resource. */
export function secretsIn(inputs: Properties): string[] {
  return Object.entries(inputs).flatMap(([name, value]) => (isSecretInput(name) ? [String(value)] : []));
}

export function channelTypes(version: ApiVersion): string[] {
  return Object.keys(channels).filter((type) => channels[type]?.in.includes(version));
}

export function fieldsOf(type: unknown, version: ApiVersion): Readonly<Record<string, Field>> {
  const fields = Object.entries(channels[String(type)]?.fields ?? {});
  return Object.fromEntries(fields.filter(([, field]) => field.in?.includes(version) ?? true));
}

export function makeFields(type: string, version: ApiVersion, draw: Draw): Properties {
  const fields = Object.entries(fieldsOf(type, version));
  return Object.fromEntries(fields.map(([name, field]) => [name, field.make(draw)]));
}

/** A new value for one of the fields: another colour, a rotated credential. */
export function changeField(type: unknown, version: ApiVersion, draw: Draw): Properties {
  const [name, field] = draw.random.pick(Object.entries(fieldsOf(type, version)));
  return { [name]: field.make(draw) };
}

/** Whether the changed inputs replace the integration. */
export function isReplaced(olds: Properties, news: Properties, version: ApiVersion): boolean {
  if (news.type === "ios" && version === "v1.1" && olds.displayName !== news.displayName) return true;
  const fields = Object.entries(fieldsOf(news.type, version));
  return fields.some(([name, { changes }]) => !changes?.includes(version) && olds[name] !== news[name]);
}
