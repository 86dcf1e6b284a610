import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { checkCall } from "../../../src/cli/doctor/call";
import type { WireResponse } from "../../../src/smooch/host";
import { byHand } from "../../support/hand";
import { setEnvironment } from "../environment";
import { findings, local, prepareDoctor, printed, smooch } from "./support";

prepareDoctor();

describe("the API call of pulumi-smooch doctor", () => {
  it("distinguishes refused credentials from other problems", async () => {
    vi.stubEnv("SMOOCH_ACCOUNT_KEY_SECRET", "canary-secret-that-is-wrong");
    const { status, names, wrong } = await findings();
    expect([status, names]).toEqual([1, [...local, "host", "credentials", "clock"]]);
    expect(wrong).toEqual([
      {
        name: "credentials",
        status: "problem",
        message: expect.stringMatching(/^Smooch refused to list apps: .+ \(HTTP 401\)/),
        fix:
          "Check smooch:accountKeyId and smooch:accountKeySecret. Keys belong to one region or host: check " +
          "smooch:baseUrl too.",
      },
    ]);
    expect(printed.join()).not.toContain("canary-secret");
  });

  it("warns that an app's key is not enough for everything", async () => {
    const { _id } = await byHand(smooch, "POST", "/v1/apps", { name: "Shop" });
    const key = await byHand(smooch, "POST", `/v1/apps/${_id}/keys`, { name: "backend" });
    setEnvironment({
      SMOOCH_BASE_URL: smooch.url,
      SMOOCH_ACCOUNT_KEY_ID: String(key._id),
      SMOOCH_ACCOUNT_KEY_SECRET: String(key.secret),
    });
    const { status, wrong } = await findings();
    expect(status).toBe(0);
    expect(wrong).toMatchObject([{ name: "credentials", status: "warning" }]);
    expect(wrong[0]?.message).toBe(
      `${key._id} is a key of an app: it manages what is in that app, except its keys`,
    );
  });

  it("reports immediately that nothing listens", async () => {
    await smooch.pause();
    const startedAt = Date.now();
    const { status, names, wrong } = await findings();
    await smooch.resume();
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect([status, names]).toEqual([1, [...local, "host"]]);
    expect(wrong).toEqual([
      {
        name: "host",
        status: "problem",
        message: `Could not reach Smooch to list apps: connection refused at ${smooch.url}.`,
        fix: "Nothing is listening there: start the emulator with `npm run emulator`, or `npx pulumi-smooch emulator --stack <name> --no-target-check`, or correct smooch:baseUrl.",
      },
    ]);
  });

  it.each([
    ["<html>Sign in to the network</html>", 200, "host", /^No usable response .+ did not come from the API/],
    [
      "<html>Sign in to the network</html>",
      404,
      "host",
      /^No usable response .+ returned a body that is not JSON/,
    ],
    [
      '{"error":{"code":"route_not_found"}}',
      404,
      "host",
      /^No usable response .+ returned "route_not_found", which is not the API's error for a missing object/,
    ],
    ['{"error":{}}', 403, "credentials", /^Smooch refused to list apps: the credentials do not give access/],
    ['{"error":{}}', 503, "host", /^Smooch failed to list apps: no reason given \(HTTP 503\)/],
  ])("explains a response %j with status %i", async (body, status, name, message) => {
    const server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, "127.0.0.1");
    await once(server, "listening");
    vi.stubEnv("SMOOCH_BASE_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const found = await findings();
    server.closeAllConnections();
    server.close();
    expect(found).toMatchObject({
      status: 1,
      wrong: [{ name, status: "problem", message: expect.stringMatching(message), fix: expect.any(String) }],
    });
  });

  it.each([
    [10, 0, ["warning clock"], "10 min behind"],
    [-10, 0, ["warning clock"], "10 min ahead of"],
    [25, 1, ["problem credentials", "problem clock"], "25 min behind"],
  ])("detects a clock that is off by %i min", async (minutes, status, expected, message) => {
    smooch.emulator.shiftClock(minutes * 60_000);
    const found = await findings();
    expect(found.status).toBe(status);
    expect(found.wrong.map((check) => `${check.status} ${check.name}`)).toEqual(expected);
    expect(found.wrong.at(-1)?.message).toBe(`This machine's clock is ${message} Smooch's`);
    if (status === 1)
      expect(found.wrong[0]?.fix).toContain(`This machine's clock is ${message} Smooch's: set it`);
  });

  const refusal: WireResponse = { status: 401, headers: {}, body: "{}" };
  const host = {
    now: () => 0,
    sleep: () => Promise.resolve(),
    random: () => 0,
    log: () => {},
    send: () => Promise.resolve(refusal),
  };
  const pair = { keyId: "act_1", secret: "secret" };

  it.each([
    ["https://api.smooch.io", pair, /for one of eu-1, run `pulumi config set smooch:region eu-1`\.$/],
    ["https://api.eu-1.smooch.io", pair, /for one of us, run `pulumi config set smooch:region us`\.$/],
    ["https://acme.zendesk.com/sc", pair, /Keys belong to one region or host: check smooch:baseUrl too\.$/],
    ["https://api.smooch.io", { token: "t" }, /^Set smooch:accountToken to a token that has not expired\./],
  ])("names the setting to change at %s", async (baseUrl, credential, fix) => {
    const checks = await checkCall(
      {
        baseUrl,
        credential,
        auth: "jwt",
        apiVersion: "v1",
        maxConcurrency: 1,
        requestTimeoutMs: 1000,
        debug: false,
      },
      host,
    );
    expect(checks.find(({ name }) => name === "credentials")?.fix).toMatch(fix);
  });
});
