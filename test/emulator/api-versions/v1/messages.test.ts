import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

describe("app users", () => {
  it("are created once per userId and found by id or userId", async () => {
    const bench = new Bench();
    const users = `/v1/apps/${await bench.createApp()}/appusers`;
    const body = { userId: "ann@example.com", givenName: "Ann", properties: { vip: true } };
    const created = await bench.call("POST", users, { body });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      appUser: {
        ...body,
        _id: expect.stringMatching(/^[0-9a-f]{24}$/),
        signedUpAt: "2018-10-23T00:00:00.000Z",
        conversationStarted: false,
        credentialRequired: false,
        clients: [],
      },
    });
    expect(await bench.refusal("POST", users, { body })).toEqual([409, "conflict"]);
    for (const id of [Object(created.body).appUser._id, "ann%40example.com"]) {
      const got = await bench.call("GET", `${users}/${id}`);
      expect([got.status, got.body]).toEqual([200, created.body]);
    }
    expect(await bench.refusal("GET", `${users}/bob`)).toEqual([404, "not_found"]);
  });

  it.each([
    [{}],
    [{ userId: "" }],
    [{ userId: "a", properties: { a: {} } }],
    [{ userId: "a", signedUpAt: "now" }],
  ])("refuse %j with 400", async (body) => {
    const bench = new Bench();
    const users = `/v1/apps/${await bench.createApp()}/appusers`;
    expect(await bench.refusal("POST", users, { body })).toEqual([400, "bad_request"]);
  });
});

describe("messages", () => {
  it("start a conversation, count as unread only if from the business, and are listed in order", async () => {
    const bench = new Bench();
    const { appId, say } = await bench.createConversation();
    const messages = `/v1/apps/${appId}/appusers/ann/messages`;
    expect(await bench.refusal("GET", messages)).toEqual([404, "not_found"]);

    bench.host.time += 704;
    const first = await say("Hi");
    const [user] = bench.emulator.snapshot().appUsers;
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      message: {
        _id: expect.stringMatching(/^[0-9a-f]{24}$/),
        type: "text",
        text: "Hi",
        role: "appUser",
        authorId: user?.id,
        name: "Ann",
        received: 1_540_252_800.704,
      },
      conversation: { _id: expect.stringMatching(/^[0-9a-f]{24}$/), unreadCount: 0 },
    });
    const second = await say("Hello", "appMaker");
    expect(second.body).toMatchObject({
      message: { role: "appMaker", text: "Hello" },
      conversation: { unreadCount: 1 },
    });
    expect(Object(second.body).message).not.toHaveProperty("name");

    const listed = await bench.call("GET", messages);
    expect([listed.status, listed.body]).toEqual([
      200,
      {
        conversation: Object(second.body).conversation,
        messages: [Object(first.body).message, Object(second.body).message],
      },
    ]);
    expect((await bench.call("GET", `/v1/apps/${appId}/appusers/ann`)).body).toMatchObject({
      appUser: { conversationStarted: true },
    });
  });

  it("work on the short path with an app's own key", async () => {
    const bench = new Bench();
    const { appId } = await bench.createConversation();
    const { token } = await bench.createKey(appId);
    const body = { role: "appUser", type: "text", text: "Hi" };
    expect((await bench.call("POST", "/v1/appusers/ann/messages", { body, token })).status).toBe(201);
    expect((await bench.call("GET", "/v1/appusers/ann/messages", { token })).body).toMatchObject({
      messages: [{ text: "Hi" }],
    });
  });

  it.each([
    [{ text: "Hi" }, 400, "bad_request"],
    [{ role: "whisper", text: "Hi" }, 400, "bad_request"],
    [{ role: "appUser" }, 400, "bad_request"],
    [{ role: "appUser", text: "" }, 400, "bad_request"],
    [{ role: "appUser", type: "form", fields: [] }, 501, "emulator_unknown_request"],
    [{ role: "appMaker", text: "Hi", destination: {} }, 501, "emulator_unknown_request"],
  ])("refuse %j with %i", async (body, status, code) => {
    const bench = new Bench();
    const { appId } = await bench.createConversation();
    const path = `/v1/apps/${appId}/appusers/ann/messages`;
    expect(await bench.refusal("POST", path, { body })).toEqual([status, code]);
    expect(bench.emulator.unknownRequests).toHaveLength(status === 501 ? 1 : 0);
  });
});
