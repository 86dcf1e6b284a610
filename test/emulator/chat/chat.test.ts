import { describe, expect, it } from "vitest";
import { conversations, media, users } from "../../../src/emulator/conversations/objects";
import { readSaved, writeSaved } from "../../../src/emulator/saved";
import { setUpChat } from "./support";

const id = expect.stringMatching(/^[0-9a-f]{24}$/);
const now = Date.UTC(2018, 9, 23);
const pixel = "iVBORw0KGgo=";

async function setUp(settings: object = {}) {
  const chat = await setUpChat(settings);
  const start = `${chat.chat}/users/${chat.ann.id}/conversations`;
  const conversation = await chat.expect200("POST", start, {});
  const path = `${chat.chat}/conversations/${conversation.id}/messages`;
  const act = (action: object) => chat.expect200("POST", path, action);
  const say = (body: object) =>
    chat.expect200("POST", `/v1/apps/${chat.appId}/appusers/ann/messages`, { role: "appMaker", ...body });
  return { ...chat, start, conversation, path, act, say };
}

describe("the users of a chat", () => {
  it("are created, found by name or id, and listed by their latest message", async () => {
    const { chat, ann, expect200, call, start, say, host } = await setUp({ multiConvoEnabled: true });
    expect(ann).toEqual({ id, externalId: "ann", name: "Ann Lee", conversations: [] });
    const bob = await expect200("POST", `${chat}/users`, { externalId: "bob" });
    const anyone = await expect200("POST", `${chat}/users`, {});
    expect([bob.name, anyone.name]).toEqual(["bob", "Anonymous user"]);
    expect((await call("POST", `${chat}/users`, { externalId: "bob" })).status).toBe(409);
    expect((await call("POST", `${chat}/users`, { name: "Bob" })).status).toBe(400);

    const second = await expect200("POST", start, {});
    expect(second).toEqual({ id, isDefault: false, unread: 0 });
    host.time += 1000;
    await say({ text: "Hi" });
    const { users, hasMore } = await expect200("GET", `${chat}/users`);
    expect(users).toEqual([
      {
        ...ann,
        conversations: [{ id, isDefault: true, unread: 1, lastMessageAt: now + 1000 }, second],
      },
      bob,
      anyone,
    ]);
    expect(hasMore).toBe(false);
    for (const search of ["LEE", "ann", ann.id])
      expect((await expect200("GET", `${chat}/users?search=${search}`)).users).toHaveLength(1);
    expect((await expect200("GET", `${chat}/users?search=nobody`)).users).toEqual([]);
  });

  it("are 200 at most", async () => {
    const { chat, expect200 } = await setUp();
    for (let n = 0; n < 200; n++) await expect200("POST", `${chat}/users`, {});
    const { users, hasMore } = await expect200("GET", `${chat}/users`);
    expect([users.length, hasMore]).toEqual([200, true]);
  });

  it("have one conversation unless the app allows more", async () => {
    const { call, start } = await setUp();
    expect((await call("POST", start, {})).status).toBe(400);
  });

  it("belong to an app", async () => {
    const { call } = await setUp();
    expect((await call("GET", "/_emulator/console/apps/x/users")).status).toBe(404);
  });
});

describe("the messages of a chat", () => {
  it("are paged from the latest back, with the ids of their actions", async () => {
    const { act, say, expect200, path } = await setUp();
    const sent = await act({ type: "text", text: "Hi" });
    expect(sent).toEqual({
      messages: [
        { id, at: now, author: "user", authorName: "Ann Lee", content: { type: "text", text: "Hi" } },
      ],
      hasMore: false,
      isTyping: false,
    });
    const action = { type: "postback", text: "Yes", payload: "YES" };
    const avatarUrl = "https://shop.example/bot.png";
    await say({ text: "Well?", name: "Bot", avatarUrl, actions: [action] });
    const last = await act({ type: "text", text: "Bye" });
    expect(last).toMatchObject({ messages: [{ content: { text: "Bye" } }], hasMore: true });
    const page = await expect200("GET", `${path}?limit=2`);
    expect(page).toEqual({
      messages: [
        {
          id,
          at: now,
          author: "business",
          authorName: "Bot",
          avatarUrl,
          content: { type: "text", text: "Well?", actions: [{ id, ...action }] },
        },
        last.messages[0],
      ],
      hasMore: true,
      isTyping: false,
    });
    expect(await expect200("GET", `${path}?before=${page.messages[0].id}`)).toEqual(sent);
  });

  it("show for 10 seconds that the business is typing, or until it writes or stops", async () => {
    const { expect200, host, path, say, appId, conversation } = await setUp();
    const activity = `/v2/apps/${appId}/conversations/${conversation.id}/activity`;
    const type = (type: string) => expect200("POST", activity, { author: { type: "business" }, type });
    const isTyping = async () => (await expect200("GET", path)).isTyping;
    await type("typing:start");
    host.time += 9999;
    expect(await isTyping()).toBe(true);
    host.time += 1;
    expect(await isTyping()).toBe(false);
    for (const stop of [() => type("typing:stop"), () => say({ text: "Hi" })]) {
      await type("typing:start");
      expect(await isTyping()).toBe(true);
      await stop();
      expect(await isTyping()).toBe(false);
    }
  });

  it.each([
    { type: "text", text: "" },
    { type: "text", text: "Hi", html: "<b>" },
    { type: "video" },
    { type: "location", latitude: 91, longitude: 0 },
    { type: "image", name: "a.png", mediaType: "image/png\r\nx: y", base64: pixel },
    { type: "image", name: "a.png", mediaType: "image/png", base64: "?" },
    { type: "image", name: "a.png", mediaType: "image/png", base64: "" },
    {
      type: "file",
      name: "a",
      mediaType: "text/plain",
      base64: Buffer.alloc(1024 * 1024 + 1).toString("base64"),
    },
  ])("refuse %o", async (action) => {
    const { call, path } = await setUp();
    expect((await call("POST", path, action)).status).toBe(400);
  });

  it("are found by their ids only", async () => {
    const { call, path, say } = await setUp();
    const { message } = await say({
      text: "Shop?",
      actions: [{ type: "link", text: "Go", uri: "https://a.example" }],
    });
    const messageId = message._id;
    const link = message.actions[0]._id;
    expect((await call("POST", path, { type: "postback", messageId: "x", actionId: "x" })).status).toBe(404);
    expect((await call("POST", path, { type: "postback", messageId, actionId: link })).status).toBe(400);
    expect((await call("POST", path, { type: "formResponse", messageId, fields: {} })).status).toBe(400);
    expect((await call("GET", `${path}?before=x`)).status).toBe(404);
  });

  it("answer a form once, with a valid answer to each field", async () => {
    const { call, path, expect200, appId } = await setUp();
    const { message } = await expect200("POST", `/v1.1/apps/${appId}/appusers/ann/messages`, {
      role: "appMaker",
      type: "form",
      fields: [
        { type: "text", name: "name", label: "Name", minSize: 2, maxSize: 3 },
        { type: "email", name: "email", label: "E-mail" },
        { type: "select", name: "size", label: "Size", options: [{ name: "s", label: "Small" }] },
        { type: "text", name: "constructor", label: "Builder" },
      ],
    });
    const unnamed = { name: "Ann", email: "ann@a.example", size: "s" };
    const good = { ...unnamed, constructor: "Bob" };
    const answer = async (fields: object) =>
      (await call("POST", path, { type: "formResponse", messageId: message._id, fields })).status;
    for (const wrong of [{ name: "A" }, { name: "Anna" }, { email: "ann" }, { size: "xl" }, { other: "x" }])
      expect(await answer({ ...good, ...wrong })).toBe(400);
    expect(await answer({ name: "Ann", email: "ann@a.example", constructor: "Bob" })).toBe(400);
    expect(await answer(unnamed)).toBe(400);
    expect(await answer(good)).toBe(200);
    expect(await answer(good)).toBe(400);
  });

  it("survive in saved state, which is refused if a conversation lacks anything", async () => {
    const { api, act, say } = await setUp();
    await act({ type: "image", name: "a.png", mediaType: "image/png", base64: pixel });
    await say({ text: "Hi" });
    const saved = JSON.parse(writeSaved(api.context.store));
    const again = () =>
      JSON.parse(writeSaved(readSaved(JSON.stringify(saved), [users, conversations, media]))).apps[0];
    const { users: people, conversations: talks, media: uploads } = saved.apps[0];
    expect(again()).toMatchObject({ users: people, conversations: talks, media: uploads });

    const [conversation] = saved.apps[0].conversations;
    for (const [holder, name] of [
      [conversation, "participants"],
      [conversation, "type"],
      [conversation.messages[1], "content"],
    ]) {
      const value = holder[name];
      delete holder[name];
      expect(again).toThrow("The saved state was not written by this version of the emulator.");
      holder[name] = value;
    }
    delete saved.apps[0].media;
    expect(again()).toMatchObject({ conversations: talks, media: [] });
  });
});
