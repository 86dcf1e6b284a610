import { isLoopback } from "../loopback";
import { type ApiVersion, apiVersions, asApiVersion } from "../smooch/api-version";
import { type AuthMethod, type Credential, credentialName } from "../smooch/credentials";
import type { HttpSettings } from "../smooch/http";
import { isKeyId } from "../smooch/ids";
import { regions } from "../smooch/regions";
import type { CheckFailure } from "./kind";
import { isHttpUrl } from "./kinds/fields";
import { unknownValue } from "./values";

/** The API to call and the credentials, from stack configuration and environment. */
export interface Settings extends HttpSettings {
  apiVersion: ApiVersion;
}

/** Reads one setting from the configuration of the stack or provider, by its full name, e.g. `smooch:region`. */
export type ReadConfig = (name: string) => string | undefined;

/** Returns all problems with the settings or, if there are none, the settings and any warnings. */
export function readSettings(
  config: ReadConfig,
  environment: Readonly<Record<string, string | undefined>>,
): { settings: Settings; warnings: string[] } | { failures: CheckFailure[] } {
  const failures: CheckFailure[] = [];
  const fail = (name: string, reason: string) => failures.push({ property: `smooch:${name}`, reason });
  const get = (name: string) => setting(name, config, environment);

  const apiVersion = readApiVersion(config, environment);
  if (apiVersion === undefined) {
    const isUnknown = get("apiVersion").value === unknownValue;
    const reason = isUnknown
      ? "must not depend on a resource: a preview needs it"
      : `is not an API version; use ${apiVersions.join(", ")}`;
    fail("apiVersion", reason);
  }
  const auth = readAuth(get("auth").value, apiVersion, fail);
  const baseUrl = readBaseUrl(get("region"), get("baseUrl"), fail);
  const credential = readCredential(get("accountKeyId"), get("accountKeySecret"), get("accountToken"), fail);
  const maxConcurrency = readCount("maxConcurrency", get("maxConcurrency").value, { otherwise: 8 }, fail);
  const requestTimeout = readCount(
    "requestTimeout",
    get("requestTimeout").value,
    { otherwise: 30, most: 300 },
    fail,
  );

  const debug = environment.SMOOCH_LOG === "debug";
  const keyId = credential !== undefined && "keyId" in credential ? credential.keyId : undefined;
  const warnings =
    keyId === undefined || keyId === unknownValue || isKeyId(keyId)
      ? []
      : [
          "smooch:accountKeyId does not look like the id of a key (act_, app_ or svc_ and 24 hex digits): check that it is not the secret",
        ];

  if (failures.length > 0 || credential === undefined || apiVersion === undefined) return { failures };
  return {
    settings: {
      baseUrl,
      credential,
      auth,
      apiVersion,
      maxConcurrency,
      requestTimeoutMs: requestTimeout * 1000,
      debug,
    },
    warnings,
  };
}

/** Identifies the account key and the API address, including a path if there is one: `act_…@api.smooch.io`. */
export function accountIdentity({ credential, baseUrl }: Pick<Settings, "credential" | "baseUrl">): string {
  return `${credentialName(credential)}@${baseUrl.replace(/^https?:\/\//, "")}`;
}

/**
 * How the state records who saw an object, and through which API version: `act_…@api.smooch.io/v2`. Contains no secret.
 */
export function sightingOf(settings: Pick<Settings, "credential" | "baseUrl" | "apiVersion">): string {
  return `${accountIdentity(settings)}/${settings.apiVersion}`;
}

/** The configured API version; undefined if the setting is not one. */
export function readApiVersion(
  config: ReadConfig,
  environment: Readonly<Record<string, string | undefined>>,
): ApiVersion | undefined {
  const { value = "v1" } = setting("apiVersion", config, environment);
  return asApiVersion(value);
}

function readAuth(value = "jwt", apiVersion: ApiVersion | undefined, fail: Fail): AuthMethod {
  if (value === "jwt") return value;
  // Basic authentication is documented for v1.1 and later only (docs/api/legacy.md).
  if (value === "basic" && apiVersion === "v1") fail("auth", "basic needs apiVersion v1.1 or later");
  if (value !== "basic" && value !== unknownValue)
    fail("auth", "is not an authentication method; use jwt or basic");
  return "basic";
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
  // A copied value may have white space around it, and one from a file a trailing line break.
  const configured = config(`smooch:${name}`)?.trim();
  if (configured) return { value: configured, rank: 2 };
  return { value: environment[environmentName(name)]?.trim() || undefined, rank: 1 };
}

/** `accountKeyId` -> `SMOOCH_ACCOUNT_KEY_ID` */
export function environmentName(name: string): string {
  return `SMOOCH_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function readBaseUrl(region: Setting, baseUrl: Setting, fail: Fail): string {
  const isUnknown = region.value === unknownValue;
  if (region.value !== undefined && !isUnknown && !Object.hasOwn(regions, region.value)) {
    fail("region", `is not a region; use ${Object.keys(regions).join(" or ")}`);
  }
  if (baseUrl.value === undefined || (region.value !== undefined && region.rank > baseUrl.rank)) {
    return isUnknown ? unknownValue : (regions[region.value ?? "us"] ?? "");
  }
  // Scheme and host are case-insensitive, and the address is stored for comparison.
  const base = baseUrl.value
    .replace(/\/+$/, "")
    .replace(/^https?:\/\/[^/?#]*/i, (origin) => origin.toLowerCase());
  if (base === unknownValue) return base;
  const root = base.replace(/\/v(1|1\.1|2)(\/apps(\/.*)?)?$/i, "");
  if (!isUsableBase(base)) {
    fail(
      "baseUrl",
      "must be an https:// URL without query (plain http:// only for this machine's own addresses)",
    );
  } else if (isZendeskWithoutPrefix(root)) {
    fail("baseUrl", `lacks the path under which Zendesk serves this API: use ${new URL(root).origin}/sc`);
  } else if (hasSmoochHost(root) && new URL(root).pathname !== "/") {
    fail("baseUrl", `must end after the host: use ${new URL(root).origin}`);
  } else if (root !== base) {
    fail("baseUrl", `must end before the API version: use ${root}, and set smooch:apiVersion`);
  }
  return base;
}

/** Zendesk serves the API only below `https://<subdomain>.zendesk.com/sc`. */
function isZendeskWithoutPrefix(base: string): boolean {
  return /\.zendesk\.com\.?$/.test(hostOf(base)) && !base.endsWith("/sc");
}

function hasSmoochHost(base: string): boolean {
  return /\.smooch\.io\.?$/.test(hostOf(base));
}

function hostOf(base: string): string {
  return new URL(base).hostname;
}

function isUsableBase(text: string): boolean {
  if (!isHttpUrl(text)) return false;
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
  if (token.value !== undefined && token.rank > pairRank) {
    if (!isKeyId(token.value)) return { token: token.value };
    fail("accountToken", "holds the id of a key, not a token");
    return undefined;
  }
  if (keyId.value !== undefined && secret.value !== undefined) {
    if (!isKeyId(secret.value)) return { keyId: keyId.value, secret: secret.value };
    fail("accountKeySecret", "holds the id of a key: id and secret are swapped");
    return undefined;
  }
  if (keyId.value === undefined) fail("accountKeyId", missing("smooch:accountKeyId <id>", "accountKeyId"));
  if (secret.value === undefined)
    fail("accountKeySecret", missing("--secret smooch:accountKeySecret", "accountKeySecret"));
  return undefined;
}

function missing(argument: string, name: string): string {
  return `is missing: run \`pulumi config set ${argument}\` or set ${environmentName(name)}`;
}

function readCount(
  name: string,
  text: string | undefined,
  { otherwise, most }: { otherwise: number; most?: number },
  fail: Fail,
): number {
  if (text === undefined || text === unknownValue) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || (most !== undefined && value > most)) {
    const range = most === undefined ? ", at least 1" : ` from 1 to ${most}`;
    fail(name, `must be a whole number${range}`);
  }
  return value;
}
