import { describe, expect, it, vi } from "vitest";
import { emulatorOf } from "../../../src/cli/emulator/stack";
import { installPulumi, prepareDoctor, program } from "../doctor/support";
import { setEnvironment } from "../environment";

prepareDoctor();

const configured = (values: Record<string, string>) =>
  installPulumi(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`smooch:${name}`, { value }])),
  );
const key = { accountKeyId: "act_1", accountKeySecret: "canary-secret" };
const ofDev = () => emulatorOf(program, "dev");

describe("the emulator of a stack", () => {
  it.each([
    ["http://127.0.0.1:7666", 7666],
    ["http://localhost:80/", 80],
    ["http://127.0.0.1:7666/sc", 7666],
  ])("listens on the port of %s, with the stack's key", async (baseUrl, port) => {
    configured({ baseUrl, ...key });
    expect(await ofDev()).toEqual({ port, ...key });
  });

  it.each([
    { region: "eu-1" },
    {},
    { baseUrl: "https://acme.zendesk.com/sc" },
    { baseUrl: "https://localhost:7666" },
    { baseUrl: "http://127.0.0.2:7666" },
    { baseUrl: "http://127.0.0.1" },
    { baseUrl: "http://127.0.0.1:7666/api" },
  ])("is refused for any other address: %j", async (settings) => {
    setEnvironment({});
    configured({ ...settings, ...key });
    await expect(ofDev()).rejects.toThrow(
      /^stack "dev" is set up for \S+, where no emulator can listen: set smooch:baseUrl to a port of this machine, such as http:\/\/127\.0\.0\.1:7666, in a stack of its own$/,
    );
  });

  it("needs a key", async () => {
    setEnvironment({});
    configured({ baseUrl: "http://127.0.0.1:7666", accountToken: "canary-secret" });
    await expect(ofDev()).rejects.toThrow(
      'stack "dev" has a token and no key: set smooch:accountKeyId and smooch:accountKeySecret for the emulator',
    );
    configured({ baseUrl: "http://127.0.0.1:7666" });
    await expect(ofDev()).rejects.toThrow(
      /^smooch:accountKeyId is missing: .*\nsmooch:accountKeySecret is missing/,
    );
  });

  it.each([
    [{}, { SMOOCH_ACCOUNT_KEY_ID: "act_live", SMOOCH_ACCOUNT_KEY_SECRET: "canary" }],
    [{ accountKeyId: "act_1" }, { SMOOCH_ACCOUNT_KEY_SECRET: "canary" }],
    [{}, { SMOOCH_ACCOUNT_TOKEN: "canary" }],
  ])("uses no key from the environment, which may be a live one (%j)", async (values, environment) => {
    setEnvironment(environment);
    configured({ baseUrl: "http://127.0.0.1:7666", ...values });
    await expect(ofDev()).rejects.toThrow(
      /^stack "dev" has no account key of its own, and the emulator does not use the one in the environment: set smooch:accountKeyId and smooch:accountKeySecret of the stack to made-up values$/,
    );
    configured({ baseUrl: "http://127.0.0.1:7666", ...key });
    expect(await ofDev()).toEqual({ port: 7666, ...key });
  });

  it("passes on Pulumi's error for an unknown stack, and reports a missing Pulumi CLI", async () => {
    await expect(emulatorOf(program, "prod")).rejects.toThrow("no stack named 'prod' found");
    vi.stubEnv("PATH", "");
    await expect(ofDev()).rejects.toThrow("the Pulumi CLI is not on PATH");
  });
});
