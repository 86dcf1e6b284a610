import type { Credential } from "../smooch/credentials";
import { isLoopback } from "../smooch/transport";
import type { CheckFailure } from "./check";
import { unknownValue } from "./values";

/** Where to call and as whom, made out of stack configuration and environment. */
export interface Settings {
  baseUrl: string;
  credential: Credential;
  maxConcurrency: number;
  requestTimeoutMs: number;
  debug: boolean;
}

/** Reads one setting of a stack's or a provider's configuration, by its full name, e.g. `smooch:region`. */
export type ReadConfig = (name: string) => string | undefined;

const regions: Record<string, string> = {
  us: "https://api.smooch.io",
  "eu-1": "https://api.eu-1.smooch.io",
};

/** All that is wrong with the settings at once; the settings if nothing is. */
export function readSettings(
  config: ReadConfig,
  environment: Readonly<Record<string, string | undefined>>,
): { settings: Settings } | { failures: CheckFailure[] } {
  const failures: CheckFailure[] = [];
  const fail = (name: string, reason: string) => failures.push({ property: `smooch:${name}`, reason });
  const get = (name: string) => setting(name, config, environment);

  const version = get("apiVersion").value;
  if (version !== undefined && version !== "v1") fail("apiVersion", `"${version}" is not supported: use v1`);

  const baseUrl = readBaseUrl(get("region"), get("baseUrl"), fail);
  const credential = readCredential(get("accountKeyId"), get("accountKeySecret"), get("accountToken"), fail);
  const maxConcurrency = readCount("maxConcurrency", get("maxConcurrency").value, 8, fail);
  const requestTimeout = readCount("requestTimeout", get("requestTimeout").value, 30, fail);

  const debug = environment.SMOOCH_LOG === "debug";

  if (failures.length > 0 || credential === undefined) return { failures };
  return {
    settings: { baseUrl, credential, maxConcurrency, requestTimeoutMs: requestTimeout * 1000, debug },
  };
}

type Fail = (name: string, reason: string) => void;

interface Setting {
  value: string | undefined;
  /** 2: configuration, 1: environment. */
  rank: number;
}

function setting(
  name: string,
  config: ReadConfig,
  environment: Readonly<Record<string, string | undefined>>,
): Setting {
  const configured = config(`smooch:${name}`);
  if (configured) return { value: configured, rank: 2 };
  return { value: environment[environmentName(name)] || undefined, rank: 1 };
}

/** `accountKeyId` -> `SMOOCH_ACCOUNT_KEY_ID` */
export function environmentName(name: string): string {
  return `SMOOCH_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function readBaseUrl(region: Setting, baseUrl: Setting, fail: Fail): string {
  if (region.value !== undefined && regions[region.value] === undefined) {
    fail("region", `"${region.value}" is no region: use ${Object.keys(regions).join(" or ")}`);
  }
  if (baseUrl.value === undefined || (region.value !== undefined && region.rank > baseUrl.rank)) {
    return regions[region.value ?? "us"] ?? "";
  }
  if (baseUrl.value !== unknownValue && !isUsableBase(baseUrl.value)) {
    fail(
      "baseUrl",
      "must be an https:// URL without query (plain http:// only for this machine's own addresses)",
    );
  }
  return baseUrl.value.replace(/\/+$/, "");
}

function isUsableBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username, password } = new URL(text);
  return (
    (protocol === "https:" || (protocol === "http:" && isLoopback(text))) &&
    search + hash + username + password === ""
  );
}

function readCredential(keyId: Setting, secret: Setting, token: Setting, fail: Fail): Credential | undefined {
  const pairRank = Math.max(keyId.value ? keyId.rank : 0, secret.value ? secret.rank : 0);
  if (token.value !== undefined && token.rank === pairRank) {
    fail(
      "accountToken",
      "contradicts smooch:accountKeyId and smooch:accountKeySecret: set either the token or the pair",
    );
    return undefined;
  }
  if (token.value !== undefined && token.rank > pairRank) return { token: token.value };
  if (keyId.value !== undefined && secret.value !== undefined)
    return { keyId: keyId.value, secret: secret.value };
  if (keyId.value === undefined) fail("accountKeyId", missing("smooch:accountKeyId <id>", "accountKeyId"));
  if (secret.value === undefined)
    fail("accountKeySecret", missing("--secret smooch:accountKeySecret", "accountKeySecret"));
  return undefined;
}

function missing(argument: string, name: string): string {
  return `is missing: run \`pulumi config set ${argument}\` or set ${environmentName(name)}`;
}

function readCount(name: string, text: string | undefined, otherwise: number, fail: Fail): number {
  if (text === undefined || text === unknownValue) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) fail(name, "must be a whole number, at least 1");
  return value;
}
