import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

const id = expect.stringMatching(/^[0-9a-f]{24}$/);
const link = { type: "link", text: "Shop", uri: "https://shop.example" };
const postback = { type: "postback", text: "Yes", payload: "YES" };
const mediaUrl = "https://shop.example/tea.jpg";
const withId = <T extends object>(value: T) => ({ _id: id, ...value });

describe.each(["v1", "v1.1"])("messages of %s", (version) => {
  async function setUp() {
    const bench = new Bench();
    const users = `/${version}/apps/${await bench.createApp()}/appusers`;
    await bench.expect(201, "POST", users, { body: { userId: "ann" } });
    const messages = `${users}/ann/messages`;
    const say = async (body: object) => (await bench.expect(201, "POST", messages, { body })).message;
    return { bench, users, messages, conversation: `${users}/ann/conversation`, say };
  }

  it.each<[object, object?]>([
    [
      { type: "text", text: "Well?", actions: [link, postback], metadata: { a: 1 }, email: "bot@a.example" },
      { actions: [withId(link), withId(postback)] },
    ],
    [
      { type: "image", text: "Look", mediaUrl, actions: [link] },
      { mediaType: "image/jpeg", actions: [withId(link)] },
    ],
    [{ type: "file", mediaUrl, mediaType: "application/x-tea" }],
    [
      { type: "location", coordinates: { lat: 1, long: 2 } },
      { text: "Location shared:\nhttps://maps.google.com/maps?q=1,2" },
    ],
    [
      { type: "carousel", items: [{ title: "Tea", mediaUrl, actions: [{ type: "share" }] }] },
      {
        items: [
          withId({ title: "Tea", mediaUrl, mediaType: "image/jpeg", actions: [withId({ type: "share" })] }),
        ],
      },
    ],
    [
      { type: "list", items: [{ title: "Tea", size: "large", actions: [link] }], actions: [postback] },
      {
        items: [withId({ title: "Tea", size: "large", actions: [withId(link)] })],
        actions: [withId(postback)],
      },
    ],
  ])("return what was sent, with ids: %j", async (content, added = {}) => {
    const { bench, messages, say } = await setUp();
    const message = await say({ role: "appMaker", name: "Bot", ...content });
    expect(message).toEqual({
      _id: id,
      role: "appMaker",
      name: "Bot",
      authorId: messages.split("/")[3],
      received: 1_540_252_800,
      ...content,
      ...added,
    });
    expect((await bench.expect(200, "GET", messages)).messages).toEqual([message]);
  });

  it.each([
    [{ role: "appMaker" }],
    [{ role: "appMaker", type: "image" }],
    [{ role: "appUser", text: "Hi", actions: [link] }],
    [{ role: "appMaker", text: "Hi", actions: [link, { ...postback, type: "reply" }] }],
    [{ role: "appMaker", text: "Hi", actions: [{ type: "share" }] }],
    [{ role: "appMaker", type: "carousel", items: [{ title: "Tea", actions: [] }] }],
    [{ role: "appMaker", text: "Hi", metadata: { a: {} } }],
    [{ role: "appMaker", text: "Hi", toString: "1" }],
  ])("refuse %j with 400", async (body) => {
    const { bench, messages } = await setUp();
    expect(await bench.refusal("POST", messages, { body })).toEqual([400, "bad_request"]);
  });

  it.each<[object]>([[{ type: "constructor" }], [{ text: "Hi", destination: {} }]])(
    "refuse %j with 501",
    async (given) => {
      const { bench, messages } = await setUp();
      const body = { role: "appMaker", ...given };
      expect(await bench.refusal("POST", messages, { body })).toEqual([501, "emulator_unknown_request"]);
    },
  );

  it("are listed by pages of 100 before or after a time", async () => {
    const { bench, messages, say } = await setUp();
    for (let n = 0; n < 120; n++) {
      bench.host.time = Date.UTC(2018, 9, 23) + n * 500;
      await say({ role: "appUser", text: String(n) });
    }
    const list = async (query = "") => {
      const { messages: page, next } = await bench.expect(200, "GET", messages + query);
      return { first: page[0]?.text, last: page.at(-1)?.text, next };
    };
    expect(await list()).toEqual({ first: "20", last: "119" });
    expect(await list("?before=1540252810")).toEqual({
      first: "0",
      last: "19",
      next: `${messages}?after=1540252809.5`,
    });
    expect(await list("?after=1540252809.5")).toEqual({ first: "20", last: "119" });
    expect(await list("?after=1540252900")).toEqual({});
    for (const query of ["?before=1&after=2", "?before=now"])
      expect(await bench.refusal("GET", messages + query)).toEqual([400, "bad_request"]);
  });

  it("are deleted one by one, or all at once", async () => {
    const { bench, messages, say } = await setUp();
    expect(await bench.refusal("DELETE", messages)).toEqual([404, "not_found"]);
    const first = await say({ role: "appUser", text: "1" });
    const second = await say({ role: "appUser", text: "2" });
    expect(await bench.expect(200, "DELETE", `${messages}/${first._id}`)).toEqual({});
    expect((await bench.expect(200, "GET", messages)).messages).toEqual([second]);
    expect(await bench.refusal("DELETE", `${messages}/${first._id}`)).toEqual([404, "not_found"]);
    expect(await bench.expect(200, "DELETE", messages)).toEqual({});
    expect((await bench.expect(200, "GET", messages)).messages).toEqual([]);
  });

  it("are unread until the user reads the conversation", async () => {
    const { bench, conversation, say } = await setUp();
    for (const [method, path] of [
      ["GET", ""],
      ["POST", "/read"],
    ] as const)
      expect(await bench.refusal(method, conversation + path)).toEqual([404, "not_found"]);
    await say({ role: "appMaker", text: "Hi" });
    expect(await bench.expect(200, "GET", conversation)).toEqual({
      conversation: { _id: id, unreadCount: 1 },
    });
    expect(await bench.expect(200, "POST", `${conversation}/read`)).toEqual({});
    expect(await bench.expect(200, "GET", conversation)).toEqual({
      conversation: { _id: id, unreadCount: 0 },
    });
  });

  it("can be preceded by the business's typing", async () => {
    const { bench, conversation, say } = await setUp();
    const activity = `${conversation}/activity`;
    const typing = { role: "appMaker", type: "typing:start", name: "Bot" };
    expect(await bench.refusal("POST", activity, { body: typing })).toEqual([404, "not_found"]);
    await say({ role: "appMaker", text: "Hi" });
    expect(await bench.expect(200, "POST", activity, { body: typing })).toEqual({
      conversation: { _id: id, unreadCount: 1 },
    });
    for (const wrong of [{ role: "appUser" }, { type: "typing" }])
      expect(await bench.refusal("POST", activity, { body: { ...typing, ...wrong } })).toEqual([
        400,
        "bad_request",
      ]);
    const read = { role: "appUser", type: "conversation:read" };
    const { status, body } = await bench.call("POST", activity, { body: read });
    if (version === "v1") expect(status).toBe(400);
    else expect([status, body]).toEqual([200, { conversation: { _id: id, unreadCount: 0 } }]);
  });

  it("take the postback of an action that exists", async () => {
    const { bench, conversation, say } = await setUp();
    const { items } = await say({
      role: "appMaker",
      type: "carousel",
      items: [{ title: "Tea", actions: [link, postback] }],
    });
    const [pressed, other] = [items[0].actions[1]._id, items[0].actions[0]._id];
    const path = `${conversation}/postback`;
    expect(await bench.expect(200, "POST", path, { body: { actionId: pressed } })).toEqual({});
    expect(await bench.refusal("POST", path, { body: { actionId: other } })).toEqual([404, "not_found"]);
  });

  it("belong to an app user who is changed in part and deleted with them", async () => {
    const { bench, users, messages, say } = await setUp();
    await say({ role: "appUser", text: "Hi" });
    const { appUser } = await bench.expect(200, "GET", `${users}/ann`);
    await bench.expect(200, "PUT", `${users}/ann`, {
      body: { givenName: "Ann", properties: { a: 1, b: 2 } },
    });
    const change = { surname: "Lee", properties: { a: null, c: 3 } };
    expect(await bench.expect(200, "PUT", `${users}/ann`, { body: change })).toEqual({
      appUser: { ...appUser, givenName: "Ann", surname: "Lee", properties: { b: 2, c: 3 } },
    });
    expect(await bench.expect(200, "DELETE", `${users}/ann`)).toEqual({});
    expect(await bench.refusal("GET", messages)).toEqual([404, "not_found"]);
    expect(await bench.refusal("DELETE", `${users}/ann`)).toEqual([404, "not_found"]);
  });
});

it("forms exist in v1.1", async () => {
  const bench = new Bench();
  const { appId } = await bench.createConversation();
  const field = { type: "select", name: "size", label: "Size", options: [{ name: "s", label: "Small" }] };
  const form = { role: "appMaker", type: "form", fields: [field], blockChatInput: true };
  const path = `/v1.1/apps/${appId}/appusers/ann/messages`;
  const { message } = await bench.expect(201, "POST", path, { body: form });
  expect(message).toMatchObject({ ...form, fields: [withId(field)] });
  expect(await bench.refusal("POST", path, { body: { ...form, fields: [] } })).toEqual([400, "bad_request"]);
});
