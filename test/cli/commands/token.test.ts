import { Readable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { signJwt } from "../../../src/smooch/jwt";
import { prepareToken, said, secret, token, verified } from "../token/support";

prepareToken();

function setKey(keyId: string): void {
  vi.stubEnv("SMOOCH_KEY_ID", keyId);
  vi.stubEnv("SMOOCH_KEY_SECRET", secret);
}

function type(text: string): void {
  vi.spyOn(process, "stdin", "get").mockReturnValue(Readable.from([text]) as typeof process.stdin);
}

describe("pulumi-smooch token, with a key from the environment", () => {
  it("prints a token that never expires, the same each time", async () => {
    setKey("app_1");
    await token();
    expect(said.printed).toEqual([signJwt({ keyId: "app_1", secret })]);
    expect(verified()).toEqual({ kid: "app_1", scope: "app" });
  });

  it("accepts a user for the scope appUser, and an expiry in seconds", async () => {
    setKey("app_1");
    await token("--user-id", "ann", "--expires-in", "3600");
    const { iat, exp, ...rest } = verified();
    expect(rest).toEqual({ kid: "app_1", scope: "appUser", userId: "ann" });
    expect(exp - iat).toBe(3600);
  });

  it.each([
    ["v2", ["--user-id", "ann"], { scope: "user", external_id: "ann" }],
    ["v1.1", ["--user-id", "ann"], { scope: "appUser", userId: "ann" }],
    ["v1", ["--user-id", "ann", "--scope", "user"], { scope: "user", external_id: "ann" }],
    ["v2", ["--user-id", "ann", "--scope", "appUser"], { scope: "appUser", userId: "ann" }],
  ])("signs for a user as API %s requires, unless %j overrides it", async (version, args, claims) => {
    vi.stubEnv("SMOOCH_API_VERSION", version);
    vi.stubEnv("SMOOCH_KEY_ID", " app_1\n");
    vi.stubEnv("SMOOCH_KEY_SECRET", `${secret}\n`);
    await token(...args);
    expect(verified()).toEqual({ kid: "app_1", ...claims });
  });

  it("accepts an expiry with a unit, and the scope account", async () => {
    setKey("act_1");
    await token("--scope", "account", "--expires-in", "2h");
    const { iat, exp, ...rest } = verified();
    expect(rest).toEqual({ kid: "act_1", scope: "account" });
    expect(exp - iat).toBe(7200);
  });

  it.each([
    [
      "act_1",
      [],
      "act_1 is an account key, which can only sign tokens with the scope account: add --scope account",
    ],
    [
      "app_1",
      ["--scope", "account"],
      "app_1 is a key of an app, which cannot sign a token with the scope account: use an account key",
    ],
  ])("refuses to sign a token with %s if Smooch would refuse it (%j)", async (keyId, args, message) => {
    setKey(keyId);
    await expect(token(...args)).rejects.toThrow(message);
    expect(said.printed).toEqual([]);
  });

  it.each([
    [["--scope", "appUser"], 'A userId goes with the scopes "appUser" and "user", and only with those.'],
    [["--scope", "app", "--user-id", "ann"], 'A userId goes with the scopes "appUser" and "user"'],
    [["--scope", "root"], "Allowed choices are app, appUser, user, account"],
    [["--expires-in", "0"], "error: expiresIn must be at least one second: whole seconds, or a string"],
    [["--expires-in", "999ms"], "error: expiresIn must be at least one second: whole seconds, or a string"],
    [
      ["--expires-in", "3 parsecs"],
      "error: expiresIn must be at least one second: whole seconds, or a string",
    ],
    [["--resource", "backend"], "--resource requires a stack, and none is selected"],
    [["--stack", "dev", "--stdin"], "cannot be used with option '--stdin'"],
    [["--resource", "backend", "--stdin"], "cannot be used with option '--stdin'"],
    [["--stack", "dev", "--cwd", "/does/not/exist"], "It must be a folder that exists."],
    [["app_1", secret], "too many arguments"],
    [["--secret", secret], "unknown option '--secret'"],
  ])("rejects %j as wrong usage", async (args, message) => {
    setKey("app_1");
    await expect(token(...args)).rejects.toMatchObject({ code: expect.stringMatching(/^commander\./) });
    expect(said.complained).toContain(message);
    expect(said.complained).not.toContain(secret);
    expect(said.printed).toEqual([]);
  });

  it.each([
    ["", "", "no key is given: use --stack or --stdin, or set SMOOCH_KEY_ID and SMOOCH_KEY_SECRET"],
    ["app_1", "", "SMOOCH_KEY_ID is set, and SMOOCH_KEY_SECRET is not"],
    ["", secret, "SMOOCH_KEY_SECRET is set, and SMOOCH_KEY_ID is not"],
  ])("reports what is not set (%j, %j)", async (keyId, value, message) => {
    vi.stubEnv("SMOOCH_KEY_ID", keyId);
    vi.stubEnv("SMOOCH_KEY_SECRET", value);
    await expect(token()).rejects.toMatchObject({ code: "commander.error" });
    expect(said.complained).toBe(`error: ${message}\n`);
  });

  it("has examples in its help", async () => {
    await expect(token("--help")).rejects.toMatchObject({ code: "commander.helpDisplayed" });
    expect(said.printed.join("")).toContain("$ pulumi-smooch token --stdin --expires-in 3600 < key.json");
  });
});

describe("pulumi-smooch token --stdin", () => {
  it("reads a key as JSON, and prefers it to the environment", async () => {
    vi.stubEnv("SMOOCH_KEY_ID", "app_other");
    type(`${JSON.stringify({ keyId: "app_1", secret })}\n`);
    await token("--stdin");
    expect(verified()).toEqual({ kid: "app_1", scope: "app" });
  });

  it("refuses id and secret that are swapped, without printing the secret", async () => {
    type(JSON.stringify({ keyId: secret, secret: "app_5a0b1c2d3e4f5a6b7c8d9e0f" }));
    await expect(token("--stdin")).rejects.toThrow(
      /^The secret holds the id of a key: id and secret are swapped\.$/,
    );
    expect(said.printed).toEqual([]);
  });

  it.each([
    "",
    secret,
    `{"keyId": "app_1", "secret": "${secret}"`,
    `{"keyId": 1, "secret": "${secret}"}`,
    `{"secret": "${secret}"}`,
    '{"keyId": "app_1", "secret": ""}',
  ])("reports what it expects instead of quoting %j", async (text) => {
    type(text);
    await expect(token("--stdin")).rejects.toThrow(
      /^standard input must be a key as JSON: \{"keyId": "app_…", "secret": "…"\}$/,
    );
  });
});
