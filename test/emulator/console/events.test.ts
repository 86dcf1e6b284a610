import { get, type IncomingMessage } from "node:http";
import { describe, expect, it, vi } from "vitest";
import type { Topic } from "../../../src/emulator/console/contract";
import { Page, send } from "./support";

const topics: Topic[] = ["objects", "requests", "deliveries", "conversations", "control"];

/** Opens the event stream; `events` are the topics of each event so far. */
async function listen(page: Page) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${page.base}events?token=${page.token}`, { agent: false }, resolve).on("error", reject);
  });
  let text = "";
  const events: Topic[][] = [];
  response.setEncoding("utf8").on("data", (part) => {
    text += part;
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const event of parts) {
      const [, data = ""] = /^event: changed\ndata: (.*)$/.exec(event) ?? [];
      events.push(JSON.parse(data).topics);
    }
  });
  const ended = new Promise<void>((resolve) => {
    response.on("close", resolve);
    // The emulator drops the connection when it closes.
    response.on("error", () => resolve());
  });
  await vi.waitFor(() => expect(events).toHaveLength(1));
  return { response, events, ended };
}

/** The next event. */
async function next({ events }: { events: Topic[][] }): Promise<Topic[]> {
  await vi.waitFor(() => expect(events.length).toBeGreaterThan(1), { interval: 5 });
  return events.splice(1, 1)[0] ?? [];
}

describe("the event stream", () => {
  it("begins with every topic, and needs the token", async () => {
    const page = await Page.open();
    const { response, events } = await listen(page);
    expect([
      response.statusCode,
      response.headers["content-type"],
      response.headers["cache-control"],
    ]).toEqual([200, "text/event-stream", "no-store"]);
    expect(events).toEqual([topics]);
    for (const query of ["", "?token=", "?token=x"]) {
      expect((await send(`${page.base}events${query}`)).status).toBe(401);
    }
  });

  it("tells what a request, a program or the console changed", async () => {
    const page = await Page.open();
    const stream = await listen(page);
    await page.api("GET", "/v1/apps");
    expect(await next(stream)).toEqual(["requests"]);
    const { app } = await page.api("POST", "/v1/apps", { name: "Shop" });
    expect(await next(stream)).toEqual(["requests", "objects", "conversations"]);
    page.smooch.emulator.setFaults({ rules: [{ operation: "listApps", fault: "status", status: 503 }] });
    expect(await next(stream)).toEqual(topics);
    await page.api("GET", "/v1/apps");
    expect(await next(stream)).toEqual(["requests", "control"]);
    await page.call("PUT", "control/clock", { offsetMs: 5 });
    expect(await next(stream)).toEqual(topics);
    await page.call("POST", `apps/${app._id}/users`, { externalId: "ann" });
    expect(await next(stream)).toEqual(["conversations"]);
    for (const change of [
      () => page.smooch.emulator.addAccountKey(),
      () => page.smooch.emulator.addServiceKey(),
      () => page.smooch.emulator.addAccount(),
      () => page.smooch.emulator.setProfile({ metadata: "merge" }),
      () => page.smooch.emulator.shiftClock(0),
      () => page.smooch.emulator.reset(),
    ]) {
      change();
      expect(await next(stream)).toEqual(topics);
    }
    expect(stream.events).toHaveLength(1);
  });

  it("tells of each attempt of a delivery, and says nothing when secrets are revealed", async () => {
    const page = await Page.open({ retryDelayMs: 1000 });
    const { app } = await page.api("POST", "/v1/apps", { name: "Shop" });
    const path = `/v1/apps/${app._id}`;
    const { webhook } = await page.api("POST", `${path}/webhooks`, { target: "http://127.0.0.1:1/hook" });
    await page.api("POST", `${path}/appusers`, { userId: "ann" });
    const stream = await listen(page);
    await page.call("POST", `objects/${webhook._id}/reveal`);
    await page.api("POST", `${path}/appusers/ann/messages`, { role: "appUser", text: "Hi" });
    const seen = new Set(await next(stream));
    while (seen.size < 4) for (const topic of await next(stream)) seen.add(topic);
    expect([...seen].sort()).toEqual(["conversations", "deliveries", "objects", "requests"]);
    // The second attempt, a second later.
    await vi.waitFor(() => expect(stream.events.slice(1)).toContainEqual(["deliveries"]), { timeout: 5000 });
  });

  it("is at most ten events a second, for every client", async () => {
    const page = await Page.open();
    const clients = await Promise.all([listen(page), listen(page), listen(page)]);
    const start = performance.now();
    while (performance.now() - start < 1000) await page.api("POST", "/v1/apps", { name: "Shop" });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const seconds = (performance.now() - start) / 1000;
    for (const { events } of clients) {
      const changes = events.length - 1;
      expect(changes).toBeGreaterThan(3);
      expect(changes).toBeLessThanOrEqual(10 * seconds + 1);
      expect(events.at(-1)).toEqual(["requests", "objects", "conversations"]);
    }
  });

  it("goes on for the others when a client leaves, and ends when the emulator closes", async () => {
    const page = await Page.open();
    const [left, stayed] = [await listen(page), await listen(page)];
    left.response.destroy();
    await left.ended;
    await page.api("GET", "/v1/apps");
    expect(await next(stayed)).toEqual(["requests"]);
    await page.smooch.close();
    await stayed.ended;
  });

  it("starts again after everyone has left, without what changed meanwhile", async () => {
    const page = await Page.open();
    for (let round = 0; round < 20; round++) {
      const stream = await listen(page);
      expect(stream.events).toEqual([topics]);
      await page.api("GET", "/v1/apps");
      if (round % 2 === 0) expect(await next(stream)).toEqual(["requests"]);
      stream.response.destroy();
      await stream.ended;
      await page.api("POST", "/v1/apps", { name: "Shop" });
    }
  });

  it("keeps no process alive that has nothing else to do", async () => {
    const page = await Page.open();
    await listen(page);
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    await page.smooch.close();
    await vi.waitFor(() => expect(timers()).toBeLessThanOrEqual(before));
  });
});
