import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/cli/verify/compare";
import { differencesIn } from "../../../src/cli/verify/report";
import { clean, type Result } from "../../../src/cli/verify/verify";
import type { ProfileChanges } from "../../../src/emulator/index";
import { apiVersions } from "../../../src/smooch/api-version";
import { Service, target, tidyUp } from "./support";

tidyUp();

/** Each value of each setting at least once. */
const profiles: ProfileChanges[] = [
  {},
  { metadata: "merge", duplicateTargets: "alias", secrets: "masked", notFound: "route" },
  { unknownFields: "lenient", duplicateTargets: "allow", secrets: "omitted", notFound: "zendesk" },
  { deleteAnswer: "no-content", secrets: "omitted-in-lists", notFound: "endpoint" },
  { deleteAnswer: "accepted", metadata: "merge", notFound: "gateway" },
  { unknownFields: "lenient", duplicateTargets: "alias", notFound: "string" },
  { deleteAnswer: "no-content", secrets: "masked", notFound: "text" },
  { deleteAnswer: "accepted", duplicateTargets: "allow", secrets: "omitted-in-lists", notFound: "empty" },
];

const isRight = ({ left, stopped }: Result) => left.length === 0 && stopped === undefined;
const disagreeing = (findings: readonly Finding[]) => findings.filter(({ agrees }) => agrees === false);

describe.each(apiVersions)("verify against the emulator in %s", (version) => {
  it("tries every step, finds no difference, and leaves nothing behind", async () => {
    const service = new Service(version);
    const verification = service.verification({ limits: true });
    const run: string[] = [];
    const result = await verification.run(({ name }) => run.push(name));
    expect(result.findings.filter(({ agrees }) => agrees !== true)).toEqual([]);
    expect(isRight(result)).toBe(true);
    expect(run).toEqual(verification.steps.map(({ name }) => name));
    expect(new Set(run).size).toBe(run.length);
    expect(result.calls).toBeLessThanOrEqual(verification.bound.calls);
    expect(service.emulator.unknownRequests).toEqual([]);
    expect(service.emulator.isEmpty()).toBe(true);
    expect(service.notes).toEqual([]);
  });

  it.each(profiles)("recognizes the profile %o", async (profile) => {
    const service = new Service(version, { profile });
    const result = await service.verification().run();
    expect(result.profile).toEqual(service.emulator.profile);
    expect([differencesIn(result.findings), disagreeing(result.findings)]).toEqual([[], []]);
    expect(isRight(result)).toBe(true);
    expect(service.emulator.isEmpty()).toBe(true);
    expect(service.notes).toEqual([]);
  });

  it("touches nothing that it did not create, not even what another run left", async () => {
    const service = new Service(version);
    service.intercept = (_, forward) => {
      if (service.sent.length > 60) throw new Error("killed");
      return forward();
    };
    await expect(service.verification().run()).rejects.toThrow("killed");
    service.intercept = (_, forward) => forward();
    const { accountKeyId: keyId, accountKeySecret: secret } = service.emulator.addAccountKey();
    const before = service.emulator.snapshot();
    expect(before.apps).toHaveLength(1);
    expect(isRight(await service.verification({}, { keyId, secret }).run())).toBe(true);
    expect(service.emulator.snapshot()).toEqual(before);
  });

  it("does without webhooks if there is no target", async () => {
    const service = new Service(version);
    const verification = service.verification({ target: undefined });
    expect(verification.steps.some(({ needsTarget }) => needsTarget)).toBe(false);
    expect(verification.suite.leftOut.map(({ reason }) => reason)).toContain(
      "partly: webhooks need --target",
    );
    const result = await verification.run();
    expect([differencesIn(result.findings), disagreeing(result.findings), isRight(result)]).toEqual([
      [],
      [],
      true,
    ]);
    expect(service.emulator.isEmpty()).toBe(true);
  });

  it("does with the key of a service account what such a key can do", async () => {
    const service = new Service(version);
    const { accountKeyId: keyId, accountKeySecret: secret } = service.emulator.addServiceKey();
    const verification = service.verification({}, { keyId, secret });
    const result = await verification.run();
    expect([differencesIn(result.findings), disagreeing(result.findings), isRight(result)]).toEqual([
      [],
      [],
      true,
    ]);
    const refused = verification.suite.leftOut.map(({ name }) => name);
    expect(refused).toEqual(version === "v2" ? [] : ["service accounts and their keys"]);
    expect(service.emulator.isEmpty()).toBe(true);
  });

  it("does with an app key only what does not affect the app", async () => {
    const app = {
      id: "5a0b1c2d3e4f5a6b7c8d9e1f",
      keyId: "app_5a0b1c2d3e4f5a6b7c8d9e1f",
      keySecret: "s".repeat(24),
    };
    const service = new Service(version, { app });
    const before = service.emulator.snapshot();
    const verification = service.verification({ app: app.id }, { keyId: app.keyId, secret: app.keySecret });
    const result = await verification.run();
    expect([differencesIn(result.findings), disagreeing(result.findings), isRight(result)]).toEqual([
      [],
      [],
      true,
    ]);
    expect(service.emulator.snapshot()).toEqual(before);
    const written = service.sent.filter((line) => !line.startsWith("GET"));
    const allowed = version === "v2" ? "integrations" : "templates";
    expect(written.filter((line) => !line.includes(`/apps/${app.id}/${allowed}`))).toEqual([]);
    expect(written.length).toBeGreaterThan(5);
    expect(verification.suite.leftOut.map(({ name }) => name)).toContain(
      version === "v2" ? "switchboards" : "menus",
    );
  });

  it("deletes everything after it was stopped", async () => {
    for (const after of [1, 20, 70]) {
      const service = new Service(version);
      const verification = service.verification();
      let count = 0;
      const result = await verification.run(() => ++count === after && verification.stop());
      expect(result).toMatchObject({ steps: after, stopped: "interrupted", left: [] });
      expect(service.emulator.isEmpty()).toBe(true);
      expect(service.notes).toEqual([]);
    }
  });

  it("leaves what a kill interrupted to --clean, wherever that was", async () => {
    for (let at = 1; at < 130; at += 11) {
      const isApplied = at % 2 === 0;
      const service = new Service(version);
      service.intercept = async (_, forward) => {
        if (service.sent.length < at) return forward();
        if (service.sent.length === at && isApplied) await forward();
        throw new Error("killed");
      };
      await expect(service.verification().run()).rejects.toThrow("killed");
      service.intercept = (_, forward) => forward();
      const result = await clean(service.host, service.settings(), service.journals, async () => false);
      expect([at, result.left]).toEqual([at, []]);
      expect([at, service.emulator.isEmpty(), service.notes]).toEqual([at, true, []]);
    }
  });

  it("deletes everything although responses get lost", async () => {
    const service = new Service(version, {
      faults: { seed: 3, rules: [{ fault: "reset-after", probability: 0.2 }] },
    });
    const result = await service.verification().run();
    expect(result.left).toEqual([]);
    expect(service.emulator.faultsMet["reset-after"]).toBeGreaterThan(10);
    expect(result.findings.map(({ mark }) => mark)).toContain("not answered");
    expect(service.emulator.isEmpty()).toBe(true);
    expect(service.notes).toEqual([]);
  });

  it("obeys a rate limit", async () => {
    const service = new Service(version, { rateLimit: 3 });
    const result = await service.verification({ target }).run();
    expect([differencesIn(result.findings), isRight(result)]).toEqual([[], true]);
    expect(service.emulator.isEmpty()).toBe(true);
  });
});

describe("a run ends early", () => {
  it("if the service does not have the API version", async () => {
    const service = new Service("v1", { profile: { serves: "v1.1+v2" } });
    const result = await service.verification().run();
    expect(result.stopped).toBe("the app could not be created: HTTP 404 route_not_found");
    expect([service.sent, service.notes]).toEqual([["POST /v1/apps"], []]);
  });

  it("if the credentials are refused", async () => {
    const service = new Service("v1.1");
    const wrong = { keyId: service.credential.keyId, secret: "wrong".repeat(5) };
    const result = await service.verification({}, wrong).run();
    expect(result.stopped).toBe("the app could not be created: HTTP 401 invalid_auth");
  });

  it("after ten minutes, and then deletes everything", async () => {
    const service = new Service("v2");
    service.intercept = async (_, forward) => {
      await service.clock.sleep(20_000);
      return forward();
    };
    const result = await service.verification().run();
    expect(result).toMatchObject({ stopped: "the time is up" });
    expect(result.steps).toBe(30);
  });

  it("after the announced number of calls", async () => {
    const service = new Service("v2");
    service.intercept = async ({ method }, forward) =>
      method === "GET" ? { status: 429, headers: { "retry-after": "1" }, body: "" } : forward();
    const verification = service.verification();
    const { stopped, calls, left } = await verification.run();
    const allowed = verification.steps.length + 20;
    expect(stopped).toBe(`${allowed} calls were made`);
    expect(calls).toBeLessThanOrEqual(verification.bound.calls);
    expect(left.map(({ label }) => label)).toContain("app");
    service.intercept = (_, forward) => forward();
    const cleaned = await clean(service.host, service.settings(), service.journals, async () => false);
    expect([cleaned.left, service.emulator.isEmpty(), service.notes]).toEqual([[], true, []]);
  });
});
