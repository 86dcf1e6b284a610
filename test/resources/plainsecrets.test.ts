import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, it, vi } from "vitest";

const warning =
  "smooch:accountKeySecret is stored in plain text in the stack's configuration and its state. Replace it in Smooch, and run " +
  "`pulumi config set --secret smooch:accountKeySecret`, which asks for the new one.";

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("PULUMI_CONFIG_SECRET_KEYS", "[]");
});

it.each([
  [{}, [[warning]]],
  [{ "smooch:baseUrl": "https://acme.zendesk.com/sc" }, [[warning]]],
  [{ "smooch:baseUrl": "not a URL" }, [[warning]]],
  [{ "smooch:baseUrl": "http://127.0.0.1:7666" }, []],
  [{ "smooch:baseUrl": "http://localhost:7666/sc" }, []],
])("a key in plain text with %j", async (others, warnings) => {
  const values: Record<string, string> = { "smooch:accountKeySecret": "canary", ...others };
  vi.spyOn(pulumi.runtime, "getConfig").mockImplementation((name) => values[name]);
  const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  warn.mockClear();
  const { warnOfPlainSecrets } = await import("../../src/resources/plainsecrets.js");
  warnOfPlainSecrets();
  warnOfPlainSecrets();
  expect(warn.mock.calls).toEqual(warnings);
});
