import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

const target = "https://shop.example/hook";

describe("app users and messages of v1.1", () => {
  it("are the same as in v1, without `credentialRequired`", async () => {
    const bench = new Bench();
    const users = `/v1.1/apps/${await bench.createApp()}/appusers`;
    const { appUser } = await bench.expect(201, "POST", users, { body: { userId: "ann", givenName: "Ann" } });
    expect(appUser).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      userId: "ann",
      givenName: "Ann",
      signedUpAt: "2018-10-23T00:00:00.000Z",
      properties: {},
      conversationStarted: false,
      clients: [],
    });
    const late = { userId: "bob", credentialRequired: true };
    expect(await bench.refusal("POST", users, { body: late })).toEqual([400, "bad_request"]);
    const { message, conversation } = await bench.expect(201, "POST", `${users}/ann/messages`, {
      body: { role: "appUser", text: "Hi" },
    });
    expect(message).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      type: "text",
      text: "Hi",
      role: "appUser",
      authorId: appUser._id,
      name: "Ann",
      received: 1_540_252_800,
    });
    expect(await bench.expect(200, "GET", `${users}/ann/messages`)).toEqual({
      conversation,
      messages: [message],
    });
    expect(await bench.expect(200, "GET", `${users}/ann`)).toEqual({
      appUser: { ...appUser, conversationStarted: true },
    });
    expect(await bench.refusal("GET", `${users}/bob`)).toEqual([404, "not_found"]);
  });

  it.each([false, true])(
    "reach a webhook of v1.1, with includeFullAppUser %s",
    async (includeFullAppUser) => {
      const bench = new Bench();
      const { appId, say } = await bench.createConversation();
      const { webhook } = await bench.expect(201, "POST", `/v1.1/apps/${appId}/webhooks`, {
        body: { target, includeFullAppUser, triggers: ["message:appUser"] },
      });
      bench.host.sent.length = 0;
      const { message, conversation } = Object((await say("Hi")).body);
      await say("Hello", "appMaker");
      await bench.emulator.settleDeliveries();
      const [user] = bench.emulator.snapshot().appUsers;
      const full = {
        userId: "ann",
        givenName: "Ann",
        properties: {},
        signedUpAt: "2018-10-23T00:00:00.000Z",
        clients: [],
      };
      expect(bench.host.sent).toHaveLength(1);
      expect(bench.host.sent[0]?.headers["x-api-key"]).toBe(webhook.secret);
      expect(JSON.parse(bench.host.sent[0]?.body ?? "")).toEqual({
        trigger: "message:appUser",
        version: "v1.1",
        app: { _id: appId },
        conversation: { _id: conversation._id },
        messages: [{ ...message, source: { type: "api" } }],
        appUser: { _id: user?.id, userId: "ann", conversationStarted: true, ...(includeFullAppUser && full) },
      });
    },
  );
});
