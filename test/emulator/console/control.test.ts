import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FaultPlan } from "../../../src/emulator/index";
import { Page } from "./support";

const rules = [{ operation: "listApps", fault: "status", status: 503, times: 1 }];

describe("the controls", () => {
  it("show and start fault plans", async () => {
    const page = await Page.open();
    expect(await page.get("control")).toEqual({
      faults: { seed: 1, rules: [] },
      activeFaults: [],
      met: {},
      clockOffsetMs: 0,
      profile: { ...page.smooch.emulator.profile },
    });
    const [status, started] = await page.call("PUT", "control/faults", { rules });
    expect([status, started.faults]).toEqual([200, { seed: 1, rules }]);
    expect(await page.api("GET", "/v1/apps")).toMatchObject({ error: { code: "service_unavailable" } });
    expect((await page.get("control")).met).toEqual({ status: 1 });
    expect((await page.call("PUT", "control/faults", {}))[1].faults).toEqual({ seed: 1, rules: [] });
  });

  it("say in words which faults are active, without those that have happened as often as they should", async () => {
    const rules = [
      { operation: "listApps", fault: "status", status: 503, times: 2 },
      { operation: ["createApp", "createKey"], fault: "reset-after", probability: 0.5, after: 3 },
      { fault: "latency", ms: 0, jitterMs: 5, operation: "getApp" },
      { fault: "rate-limited", probability: 0 },
    ];
    const page = await Page.open({ faults: { rules } as FaultPlan });
    const others = [
      "createApp, createKey: reset-after, probability 0.5, not the first 3",
      "getApp: latency of 0 to 5 ms",
      "every operation: rate-limited, probability 0",
    ];
    const active = async () => (await page.get("control")).activeFaults;
    expect(await active()).toEqual(["listApps: status 503, 0 of 2 times so far", ...others]);
    await page.api("GET", "/v1/apps");
    expect(await active()).toEqual(["listApps: status 503, 1 of 2 times so far", ...others]);
    await page.api("GET", "/v1/apps");
    expect(await active()).toEqual(others);
  });

  it("say what is wrong with a fault plan, and keep the old one", async () => {
    const page = await Page.open({ faults: { seed: 7 } });
    expect(await page.call("PUT", "control/faults", { rules: [{ fault: "nope" }] })).toEqual([
      400,
      {
        error: {
          code: "bad_request",
          description: expect.stringMatching(/^The fault plan is not valid: rules\.0/),
        },
      },
    ]);
    expect((await page.get("control")).faults).toEqual({ seed: 7, rules: [] });
  });

  it("shift the clock", async () => {
    const page = await Page.open();
    const offsetMs = -86_400_000;
    expect((await page.call("PUT", "control/clock", { offsetMs }))[1].clockOffsetMs).toBe(offsetMs);
    expect(Math.abs((await page.get("overview")).now - (Date.now() + offsetMs))).toBeLessThan(5000);
    for (const body of [{ offsetMs: 1.5 }, { offsetMs: -1e15 }, {}, { offsetMs: 1, more: 1 }]) {
      expect((await page.call("PUT", "control/clock", body))[0]).toBe(400);
    }
    expect((await page.get("control")).clockOffsetMs).toBe(offsetMs);
  });

  it("reset everything that the control route resets, also in the state file", async () => {
    const stateFile = join(mkdtempSync(join(tmpdir(), "console-")), "state.json");
    const page = await Page.open({ stateFile });
    await page.api("POST", "/v1/apps", { name: "Shop" });
    expect(JSON.parse(readFileSync(stateFile, "utf8")).apps).toHaveLength(1);
    expect((await page.call("POST", "control/reset", { all: true }))[0]).toBe(400);
    expect((await page.call("POST", "control/reset", {}))[0]).toBe(200);
    expect(page.smooch.emulator.isEmpty()).toBe(true);
    expect(JSON.parse(readFileSync(stateFile, "utf8")).apps).toEqual([]);
    expect((await page.get("overview")).apps).toEqual([]);
    expect(await page.get("requests")).toEqual({ requests: [], hasMore: false });
    expect(await page.get("deliveries")).toEqual({ deliveries: [], hasMore: false });
    // The numbers go on, so that the address of an entry never shows another one.
    await page.api("GET", "/v1/apps");
    expect((await page.get("requests")).requests).toMatchObject([{ seq: 2 }]);
  });

  it("serve the chat, and keep what users do in the state file", async () => {
    const stateFile = join(mkdtempSync(join(tmpdir(), "console-")), "state.json");
    const page = await Page.open({ stateFile });
    const { app } = await page.api("POST", "/v1/apps", { name: "Shop" });
    const [, user] = await page.call("POST", `apps/${app._id}/users`, { externalId: "ann" });
    const [, conversation] = await page.call("POST", `apps/${app._id}/users/${user.id}/conversations`, {});
    const messages = `apps/${app._id}/conversations/${conversation.id}/messages`;
    await page.call("POST", messages, { type: "text", text: "Hi" });
    const image = { type: "image", name: "a.png", mediaType: "image/png", base64: "A".repeat(1_398_000) };
    expect((await page.call("POST", messages, image))[0]).toBe(200);
    const [, sent] = (await page.get(messages)).messages;
    expect(sent.content.mediaUrl.startsWith(`${page.smooch.url}/_emulator/media/`)).toBe(true);
    expect(readFileSync(stateFile, "utf8")).toContain('"text": "Hi"');
  });
});
