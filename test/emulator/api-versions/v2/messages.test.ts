import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

const id = expect.stringMatching(/^[0-9a-f]{24}$/);
const business = { type: "business" };
const link = { type: "link", text: "Shop", uri: "https://shop.example" };
const postback = { type: "postback", text: "Yes", payload: "YES", metadata: { step: 2 } };
const reply = { type: "reply", text: "Tea", payload: "TEA", iconUrl: "https://shop.example/tea.png" };
const buy = { type: "buy", text: "Buy", amount: 999, currency: "usd" };
const webview = { ...link, type: "webview", fallback: "https://shop.example/plain", size: "tall" };
const locationRequest = { type: "locationRequest", text: "Where?" };
const mediaUrl = "https://shop.example/tea.png?size=2";
const item = { title: "Tea", description: "Green", mediaUrl, size: "large", actions: [postback, link] };
const field = { type: "text", name: "name", label: "Name", placeholder: "Ann", minSize: 2, maxSize: 20 };
const select = { type: "select", name: "size", label: "Size", options: [{ name: "s", label: "Small" }] };
const coordinates = { lat: 45.5, long: -73.5 };

/** An object with this many levels. */
function nest(levels: number): object {
  let nested = {};
  for (let level = 1; level < levels; level++) nested = { a: nested };
  return nested;
}

async function setUp() {
  const bench = new Bench();
  const app = `/v2/apps/${await bench.createApp()}`;
  await bench.expect(201, "POST", `${app}/users`, { body: { externalId: "ann" } });
  const { conversation } = await bench.expect(201, "POST", `${app}/conversations`, {
    body: { type: "personal", participants: [{ userExternalId: "ann" }] },
  });
  const messages = `${app}/conversations/${conversation.id}/messages`;
  const say = async (content: object, author: object = business) =>
    (await bench.expect(201, "POST", messages, { body: { author, content } })).messages[0];
  return { bench, app, conversation, messages, say };
}

describe("contents of v2", () => {
  it.each<[object, object?]>([
    [{ type: "text", text: "Well?", actions: [reply, locationRequest], blockChatInput: true }],
    [{ type: "text", actions: [buy, link, postback, webview] }],
    [{ type: "text", markdownText: "*Hi*" }],
    [{ type: "image", mediaUrl, altText: "Tea", text: "Look", actions: [link] }, { mediaType: "image/png" }],
    [{ type: "file", mediaUrl: "https://shop.example/a.PDF" }, { mediaType: "application/pdf" }],
    [{ type: "file", mediaUrl: "https://shop.example/" }],
    [
      { type: "location", coordinates, location: { name: "Shop" } },
      { text: "Location shared:\nhttps://maps.google.com/maps?q=45.5,-73.5" },
    ],
    [
      { type: "carousel", items: [item], displaySettings: { imageAspectRatio: "square" } },
      { items: [{ ...item, mediaType: "image/png" }] },
    ],
    [{ type: "list", items: [{ title: "Tea", actions: [buy] }], actions: [webview] }],
    [{ type: "form", fields: [field, select], text: "Please" }],
    [{ type: "template", template: { namespace: "x", components: [{ type: "body" }] } }],
  ])("are returned as sent: %j", async (content, added = {}) => {
    const { bench, messages, say } = await setUp();
    const message = await say(content);
    expect(message).toEqual({
      id,
      received: "2018-10-23T00:00:00.000Z",
      author: business,
      content: { ...content, ...added },
      source: { type: "api:conversations" },
    });
    expect(await bench.expect(200, "GET", messages)).toEqual({
      messages: [message],
      meta: { hasMore: false },
      links: {},
    });
  });

  it("have no more than 100 levels in their request", async () => {
    const { bench, messages, say } = await setUp();
    const template = (levels: number) => ({ type: "template", template: nest(levels) });
    expect((await say(template(98))).content).toEqual(template(98));
    const body = { author: business, content: template(99) };
    expect(await bench.refusal("POST", messages, { body })).toEqual([400, "bad_request"]);
    expect((await bench.expect(200, "GET", messages)).messages).toHaveLength(1);
  });

  it("ignore what only the service sets", async () => {
    const { say } = await setUp();
    const { content } = await say({ type: "image", mediaUrl, mediaType: "text/html", mediaSize: 7 });
    expect(content).toEqual({ type: "image", mediaUrl, mediaType: "image/png" });
  });

  it.each([
    [{ type: "video" }, 400],
    [{ type: "text" }, 400],
    [{ type: "text", text: "x".repeat(4097) }, 400],
    [{ type: "text", htmlText: "<b>Hi</b>", markdownText: "*Hi*" }, 400],
    [{ type: "text", text: "Hi", actions: [{ type: "postback", text: "Yes" }] }, 400],
    [{ type: "text", text: "Hi", actions: [{ ...link, surprise: 1 }] }, 400],
    [{ type: "text", text: "Hi", actions: [{ type: "share" }] }, 400],
    [{ type: "image" }, 400],
    [{ type: "image", mediaUrl: "javascript:alert(1)" }, 400],
    [{ type: "location", coordinates: { lat: 1 } }, 400],
    [{ type: "carousel", items: [] }, 400],
    [{ type: "carousel", items: Array(11).fill(item) }, 400],
    [{ type: "carousel", items: [{ title: "Tea", actions: [] }] }, 400],
    [{ type: "carousel", items: [{ title: "Tea", actions: [reply] }] }, 400],
    [{ type: "form", fields: [{ type: "date", name: "a", label: "A" }] }, 400],
    [{ type: "form", fields: [field, { ...select, name: "name" }] }, 400],
    [{ type: "form", fields: [{ ...select, options: Array(2).fill(select.options[0]) }] }, 400],
    [{ type: "formResponse", fields: [{ type: "text", name: "a", label: "A", text: "b" }] }, 400],
    [{ type: "template" }, 400],
    [{ type: "constructor" }, 400],
    [{ type: "image", mediaUrl, attachmentId: "1" }, 501],
    [{ type: "text", text: "Hi", toString: "1" }, 400],
  ])("refuse %j with %i", async (content, status) => {
    const { bench, messages } = await setUp();
    expect((await bench.call("POST", messages, { body: { author: business, content } })).status).toBe(status);
    expect(await bench.expect(200, "GET", messages)).toMatchObject({ messages: [] });
  });
});

describe("the messages of a conversation in v2", () => {
  it("are refused with what is missing, and with the actions that are allowed", async () => {
    const { bench, messages } = await setUp();
    const expectRefusal = async (body: object, title: string) =>
      expect((await bench.call("POST", messages, { body })).body).toMatchObject({ errors: [{ title }] });
    await expectRefusal({ content: { type: "text", text: "Hi" } }, "author: is required");
    const items = [{ title: "Tea", actions: [reply] }];
    await expectRefusal(
      { author: business, content: { type: "carousel", items } },
      "content.items.0.actions.0.type: must be one of buy, link, postback, webview here",
    );
  });

  it("are listed by pages of 100, beginning with the latest", async () => {
    const { bench, messages, say } = await setUp();
    for (let n = 0; n < 250; n++) await say({ type: "text", text: String(n) });
    const list = async (query = "") => {
      const page = await bench.expect(200, "GET", `${messages}${query}`);
      const texts = page.messages.map(({ content }: { content: { text: string } }) => Number(content.text));
      return { ...page.meta, first: texts[0], last: texts.at(-1), length: texts.length, links: page.links };
    };
    const latest = await list("?page[size]=1");
    expect(latest).toEqual({
      first: 150,
      last: 249,
      length: 100,
      hasMore: true,
      beforeCursor: id,
      links: { prev: `${messages}?page[size]=1&page[before]=${latest.beforeCursor}` },
    });
    const middle = await list(`?page[before]=${latest.beforeCursor}`);
    expect(middle).toMatchObject({ first: 50, last: 149, length: 100, hasMore: true });
    const oldest = await list(`?page[before]=${middle.beforeCursor}`);
    expect(oldest).toMatchObject({ first: 0, last: 49, length: 50, hasMore: false });
    expect(oldest).not.toHaveProperty("beforeCursor");
    expect(await list(`?page[after]=${oldest.afterCursor}`)).toMatchObject({
      first: 50,
      last: 149,
      hasMore: true,
    });
    expect(await list(`?page[after]=${middle.afterCursor}`)).toMatchObject({ first: 150, hasMore: false });
  });

  it("are deleted one by one, or all at once", async () => {
    const { bench, messages, say } = await setUp();
    const [first, second] = [
      await say({ type: "text", text: "1" }),
      await say({ type: "text", text: "2" }),
      await say({ type: "text", text: "3" }),
    ];
    expect(await bench.expect(200, "DELETE", `${messages}/${first?.id}`)).toEqual({});
    expect((await bench.expect(200, "GET", messages)).messages[0]).toEqual(second);
    expect(await bench.refusal("DELETE", `${messages}/${first?.id}`)).toEqual([404, "not_found"]);
    expect(await bench.expect(200, "DELETE", messages)).toEqual({});
    expect((await bench.expect(200, "GET", messages)).messages).toEqual([]);
  });

  it("are 30,000 at most", async () => {
    const { bench, app, conversation, say } = await setUp();
    const message = await say({ type: "text", text: "Hi" });
    const saved = JSON.parse(bench.emulator.save());
    const full = saved.apps[0].conversations[0];
    full.messages = Array.from({ length: 30_000 }, (_, n) => ({
      ...full.messages[0],
      id: `${message.id}${n}`,
    }));
    const other = new Bench({ saved: JSON.stringify(saved) });
    const messages = `${app}/conversations/${conversation.id}/messages`;
    const body = { author: business, content: { type: "text", text: "One more" } };
    const token = bench.accountToken;
    expect(await other.refusal("POST", messages, { body, token })).toEqual([423, "locked"]);
    await other.expect(200, "DELETE", messages, { token });
    await other.expect(201, "POST", messages, { body, token });
  });
});
