import { describe, expect, it } from "vitest";
import { accountIdentity, environmentName, readApiVersion, readSettings } from "../../src/provider/settings";
import { unknownValue } from "../../src/provider/values";
import { apiVersions } from "../../src/smooch/api-version";

const pair = { "smooch:accountKeyId": "act_1", "smooch:accountKeySecret": "s3cret" };
const read = (config: Record<string, string>, environment: Record<string, string> = {}) =>
  readSettings((name) => config[name], environment);
const failures = (config: Record<string, string>, environment?: Record<string, string>) => {
  const result = read(config, environment);
  return "failures" in result ? result.failures.map(({ property, reason }) => `${property} ${reason}`) : [];
};

const unlike =
  "smooch:accountKeyId does not look like the id of a key (act_, app_ or svc_ and 24 hex digits): check that it is not the secret";

it.each([
  ["https://api.smooch.io", "act_1@api.smooch.io"],
  ["https://acme.zendesk.com/sc", "act_1@acme.zendesk.com/sc"],
  ["http://127.0.0.1:4010", "act_1@127.0.0.1:4010"],
])("an account at %s is identified as %s", (baseUrl, identity) => {
  const credential = { keyId: "act_1", secret: "s3cret" };
  expect(accountIdentity({ credential, baseUrl })).toBe(identity);
});

describe("settings", () => {
  it("have defaults", () => {
    expect(read(pair)).toEqual({
      settings: {
        baseUrl: "https://api.smooch.io",
        credential: { keyId: "act_1", secret: "s3cret" },
        auth: "jwt",
        apiVersion: "v1",
        maxConcurrency: 8,
        requestTimeoutMs: 30_000,
        debug: false,
      },
      warnings: [unlike],
    });
  });

  it("come from the configuration before the environment, each independently", () => {
    const environment = {
      SMOOCH_ACCOUNT_KEY_ID: "act_env",
      SMOOCH_ACCOUNT_KEY_SECRET: "from-env",
      SMOOCH_REGION: "eu-1",
      SMOOCH_API_VERSION: "v1.1",
      SMOOCH_AUTH: "basic",
      SMOOCH_MAX_CONCURRENCY: "2",
      SMOOCH_REQUEST_TIMEOUT: "5",
    };
    const config = {
      "smooch:accountKeyId": "act_1",
      "smooch:apiVersion": "v2",
      "smooch:maxConcurrency": "3",
    };
    expect(read(config, environment)).toEqual({
      warnings: [unlike],
      settings: {
        baseUrl: "https://api.eu-1.smooch.io",
        credential: { keyId: "act_1", secret: "from-env" },
        auth: "basic",
        apiVersion: "v2",
        maxConcurrency: 3,
        requestTimeoutMs: 5000,
        debug: false,
      },
    });
  });

  it("use the token or the pair, whichever is set more explicitly", () => {
    const token = { "smooch:accountToken": "ey.a.b" };
    expect(read(token)).toMatchObject({ settings: { credential: { token: "ey.a.b" } } });
    const environment = { SMOOCH_ACCOUNT_KEY_ID: "act_env", SMOOCH_ACCOUNT_KEY_SECRET: "from-env" };
    expect(read(token, environment)).toMatchObject({ settings: { credential: { token: "ey.a.b" } } });
    expect(read(pair, { SMOOCH_ACCOUNT_TOKEN: "ey.a.b" })).toMatchObject({
      settings: { credential: { keyId: "act_1" } },
    });
    expect(failures({ ...pair, ...token })).toEqual([
      "smooch:accountToken contradicts smooch:accountKeyId and smooch:accountKeySecret: set either the token or the pair",
    ]);
  });

  it("report what is missing, and how to set it", () => {
    const id =
      "smooch:accountKeyId is missing: run `pulumi config set smooch:accountKeyId <id>` or set SMOOCH_ACCOUNT_KEY_ID";
    const secret =
      "smooch:accountKeySecret is missing: run `pulumi config set --secret smooch:accountKeySecret` or set SMOOCH_ACCOUNT_KEY_SECRET";
    expect(failures({})).toEqual([id, secret]);
    expect(failures({ "smooch:accountKeyId": "act_1" })).toEqual([secret]);
    expect(failures({}, { SMOOCH_ACCOUNT_KEY_SECRET: "s3cret", SMOOCH_ACCOUNT_KEY_ID: "" })).toEqual([id]);
  });

  it.each([
    ["https://acme.zendesk.com/sc/", "https://acme.zendesk.com/sc"],
    ["https://zendesk.com.example", "https://zendesk.com.example"],
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
    ["http://localhost:4010", "http://localhost:4010"],
    ["http://[::1]:4010", "http://[::1]:4010"],
    ["HTTPS://API.Smooch.io/", "https://api.smooch.io"],
    ["https://Proxy.example/Smooch", "https://proxy.example/Smooch"],
    ["https://proxy.example/apps", "https://proxy.example/apps"],
  ])("accept %s as base URL", (baseUrl, expected) => {
    expect(read({ ...pair, "smooch:baseUrl": baseUrl })).toMatchObject({ settings: { baseUrl: expected } });
  });

  it.each([
    ["https://acme.zendesk.com", "https://acme.zendesk.com/sc"],
    ["https://acme.zendesk.com/", "https://acme.zendesk.com/sc"],
    ["https://acme.zendesk.com./", "https://acme.zendesk.com./sc"],
    ["https://acme.zendesk.com:8443/v2", "https://acme.zendesk.com:8443/sc"],
  ])("report that %s lacks the path of Zendesk's API", (baseUrl, wanted) => {
    expect(failures({ ...pair, "smooch:baseUrl": baseUrl })).toEqual([
      `smooch:baseUrl lacks the path under which Zendesk serves this API: use ${wanted}`,
    ]);
  });

  it.each([
    ["https://api.smooch.io/v2", "https://api.smooch.io"],
    ["https://api.eu-1.smooch.io/V1.1/", "https://api.eu-1.smooch.io"],
    ["http://127.0.0.1:7666/v1/apps", "http://127.0.0.1:7666"],
    ["https://proxy.example/smooch/v2/apps/5a0b", "https://proxy.example/smooch"],
    ["https://acme.zendesk.com/sc/v2", "https://acme.zendesk.com/sc"],
  ])("report that %s must end before the API version", (baseUrl, wanted) => {
    expect(failures({ ...pair, "smooch:baseUrl": baseUrl })).toEqual([
      `smooch:baseUrl must end before the API version: use ${wanted}, and set smooch:apiVersion`,
    ]);
  });

  it.each(["apps", "v3", "apps/5a0b", "sc"])("report that Smooch's own host has no path %s", (path) => {
    expect(failures({ ...pair, "smooch:baseUrl": `https://api.eu-1.smooch.io/${path}` })).toEqual([
      "smooch:baseUrl must end after the host: use https://api.eu-1.smooch.io",
    ]);
  });

  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])("refuse the region %s", (region) => {
    expect(failures({ ...pair, "smooch:region": region })).toEqual([
      "smooch:region is not a region; use us or eu-1",
    ]);
  });

  it("refuse an id in the place of a secret or a token, and print neither", () => {
    const id = "act_5735dcf248011972d621dc01";
    expect(failures({ "smooch:accountKeyId": "Y4SINFtAUzEjayxg", "smooch:accountKeySecret": id })).toEqual([
      "smooch:accountKeySecret holds the id of a key: id and secret are swapped",
    ]);
    expect(failures({ "smooch:accountToken": id })).toEqual([
      "smooch:accountToken holds the id of a key, not a token",
    ]);
  });

  it("trim white space around copied values, and warn only about an id in an unusual form", () => {
    const id = "act_5735dcf248011972d621dc01";
    const config = { "smooch:accountKeyId": ` ${id}\n`, "smooch:accountKeySecret": "\ts3cret " };
    expect(read(config, { SMOOCH_REGION: " eu-1\n" })).toMatchObject({
      settings: { credential: { keyId: id, secret: "s3cret" }, baseUrl: "https://api.eu-1.smooch.io" },
      warnings: [],
    });
    expect(read({ "smooch:accountToken": " t0ken\n" })).toMatchObject({
      settings: { credential: { token: "t0ken" } },
      warnings: [],
    });
    expect(read({ ...pair, "smooch:accountKeyId": unknownValue })).toMatchObject({ warnings: [] });
    const typo = id.replace("act_", "acc_");
    expect(read({ ...pair, "smooch:accountKeyId": typo })).toMatchObject({ warnings: [unlike] });
    expect(failures({ ...pair, "smooch:accountKeySecret": " \n" })).toEqual([
      "smooch:accountKeySecret is missing: run `pulumi config set --secret smooch:accountKeySecret` or set SMOOCH_ACCOUNT_KEY_SECRET",
    ]);
  });

  it.each([
    "https:/api.smooch.io",
    "https:\\\\api.smooch.io",
    "http://api.smooch.io",
    "http://127.0.0.1.evil.example",
    "api.smooch.io",
    "https://a.example/?x=1",
    "https://u:p@a.example",
    "https://:p@a.example",
    "ftp://localhost",
  ])("refuse %s as base URL", (baseUrl) => {
    expect(failures({ ...pair, "smooch:baseUrl": baseUrl })).toEqual([
      "smooch:baseUrl must be an https:// URL without query (plain http:// only for this machine's own addresses)",
    ]);
  });

  it("report all failures at once, without any secret", () => {
    const wrong = {
      "smooch:accountKeySecret": "s3cret",
      "smooch:region": "mars",
      "smooch:apiVersion": "v3",
      "smooch:auth": "digest",
      "smooch:maxConcurrency": "many",
      "smooch:requestTimeout": "0",
    };
    expect(failures(wrong)).toEqual([
      "smooch:apiVersion is not an API version; use v1, v1.1, v2",
      "smooch:auth is not an authentication method; use jwt or basic",
      "smooch:region is not a region; use us or eu-1",
      expect.stringContaining("smooch:accountKeyId is missing"),
      "smooch:maxConcurrency must be a whole number, at least 1",
      "smooch:requestTimeout must be a whole number from 1 to 300",
    ]);
    expect(failures(wrong).join()).not.toContain("s3cret");
  });

  it("limit an attempt to 300 s", () => {
    const settings = readSettings((name) => ({ ...pair, "smooch:requestTimeout": "300" })[name], {});
    expect(settings).toMatchObject({ settings: { requestTimeoutMs: 300_000 } });
    expect(failures({ ...pair, "smooch:requestTimeout": "301" })).toEqual([
      "smooch:requestTimeout must be a whole number from 1 to 300",
    ]);
  });

  it.each(apiVersions)("accept %s as API version, in both regions", (apiVersion) => {
    for (const [region, baseUrl] of [
      ["us", "https://api.smooch.io"],
      ["eu-1", "https://api.eu-1.smooch.io"],
    ] as const) {
      const config = { ...pair, "smooch:apiVersion": apiVersion, "smooch:region": region };
      expect(read(config)).toMatchObject({ settings: { apiVersion, auth: "jwt", baseUrl } });
    }
    expect(readApiVersion(() => undefined, { SMOOCH_API_VERSION: apiVersion })).toBe(apiVersion);
  });

  it.each([
    ["v1", ["smooch:auth basic needs apiVersion v1.1 or later"]],
    ["v1.1", []],
    ["v2", []],
    ["v3", ["smooch:apiVersion is not an API version; use v1, v1.1, v2"]],
  ])("check basic authentication with %s: %j", (apiVersion, expected) => {
    const config = { ...pair, "smooch:apiVersion": apiVersion, "smooch:auth": "basic" };
    expect(failures(config)).toEqual(expected);
    if (expected.length === 0)
      expect(read(config)).toMatchObject({ settings: { apiVersion, auth: "basic" } });
    expect(failures({ ...config, "smooch:auth": "jwt" })).toEqual(apiVersion === "v3" ? expected : []);
  });

  it("accept no other name of an API version", () => {
    for (const name of ["1", "V2", "v1.10", "v 2"]) {
      expect(readApiVersion(() => name, {})).toBeUndefined();
    }
    expect(readApiVersion(() => undefined, {})).toBe("v1");
  });

  it("accept unknown values", () => {
    const config = { ...pair, "smooch:baseUrl": unknownValue, "smooch:maxConcurrency": unknownValue };
    expect(read(config)).toMatchObject({ settings: { baseUrl: unknownValue, maxConcurrency: 8 } });
    const others = { ...pair, "smooch:region": unknownValue, "smooch:auth": unknownValue };
    expect(read(others)).toMatchObject({ settings: { baseUrl: unknownValue } });
    expect(read({ ...others, "smooch:baseUrl": "https://acme.zendesk.com/sc" })).toMatchObject({
      settings: { baseUrl: "https://acme.zendesk.com/sc" },
    });
    expect(failures({ ...pair, "smooch:apiVersion": unknownValue })).toEqual([
      "smooch:apiVersion must not depend on a resource: a preview needs it",
    ]);
  });

  it("prefer a configured region to a base URL of the environment, and a configured base URL to any region", () => {
    const environment = { SMOOCH_BASE_URL: "https://acme.zendesk.com/sc" };
    expect(read({ ...pair, "smooch:region": "eu-1" }, environment)).toMatchObject({
      settings: { baseUrl: "https://api.eu-1.smooch.io" },
    });
    expect(read({ ...pair, "smooch:baseUrl": "https://b.example" }, { SMOOCH_REGION: "eu-1" })).toMatchObject(
      {
        settings: { baseUrl: "https://b.example" },
      },
    );
  });
});

it("names the environment variable of a setting", () => {
  expect(environmentName("accountKeySecret")).toBe("SMOOCH_ACCOUNT_KEY_SECRET");
});
