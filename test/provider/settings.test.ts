import { describe, expect, it } from "vitest";
import { environmentName, readSettings } from "../../src/provider/settings";

const pair = { "smooch:accountKeyId": "act_1", "smooch:accountKeySecret": "s3cret" };
const read = (config: Record<string, string>, environment: Record<string, string> = {}) =>
  readSettings((name) => config[name], environment);
const failures = (config: Record<string, string>, environment?: Record<string, string>) => {
  const result = read(config, environment);
  return "failures" in result ? result.failures.map(({ property, reason }) => `${property} ${reason}`) : [];
};

describe("settings", () => {
  it("have defaults", () => {
    expect(read(pair)).toEqual({
      settings: {
        baseUrl: "https://api.smooch.io",
        credential: { keyId: "act_1", secret: "s3cret" },
        maxConcurrency: 8,
        requestTimeoutMs: 30_000,
        debug: false,
      },
    });
  });

  it("come from the configuration before the environment, each on its own", () => {
    const environment = {
      SMOOCH_ACCOUNT_KEY_ID: "act_env",
      SMOOCH_ACCOUNT_KEY_SECRET: "from-env",
      SMOOCH_REGION: "eu-1",
      SMOOCH_MAX_CONCURRENCY: "2",
      SMOOCH_REQUEST_TIMEOUT: "5",
    };
    expect(read({ "smooch:accountKeyId": "act_1", "smooch:maxConcurrency": "3" }, environment)).toEqual({
      settings: {
        baseUrl: "https://api.eu-1.smooch.io",
        credential: { keyId: "act_1", secret: "from-env" },
        maxConcurrency: 3,
        requestTimeoutMs: 5000,
        debug: false,
      },
    });
  });

  it("take a token instead of the pair, whichever is named more explicitly", () => {
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

  it("say what is missing, and how to give it", () => {
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
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
    ["http://localhost:4010", "http://localhost:4010"],
    ["http://[::1]:4010", "http://[::1]:4010"],
  ])("take %s as base URL", (baseUrl, expected) => {
    expect(read({ ...pair, "smooch:baseUrl": baseUrl })).toMatchObject({ settings: { baseUrl: expected } });
  });

  it.each([
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

  it("report all that is wrong at once, without any secret", () => {
    const wrong = {
      "smooch:accountKeySecret": "s3cret",
      "smooch:region": "mars",
      "smooch:apiVersion": "v3",
      "smooch:maxConcurrency": "many",
      "smooch:requestTimeout": "0",
    };
    expect(failures(wrong)).toEqual([
      'smooch:apiVersion "v3" is not supported: use v1',
      'smooch:region "mars" is no region: use us or eu-1',
      expect.stringContaining("smooch:accountKeyId is missing"),
      "smooch:maxConcurrency must be a whole number, at least 1",
      "smooch:requestTimeout must be a whole number, at least 1",
    ]);
    expect(failures(wrong).join()).not.toContain("s3cret");
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

it("names the environment's twin of a setting", () => {
  expect(environmentName("accountKeySecret")).toBe("SMOOCH_ACCOUNT_KEY_SECRET");
});
