import { describe, expect, it } from "vitest";
import { setUpChat } from "./support";

// The payloads of every event in every API version: v2 by its OpenAPI description, v1 by the reference of 2017.

const id = expect.stringMatching(/^[0-9a-f]{24}$/);
const createdAt = "2018-10-23T00:00:01.500Z";
const timestamp = 1_540_252_801.5;
const signedUpAt = "2018-10-23T00:00:00.000Z";

/** Ann in a conversation with the app, and a webhook of each API version. */
async function setUp(settings: object = {}) {
  const chat = await setUpChat(settings);
  const conversation = await chat.expect200("POST", `${chat.chat}/users/${chat.ann.id}/conversations`, {});
  const path = `${chat.chat}/conversations/${conversation.id}/messages`;
  const webhookId = await chat.subscribe();
  chat.host.time += 1500;
  const act = (action: object) => chat.expect200("POST", path, action);
  /** A message of the business, by v1. */
  const ask = async (body: object) => {
    const messages = `/v1/apps/${chat.appId}/appusers/ann/messages`;
    const { message } = await chat.expect200("POST", messages, { role: "appMaker", ...body });
    return message;
  };

  const annId = chat.ann.id;
  const v2User = { id: annId, authenticated: false, externalId: "ann" };
  const legacyUser = {
    _id: annId,
    userId: "ann",
    givenName: "Ann",
    surname: "Lee",
    properties: {},
    signedUpAt,
    clients: [],
  };
  const v2 = (type: string, payload: object) => ({
    app: { id: chat.appId },
    webhook: { id: webhookId, version: "v2" },
    events: [{ id, createdAt, type, payload }],
  });
  const v1 = (trigger: string, details: object, appUser: object = legacyUser) => ({
    trigger,
    app: { _id: chat.appId },
    appUser,
    ...details,
  });
  const v1_1 = (trigger: string, details: object) => ({
    ...v1(trigger, details, { _id: annId, userId: "ann", conversationStarted: true }),
    conversation: { _id: conversation.id },
    version: "v1.1",
  });
  const short = { id: conversation.id, type: "personal" };
  return { ...chat, conversation, path, act, ask, annId, v2User, v1, v1_1, v2, short };
}

const v2Source = { type: "api:conversations" };
const source = { type: "api" };
const postbackAction = { type: "postback", text: "Yes", payload: "YES", metadata: { step: 1 } };

describe("what a user does", () => {
  it("a message", async () => {
    const { act, received, annId, v2User, v1, v1_1, v2, short } = await setUp();
    const { messages } = await act({ type: "text", text: "Hi", payload: "HI" });
    const message = {
      _id: messages[0].id,
      type: "text",
      text: "Hi",
      payload: "HI",
      role: "appUser",
      authorId: annId,
      name: "Ann Lee",
      received: timestamp,
      source,
    };
    expect(await received()).toEqual({
      v1: [v1("message:appUser", { messages: [message] })],
      v1_1: [v1_1("message:appUser", { messages: [message] })],
      v2: [
        v2("conversation:message", {
          conversation: short,
          message: {
            id: messages[0].id,
            received: createdAt,
            author: { type: "user", userId: annId, displayName: "Ann Lee", user: v2User },
            content: { type: "text", text: "Hi", payload: "HI" },
            source: v2Source,
          },
        }),
      ],
    });
  });

  it.each([false, true])("a postback, with echoPostback %s", async (echoPostback) => {
    const { act, ask, received, v2User, v1, v1_1, v2, short } = await setUp({ echoPostback });
    const asked = await ask({ text: "Well?", actions: [postbackAction] });
    await received();
    const [action] = asked.actions;
    const { messages } = await act({ type: "postback", messageId: asked._id, actionId: action._id });
    const postbacks = [{ message: { ...asked, source }, action }];
    const all = await received();
    expect({ v1: all.v1[0], v1_1: all.v1_1[0], v2: all.v2[0] }).toEqual({
      v1: v1("postback", { postbacks }),
      v1_1: v1_1("postback", { postbacks }),
      v2: v2("conversation:postback", {
        postback: { payload: "YES", metadata: { step: 1 } },
        conversation: short,
        user: v2User,
        source: v2Source,
      }),
    });
    const echo = { author: "user", content: { type: "text", text: "Yes", payload: "YES" } };
    expect(messages).toMatchObject(echoPostback ? [echo] : []);
    expect(all.v1.slice(1)).toMatchObject(echoPostback ? [{ trigger: "message:appUser" }] : []);
  });

  it("reading", async () => {
    const { act, received, annId, v2User, v1, v1_1, v2, short } = await setUp();
    await act({ type: "read" });
    expect(await received()).toEqual({
      v1: [v1("conversation:read", { source, timestamp }, { _id: annId, userId: "ann" })],
      v1_1: [v1_1("conversation:read", { source, timestamp })],
      v2: [
        v2("conversation:read", {
          conversation: short,
          activity: {
            type: "conversation:read",
            author: { type: "user", userId: annId, user: v2User },
            source: v2Source,
          },
        }),
      ],
    });
  });

  it.each([
    [true, "typing:start"],
    [false, "typing:stop"],
  ])("typing: %s", async (isTyping, type) => {
    const { act, received, annId, v2User, v1_1, v2, short } = await setUp();
    await act({ type: "typing", isTyping });
    expect(await received()).toEqual({
      v1: [],
      v1_1: [v1_1("typing:appUser", { activity: { type }, source, timestamp })],
      v2: [
        v2("conversation:typing", {
          conversation: short,
          activity: { type, author: { type: "user", userId: annId, user: v2User }, source: v2Source },
        }),
      ],
    });
  });

  it("a new conversation", async () => {
    const { chat, expect200, received, v1, v1_1, v2, annId, v2User } = await setUp({
      multiConvoEnabled: true,
    });
    const { id: conversationId } = await expect200("POST", `${chat}/users/${annId}/conversations`, {});
    expect(await received()).toEqual({
      v1: [v1("conversation:start", { source, timestamp })],
      v1_1: [{ ...v1_1("conversation:start", { source, timestamp }), conversation: { _id: conversationId } }],
      v2: [
        v2("conversation:create", {
          conversation: { id: conversationId, type: "personal" },
          creationReason: "startConversation",
          source: v2Source,
          user: v2User,
        }),
      ],
    });
  });

  it("a response to a form", async () => {
    const { act, expect200, received, conversation, appId, path } = await setUp();
    const fields = [
      { type: "text", name: "name", label: "Name", minSize: 2 },
      { type: "email", name: "email", label: "E-mail" },
      { type: "select", name: "size", label: "Size", options: [{ name: "s", label: "Small" }] },
    ];
    const post = `/v2/apps/${appId}/conversations/${conversation.id}/messages`;
    const form = { type: "form", fields };
    const asked = await expect200("POST", post, { author: { type: "business" }, content: form });
    await received();
    const messageId = asked.messages[0].id;
    await act({
      type: "formResponse",
      messageId,
      fields: { name: "Ann", email: "ann@a.example", size: "s" },
    });
    const { v2 } = await received();
    expect(v2[0].events[0].payload.message).toMatchObject({
      content: {
        type: "formResponse",
        fields: [
          { type: "text", name: "name", label: "Name", text: "Ann" },
          { type: "email", name: "email", label: "E-mail", email: "ann@a.example" },
          { type: "select", name: "size", label: "Size", select: [{ name: "s", label: "Small" }] },
        ],
        textFallback: "Name: Ann\nE-mail: ann@a.example\nSize: Small",
      },
      quotedMessage: {
        type: "message",
        message: { id: messageId, content: { type: "form", submitted: true, fields } },
      },
    });
    const [first] = (await expect200("GET", path)).messages;
    expect(first.content).toMatchObject({ type: "form", submitted: true });
  });
});

describe("what the business does", () => {
  it("a message", async () => {
    const { ask, received, appId, v1, v1_1, v2, short } = await setUp();
    const item = { title: "Tea", actions: [postbackAction] };
    const message = { ...(await ask({ type: "carousel", items: [item] })), source };
    expect(message.items).toEqual([{ ...item, _id: id, actions: [{ ...postbackAction, _id: id }] }]);
    expect(await received()).toEqual({
      v1: [v1("message:appMaker", { messages: [message] })],
      v1_1: [v1_1("message:appMaker", { messages: [message] })],
      v2: [
        v2("conversation:message", {
          conversation: short,
          message: {
            id: message._id,
            received: createdAt,
            author: { type: "business" },
            content: { type: "carousel", items: [item] },
            source: v2Source,
          },
        }),
      ],
    });
    expect(message.authorId).toBe(appId);
  });

  it("typing, reading and deleting messages cause no event", async () => {
    const { ask, expect200, received, appId, conversation } = await setUp();
    await ask({ text: "Hi" });
    await received();
    const path = `/v2/apps/${appId}/conversations/${conversation.id}`;
    for (const type of ["typing:start", "conversation:read"])
      await expect200("POST", `${path}/activity`, { author: { type: "business" }, type });
    await expect200("DELETE", `${path}/messages`);
    expect(await received()).toEqual({ v1: [], v1_1: [], v2: [] });
  });

  it("a first message creates the conversation", async () => {
    const { expect200, received, appId } = await setUp();
    await expect200("POST", `/v2/apps/${appId}/users`, { externalId: "bob" });
    const body = { role: "appMaker", text: "Hi" };
    await expect200("POST", `/v1/apps/${appId}/appusers/bob/messages`, body);
    const { v1, v1_1, v2 } = await received();
    expect([...v1, ...v1_1].map(({ trigger }) => trigger)).toEqual(["message:appMaker", "message:appMaker"]);
    expect(v2.map(({ events }) => [events[0].type, events[0].payload.creationReason])).toEqual([
      ["conversation:create", "message"],
      ["conversation:message", undefined],
    ]);
  });

  it("groups and deletions are events of v2 only", async () => {
    const { expect200, received, appId, annId, v2, v2User } = await setUp();
    const conversations = `/v2/apps/${appId}/conversations`;
    const { conversation } = await expect200("POST", conversations, {
      type: "sdkGroup",
      metadata: { room: 1 },
    });
    const path = `${conversations}/${conversation.id}`;
    await expect200("POST", `${path}/join`, { userId: annId });
    const body = { author: { type: "business" }, content: { type: "text", text: "Hi" } };
    await expect200("POST", `${path}/messages`, body);
    await expect200("POST", `${path}/leave`, { userId: annId });
    await expect200("DELETE", path);
    await expect200("DELETE", `/v2/apps/${appId}/users/ann`);
    const group = { id: conversation.id, type: "sdkGroup", metadata: { room: 1 } };
    expect(await received()).toEqual({
      v1: [],
      v1_1: [],
      v2: [
        v2("conversation:create", { conversation: group, creationReason: "none", source: v2Source }),
        v2("conversation:join", { conversation: group, user: v2User }),
        v2("conversation:message", {
          conversation: group,
          message: { id, received: createdAt, ...body, source: v2Source },
        }),
        v2("conversation:leave", { conversation: group, user: v2User }),
        v2("conversation:remove", { conversation: group }),
        v2("user:remove", { user: v2User }),
      ],
    });
  });
});
