import jsonwebtoken from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { signAccessJwt, signJwt } from "../../src/smooch/jwt";

// The sample key published in the v1 reference. The token below is published with it.
const key = { keyId: "app_5735dcf248011972d621dc01", secret: "Y4SINFtAUzEjayxgUjJZoTjG" };

const goesWith = 'A userId goes with the scopes "appUser" and "user", and only with those.';

describe("signJwt", () => {
  it("signs the published vector, and returns the same token each time", () => {
    const vector =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImFwcF81NzM1ZGNmMjQ4MDExOTcyZDYyMWRjMDEifQ.eyJzY29wZSI6ImFwcCJ9.RZtO0qywf_oV51WzH95A3KcFqXXAC7gxRC77L4qIPC0";
    expect(signJwt(key)).toBe(vector);
    expect(signJwt(key, { scope: "app" })).toBe(vector);
  });

  it("signs for a user, with an expiry", () => {
    const token = signJwt(key, { scope: "appUser", userId: "ann", expiresIn: 60 });
    const { header, payload } = jsonwebtoken.verify(token, key.secret, {
      algorithms: ["HS256"],
      complete: true,
    });
    expect(header).toEqual({ alg: "HS256", typ: "JWT", kid: key.keyId });
    expect(payload).toMatchObject({ scope: "appUser", userId: "ann" });
    const { iat, exp } = payload as { iat: number; exp: number };
    expect(exp - iat).toBe(60);
  });

  it.each([
    [1, 1],
    ["1s", 1],
    ["90 S", 90],
    ["1.5m", 90],
    ["2h", 7200],
    [" 7d ", 604_800],
    ["2w", 1_209_600],
    ["1y", 31_557_600],
  ])("reads %j as %i seconds", (expiresIn, seconds) => {
    const { iat = 0, exp } = Object(jsonwebtoken.decode(signJwt(key, { expiresIn })));
    expect(exp - iat).toBe(seconds);
  });

  it("refuses a swapped id and secret without showing them", () => {
    expect(() => signJwt({ keyId: key.secret, secret: key.keyId })).toThrow(
      /^The secret holds the id of a key: id and secret are swapped\.$/,
    );
  });

  it.each([
    [{ userId: "ann" }, { scope: "appUser", userId: "ann" }],
    [
      { scope: "appUser", userId: "ann" },
      { scope: "appUser", userId: "ann" },
    ],
    [
      { scope: "user", userId: "ann" },
      { scope: "user", external_id: "ann" },
    ],
    [{ scope: "account" }, { scope: "account" }],
    [{ scope: "integration" }, { scope: "integration" }],
  ] as const)("signs %o with the claims of its API version", (options, payload) => {
    expect(jsonwebtoken.decode(signJwt(key, options))).toEqual(payload);
  });

  it.each([
    [{ scope: "appUser" }, goesWith],
    [{ scope: "user" }, goesWith],
    [{ scope: "app", userId: "ann" }, goesWith],
    [{ scope: "appUser", userId: "" }, "userId must be a string that is not empty."],
    [{ userId: 17 }, "userId must be a string that is not empty."],
    [{ scope: "root" }, "scope must be app, account, integration, appUser, user."],
    [{ scope: "constructor" }, "scope must be app, account, integration, appUser, user."],
  ])("refuses %o", (options, message) => {
    expect(() => Reflect.apply(signJwt, undefined, [key, options])).toThrow(message);
  });

  it.each([
    [{ keyId: "app_1" }, "secret"],
    [{ keyId: "app_1", secret: "" }, "secret"],
    [{ keyId: undefined, secret: "s3cret" }, "keyId"],
  ])("names what is missing from %o", (pair, name) => {
    expect(() => Reflect.apply(signJwt, undefined, [pair])).toThrow(
      `signJwt needs the ${name} of a key: it is empty or not a string.`,
    );
  });
});

it.each([
  ...[0, -1, 0.5, 1.5, Number.POSITIVE_INFINITY, Number.NaN, null],
  ...[
    "60",
    "0s",
    "",
    "soon",
    "0.5s",
    "999ms",
    "5000ms",
    "0.0000001h",
    "2x",
    "1 month",
    "-1h",
    `${"9".repeat(20)}y`,
  ],
])("refuses %j as a token's lifetime", (expiresIn) => {
  expect(() => Reflect.apply(signJwt, undefined, [key, { expiresIn }])).toThrow(
    /^expiresIn must be at least one second: whole seconds, or a string with a unit \(s, m, h, d, w or y\), such as "90s", "2h" or "7d"\.$/,
  );
});

it("an account token takes its times from the clock passed in", () => {
  const account = { keyId: "act_5735dcf248011972d621dc01", secret: key.secret };
  const token = signAccessJwt(account, 1_700_000_000_000, 900_000);
  expect(jsonwebtoken.decode(token)).toEqual({ scope: "account", iat: 1_699_999_940, exp: 1_700_000_900 });
});
