import jsonwebtoken from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { signAccessJwt, signJwt } from "../../src/smooch/jwt";

// The published sample key of the v1 reference; the expected token stands in legacy.md 1.3.
const key = { keyId: "app_5735dcf248011972d621dc01", secret: "Y4SINFtAUzEjayxgUjJZoTjG" };

const goesWith = 'A userId goes with the scopes "appUser" and "user", and only with those.';

describe("signJwt", () => {
  it("signs the known vector, and the same token each time", () => {
    const vector =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImFwcF81NzM1ZGNmMjQ4MDExOTcyZDYyMWRjMDEifQ.eyJzY29wZSI6ImFwcCJ9.RZtO0qywf_oV51WzH95A3KcFqXXAC7gxRC77L4qIPC0";
    expect(signJwt(key)).toBe(vector);
    expect(signJwt(key, { scope: "app" })).toBe(vector);
  });

  it("signs for a user, with an end", () => {
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

  it("reads a duration in words", () => {
    const { iat, exp } = jsonwebtoken.decode(signJwt(key, { expiresIn: "2h" })) as {
      iat: number;
      exp: number;
    };
    expect(exp - iat).toBe(7200);
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
  ] as const)("signs %o in the words of its API version", (options, payload) => {
    expect(jsonwebtoken.decode(signJwt(key, options))).toEqual(payload);
  });

  it.each([
    [{ scope: "appUser" }, goesWith],
    [{ scope: "user" }, goesWith],
    [{ scope: "app", userId: "ann" }, goesWith],
    [{ scope: "appUser", userId: "" }, "userId must be a string that is not empty."],
    [{ userId: 17 }, "userId must be a string that is not empty."],
    [{ scope: "root" }, "scope must be app, account, appUser, user."],
    [{ scope: "constructor" }, "scope must be app, account, appUser, user."],
  ])("refuses %o", (options, message) => {
    expect(() => Reflect.apply(signJwt, undefined, [key, options])).toThrow(message);
  });

  it.each([
    [{ keyId: "app_1" }, "secret"],
    [{ keyId: "app_1", secret: "" }, "secret"],
    [{ keyId: undefined, secret: "s3cret" }, "keyId"],
  ])("says what is missing of %o", (pair, name) => {
    expect(() => Reflect.apply(signJwt, undefined, [pair])).toThrow(
      `signJwt needs the ${name} of a key: it is empty or not a string.`,
    );
  });
});

it.each([0, -1, "60", "0s", "", "soon"])("refuses %j as the time that a token is valid", (expiresIn) => {
  expect(() => signJwt(key, { expiresIn })).toThrow(
    "expiresIn must be seconds, more than 0, or a string with a unit",
  );
});

it("an account token takes its times from the clock that is handed in", () => {
  const account = { keyId: "act_5735dcf248011972d621dc01", secret: key.secret };
  const token = signAccessJwt(account, 1_700_000_000_000, 900_000);
  expect(jsonwebtoken.decode(token)).toEqual({ scope: "account", iat: 1_699_999_940, exp: 1_700_000_900 });
});
