import { describe, expect, it } from "vitest";
import { startEmulator } from "../../../src/emulator/index";
import { Page, send } from "./support";

const routes = [
  ["GET", "overview"],
  ["GET", "owners/5a0b1c2d3e4f5a6b7c8d9e0f"],
  ["POST", "objects/act_mine/reveal"],
  ["GET", "requests"],
  ["GET", "requests/1"],
  ["GET", "deliveries"],
  ["GET", "deliveries/1"],
  ["POST", "deliveries/1/resend"],
  ["GET", "control"],
  ["PUT", "control/faults"],
  ["PUT", "control/clock"],
  ["POST", "control/reset"],
  ["GET", "events"],
  ["GET", "no-such-route"],
] as const;

describe("the console's API", () => {
  it.each(routes)("refuses %s %s without the token of this start, in a header", async (method, path) => {
    const page = await Page.open();
    const other = await Page.open();
    for (const token of [undefined, "", "x", other.token, `${page.token}x`]) {
      const headers = token === undefined ? {} : { "x-console-token": token };
      const { status, text } = await send(page.base + path, { method, headers });
      expect([status, JSON.parse(text)]).toEqual([
        401,
        {
          error: {
            code: "unauthorized",
            description:
              "The request has no valid token of this console: the emulator was restarted, or the page is not its own. Reload the page.",
          },
        },
      ]);
    }
    // Only the event stream takes it in its address.
    const { status } = await send(`${page.base}requests?token=${page.token}`);
    expect(status).toBe(401);
  });

  it.each([
    [{ host: "evil.example" }, "text"],
    [{ origin: "https://evil.example" }, "text"],
    [{ origin: "null" }, "text"],
    [{ "sec-fetch-site": "cross-site" }, "text"],
    [{ origin: "http://localhost:3000" }, "json"],
    [{ origin: "http://127.0.0.1" }, "json"],
    [{ "sec-fetch-site": "same-site" }, "json"],
    [{ "sec-fetch-site": "none" }, "json"],
  ])("refuses a request that is not from its own page, even with the token: %j", async (headers, form) => {
    const page = await Page.open();
    for (const [method, path] of routes) {
      const { status, text } = await send(`${page.base}${path}?token=${page.token}`, {
        method,
        headers: { "x-console-token": page.token, ...headers },
      });
      expect(status).toBe(403);
      expect(text.startsWith(form === "json" ? '{"error":' : "The emulator refuses this request: ")).toBe(
        true,
      );
    }
  });

  it("accepts its own page, under each name of this machine", async () => {
    const page = await Page.open();
    const { port } = new URL(page.smooch.url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      const headers = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
      const { status } = await send(`${page.base}overview`, {
        headers: { ...headers, "x-console-token": page.token },
      });
      expect(status).toBe(200);
    }
  });

  it("sends JSON that no other page can read, and no browser keeps", async () => {
    const page = await Page.open();
    const { headers } = await send(`${page.base}overview`, { headers: { "x-console-token": page.token } });
    expect(headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
    expect(headers["access-control-allow-origin"]).toBe(undefined);
  });

  it("returns 404 for what it does not have, 413 for too much, and 400 for what is not JSON", async () => {
    const page = await Page.open();
    expect(await page.call("GET", "no-such-route")).toEqual([
      404,
      { error: { code: "not_found", description: "The console has no such operation." } },
    ]);
    const headers = { "x-console-token": page.token, "content-type": "application/json" };
    const put = (body: string) => send(`${page.base}control/clock`, { method: "PUT", headers, body });
    expect((await put("x".repeat(2 * 1024 * 1024))).status).toBe(413);
    expect((await put("{")).status).toBe(400);
    const form = { ...headers, "content-type": "text/plain" };
    const answer = await send(`${page.base}control/clock`, { method: "PUT", headers: form, body: "{}" });
    expect(answer.status).toBe(400);
  });
});

describe("the page", () => {
  it("has a token of this start, and may load and call nothing but the emulator", async () => {
    const page = await Page.open();
    expect(page.token).toMatch(/^[\w-]{43}$/);
    const { status, headers, text } = await send(page.smooch.consoleUrl ?? "");
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cache-control": "no-store",
    });
    expect(text).not.toContain("{{");
    expect(text.split(page.token)).toHaveLength(2);
    expect(text).not.toMatch(/https?:\/\//);
  });

  it.each([
    [{ "sec-fetch-site": "none" }, 200],
    [{ "sec-fetch-site": "same-origin" }, 200],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ host: "evil.example" }, 403],
    [{ origin: "http://localhost:1" }, 403],
  ])("is sent only to its own browser tab: %j", async (headers, status) => {
    const page = await Page.open();
    const answer = await send(page.smooch.consoleUrl ?? "", { headers });
    expect(answer.status).toBe(status);
    expect(answer.text.includes(page.token)).toBe(status === 200);
  });

  it.each(["../index.html", "..%2findex.html", "index.html", ".js", "no-such.js", "/etc/passwd", "a%00.js"])(
    "has no asset %s",
    async (name) => {
      const page = await Page.open();
      const headers = { "x-console-token": page.token };
      expect((await send(`${page.base}assets/${name}`, { headers })).status).toBe(404);
    },
  );

  it("is not there without the option", async () => {
    const smooch = await startEmulator();
    expect(smooch.consoleUrl).toBe(undefined);
    expect((await send(`${smooch.url}/`)).status).toBe(501);
    expect((await send(`${smooch.url}/_emulator/console/overview`)).status).toBe(501);
    await smooch.close();
  });

  it("leaves the API and the control routes as they are", async () => {
    const page = await Page.open();
    expect((await send(`${page.smooch.url}/_emulator/state`)).status).toBe(200);
    expect((await send(`${page.smooch.url}/v1/apps`)).status).toBe(401);
    expect((await send(`${page.smooch.url}/`, { method: "POST" })).status).toBe(501);
  });
});
