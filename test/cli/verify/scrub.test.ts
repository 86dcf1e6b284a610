import { describe, expect, it } from "vitest";
import { recordingFile } from "../../../src/cli/verify/recording";
import type { Exchange } from "../../../src/cli/verify/runner";
import { assertClean, Scrubber } from "../../../src/cli/verify/scrub";
import type { Step } from "../../../src/cli/verify/step";
import { apiVersions } from "../../../src/smooch/api-version";
import { Service, target, tidyUp } from "./support";

tidyUp();

const step: Step = { name: "x", method: "POST", path: "/v1/apps/{app}/keys", body: { name: "key {mark}" } };
const id = "5a0b1c2d3e4f5a6b7c8d9e0f";
const names = new Map([
  ["mark", "0123456789ab"],
  ["app", id],
]);

function scrub(body: unknown, secrets: string[] = []) {
  const exchange: Exchange = {
    step,
    path: `/v1/apps/${id}/keys`,
    body: { name: "key 0123456789ab" },
    answer: { status: 200, body, isJson: true },
  };
  const scrubber = new Scrubber({ names, secrets: new Set(secrets) }, [exchange]);
  return {
    value: scrubber.value(body),
    path: scrubber.path(exchange.path),
    sent: scrubber.value(exchange.body),
  };
}

describe("a recording", () => {
  it("keeps what the suite sent, with another mark, and words of the API", () => {
    const kept = { key: { name: "key 0123456789ab", type: "custom", enabled: true, next: null, offset: 25 } };
    expect(scrub(kept)).toEqual({
      value: { key: { ...kept.key, name: "key 5ca1ab1e0000" } },
      path: "/v1/apps/65a000000000000000000001/keys",
      sent: { name: "key 5ca1ab1e0000" },
    });
  });

  it.each([
    ["an id", "5a0b1c2d3e4f5a6b7c8d9eff", /^65a00000\d{16}$/],
    ["the id of a key", "app_5a0b1c2d3e4f5a6b7c8d9e0f", /^app_65a00000\d{16}$/],
    ["a secret", "Xy_9-".repeat(17), /^secret-\d+-x{70,}$/],
    ["a token", "eyJh.eyJi.c2ln", /^header\.payload\.signature-\d+$/],
    ["a URL", "https://bot.acme.example/a?b=c", /^https:\/\/host-\d+\.example\/$/],
    ["a time", "2018-10-06T03:38:02.346Z", /^2020-01-01T00:00:00\.\d{3}Z$/],
    ["a telephone number", "+15145550100", /^\+1{10}\d$/],
    ["a name", "Acme Support", /^text-\d+$/],
    ["a word in capitals", "ACME", /^text-\d+$/],
  ])("replaces %s by one of the same form", (_, original, form) => {
    const { value } = scrub({ one: original, other: [original] });
    expect(value).toEqual({ one: expect.stringMatching(form), other: [expect.stringMatching(form)] });
    expect(new Set(JSON.stringify(value).match(/"[^"]+"(?=[,\]}])/g)).size).toBe(1);
    expect(JSON.stringify(value)).not.toContain(original);
  });

  it("replaces different values by different ones", () => {
    expect(scrub(["one", "two", "one"]).value).toEqual(["text-2", "text-3", "text-2"]);
  });

  it("keeps the codes of errors, and no description", () => {
    const { value } = scrub({ error: { code: "too_many_keys", description: "Acme has ten" } });
    expect(value).toEqual({ error: { code: "too_many_keys", description: "text-2" } });
    expect(scrub({ error: { code: "Acme Support" } }).value).toEqual({ error: { code: "text-2" } });
    expect(scrub({ error: { code: "hunter_two" } }, ["hunter_two"]).value).toEqual({
      error: { code: "text-2" },
    });
  });

  it("replaces a secret that is a word of the API, and the names of fields that are none", () => {
    expect(scrub({ a: "custom" }, ["custom"]).value).toEqual({ a: "text-2" });
    expect(scrub({ "Acme 1": 5 }).value).toEqual({ "text-2": 5 });
    expect(scrub({ total: 15145550100, share: 0.123 }).value).toEqual({ total: 1000, share: 0.5 });
  });

  it.each([
    ["as it is", "canary-secret"],
    ["in JSON", 'canary "secret"'],
    ["in a URL", "canary secret+1"],
  ])("is not written if it contained a secret %s", (_, secret) => {
    const known = { names: new Map<string, string>(), secrets: new Set([secret]) };
    for (const text of [JSON.stringify({ a: secret }), encodeURIComponent(secret)]) {
      const isIn = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)].some((form) =>
        text.includes(form),
      );
      expect(isIn).toBe(true);
      expect(() => assertClean(text, known, [])).toThrow("would have contained a secret");
    }
    expect(() => assertClean("{}", known, ["api.acme.example"])).not.toThrow();
    expect(() => assertClean("api.acme.example", known, ["api.acme.example"])).toThrow("not written");
  });

  it.each(apiVersions)("of a whole run in %s has nothing of the account", async (version) => {
    // The longest property names and codes are words of the API.
    const words =
      /^(n+|defaultSwitchboardIntegrationId|nextSwitchboardIntegrationId|too_many_switchboard_integrations|switchboard_integration_not_found|canUserCreateMoreConversations|canUserSeeConversationList|authenticationMessageSecret)$/;
    const service = new Service(version);
    const seen = new Set<string>([target, "bot.acme.example", "canary-of-the-target", "api.smooch.io"]);
    const { keyId, secret } = service.credential;
    for (const own of [keyId, secret, keyId.slice(4), service.emulator.accountId]) seen.add(own);
    service.intercept = async (request, forward) => {
      seen.add(request.headers.authorization ?? "none");
      const response = await forward();
      for (const [found] of response.body.matchAll(/(?:[a-z]{3}_)?[0-9a-f]{24}|[\w-]{25,}/g)) seen.add(found);
      return response;
    };
    const verification = service.verification({ limits: true });
    seen.add(verification.mark);
    const report = JSON.stringify(await verification.run());
    seen.delete("none");
    const text = verification.record();
    expect([...seen].filter((one) => !words.test(one) && report.includes(one))).toEqual([]);
    expect([...seen].filter((one) => !words.test(one) && text.includes(one))).toEqual([]);
    expect(seen.size).toBeGreaterThan(100);
    const { exchanges } = recordingFile.parse(JSON.parse(text));
    expect(exchanges.map(({ step }) => step)).toEqual(verification.steps.map(({ name }) => name));
  });
});
