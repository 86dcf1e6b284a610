import { describe, expect, it } from "vitest";
import { Bench } from "../../support";

const text = { role: "appMaker", type: "text", text: "Hello" };
const file = {
  role: "appMaker",
  type: "file",
  mediaType: "application/pdf",
  mediaUrl: "https://shop.example/warranty.pdf",
};
const reply = { type: "reply", text: "Yes", payload: "YES" };
const postback = { type: "postback", text: "More", payload: "MORE" };
const link = { type: "link", text: "Shop", uri: "https://shop.example" };
const item = { title: "Tour", actions: [postback, link] };

describe.each(["v1", "v1.1"])("templates in %s", (version) => {
  async function setUp() {
    const bench = new Bench();
    const appId = await bench.createApp();
    const app = `/${version}/apps/${appId}`;
    const templates = `${app}/templates`;
    const create = async (name: string, message: object = text) =>
      (await bench.expect(201, "POST", templates, { body: { name, message } })).template;
    return { bench, appId, app, templates, create };
  }

  it("are created, read, listed, changed and deleted", async () => {
    const { bench, templates, create } = await setUp();
    const template = await create("hello");
    expect(template).toEqual({ _id: expect.stringMatching(/^[0-9a-f]{24}$/), name: "hello", message: text });
    const one = `${templates}/${template._id}`;
    expect(await bench.expect(200, "GET", one)).toEqual({ template });
    const other = await create("other");
    expect(await bench.expect(200, "GET", templates)).toEqual({
      templates: [template, other],
      hasMore: false,
      offset: 0,
    });

    const renamed = { ...template, name: "hi" };
    expect(await bench.expect(200, "PUT", one, { body: { name: "hi" } })).toEqual({ template: renamed });
    const message = { ...text, text: "Hi" };
    expect(await bench.expect(200, "PUT", one, { body: { message } })).toEqual({
      template: { ...renamed, message },
    });

    expect(await bench.expect(200, "DELETE", one)).toEqual({});
    for (const method of ["GET", "PUT", "DELETE"]) {
      expect(await bench.refusal(method, one, { body: { name: "a" } })).toEqual([404, "not_found"]);
    }
    expect((await bench.expect(200, "GET", templates)).templates).toEqual([other]);
  });

  it("are listed in pages of 25, or as many as requested", async () => {
    const { bench, templates, create } = await setUp();
    for (let count = 0; count < 26; count++) await create(`t${count}`);
    const page = async (query: string) => {
      const { templates: items, ...rest } = await bench.expect(200, "GET", `${templates}${query}`);
      return { ...rest, names: items.map(({ name }: { name: string }) => name) };
    };
    const first = await page("");
    expect([first.names.length, first.hasMore, first.offset]).toEqual([25, true, 0]);
    expect(await page("?limit=2&offset=24")).toEqual({ names: ["t24", "t25"], hasMore: false, offset: 24 });
    for (const query of ["?limit=0", "?limit=101", "?offset=x"]) {
      expect(await bench.refusal("GET", `${templates}${query}`)).toEqual([400, "bad_request"]);
    }
  });

  it("are normalized: the size of media, and an empty uri in replies and postbacks", async () => {
    const { create } = await setUp();
    expect((await create("file", file)).message).toEqual({ ...file, mediaSize: 33 });
    const image = { ...file, type: "image", mediaSize: 7 };
    expect((await create("image", image)).message).toEqual({ ...image, mediaSize: 33 });
    expect((await create("reply", { ...text, actions: [reply, link] })).message).toEqual({
      ...text,
      actions: [{ uri: "", ...reply }, link],
    });
    const { mediaType, mediaUrl } = file;
    const tour = { ...item, mediaType, mediaUrl };
    expect(
      (await create("tours", { role: "appMaker", type: "carousel", items: [tour, item] })).message,
    ).toEqual({
      role: "appMaker",
      type: "carousel",
      items: [
        { ...tour, actions: [{ uri: "", ...postback }, link] },
        { ...item, actions: [{ uri: "", ...postback }, link] },
      ],
    });
  });

  it("are normalized on a change too", async () => {
    const { bench, templates, create } = await setUp();
    const { _id } = await create("file");
    const { template } = await bench.expect(200, "PUT", `${templates}/${_id}`, { body: { message: file } });
    expect(template.message).toEqual({ ...file, mediaSize: 33 });
  });

  it("keep the fields of a message that the emulator does not know", async () => {
    const { create } = await setUp();
    const message = { ...text, metadata: { a: 1 }, actions: [{ ...link, default: true }] };
    expect((await create("hello", message)).message).toEqual(message);
    const coordinates = { lat: 45.5, long: -73.6 };
    const place = { role: "appUser", type: "location", coordinates, location: { name: "Office" } };
    expect((await create("place", place)).message).toEqual(place);
  });

  it.each([
    ["no name", { message: text }],
    ["an empty name", { name: "", message: text }],
    ["no message", { name: "a" }],
    ["a message that is not an object", { name: "a", message: "Hello" }],
    ["a message without a role", { name: "a", message: { type: "text", text: "Hello" } }],
    ["an unknown role", { name: "a", message: { ...text, role: "business" } }],
    ["a message without a type", { name: "a", message: { role: "appMaker", text: "Hello" } }],
    ["an unknown type", { name: "a", message: { ...text, type: "form" } }],
    ["a text message without a text", { name: "a", message: { role: "appMaker", type: "text" } }],
    ["a file without a URL", { name: "a", message: { ...file, mediaUrl: undefined } }],
    ["a file whose URL is not one", { name: "a", message: { ...file, mediaUrl: "warranty.pdf" } }],
    ["a file without a media type", { name: "a", message: { ...file, mediaType: undefined } }],
    ["a carousel without items", { name: "a", message: { role: "appMaker", type: "carousel", items: [] } }],
    ["a list without items", { name: "a", message: { role: "appMaker", type: "list" } }],
    [
      "an item without a title",
      { name: "a", message: { ...text, type: "list", items: [{ actions: [link] }] } },
    ],
    ["an item without actions", { name: "a", message: { ...text, type: "list", items: [{ title: "A" }] } }],
    [
      "an item with four actions",
      {
        name: "a",
        message: { ...text, type: "list", items: [{ ...item, actions: [link, link, link, link] }] },
      },
    ],
    ["a location without coordinates", { name: "a", message: { role: "appMaker", type: "location" } }],
    ["an action without a text", { name: "a", message: { ...text, actions: [{ type: "buy" }] } }],
    ["a reply without a payload", { name: "a", message: { ...text, actions: [{ ...reply, payload: "" }] } }],
    [
      "a postback without a payload",
      { name: "a", message: { ...text, actions: [{ ...reply, type: "postback", payload: undefined }] } },
    ],
    ["a link without a uri", { name: "a", message: { ...text, actions: [{ ...link, uri: undefined }] } }],
    ["an unknown field", { name: "a", message: text, color: "red" }],
  ])("refuse %s with 400", async (_, body) => {
    const { bench, templates } = await setUp();
    expect(await bench.refusal("POST", templates, { body })).toEqual([400, "bad_request"]);
    expect(bench.emulator.snapshot().templates).toEqual([]);
  });

  it("refuse a change without name and message", async () => {
    const { bench, templates, create } = await setUp();
    const { _id } = await create("hello");
    for (const body of [{}, { name: "" }, { message: {} }]) {
      expect(await bench.refusal("PUT", `${templates}/${_id}`, { body })).toEqual([400, "bad_request"]);
    }
  });

  it("have a name that is unique in the app", async () => {
    const { bench, templates, create } = await setUp();
    const [one, two] = [await create("one"), await create("two")];
    const body = { name: "one", message: text };
    expect(await bench.refusal("POST", templates, { body })).toEqual([409, "conflict"]);
    expect(await bench.refusal("PUT", `${templates}/${two._id}`, { body })).toEqual([409, "conflict"]);
    await bench.expect(200, "PUT", `${templates}/${one._id}`, { body });
    const other = `/${version}/apps/${await bench.createApp("Other")}/templates`;
    await bench.expect(201, "POST", other, { body });
    await bench.expect(200, "DELETE", `${templates}/${one._id}`);
    await bench.expect(201, "POST", templates, { body });
  });

  it("can be managed with the app's own key, and not with that of another app", async () => {
    const { bench, appId, templates } = await setUp();
    const { token } = await bench.createKey(appId);
    const body = { name: "hello", message: text };
    await bench.expect(201, "POST", templates, { body, token });
    await bench.expect(200, "GET", templates, { token });
    const other = await bench.createKey(await bench.createApp("Other"));
    expect(await bench.refusal("GET", templates, { token: other.token })).toEqual([403, "forbidden"]);
  });

  it("are deleted with the app, and are not found through another one", async () => {
    const { bench, app, create } = await setUp();
    const { _id } = await create("hello");
    const other = await bench.createApp("Other");
    expect(await bench.refusal("GET", `/${version}/apps/${other}/templates/${_id}`)).toEqual([
      404,
      "not_found",
    ]);
    await bench.expect(200, "DELETE", app);
    expect(bench.emulator.snapshot().templates).toEqual([]);
  });

  it("are in snapshots, without their message in the state that other processes read, and in the saved state", async () => {
    const { bench, appId, templates, create } = await setUp();
    const { _id: id } = await create("file", file);
    const message = { ...file, mediaSize: 33 };
    expect(bench.emulator.snapshot().templates).toEqual([{ id, appId, name: "file", message }]);
    expect(bench.emulator.describeState().templates).toEqual([{ id, appId, name: "file" }]);
    const next = new Bench({ saved: bench.emulator.save() });
    expect(await next.expect(200, "GET", `${templates}/${id}`)).toEqual({
      template: { _id: id, name: "file", message },
    });
  });

  it("are returned by a stale read as they were before the last write", async () => {
    const { bench, templates, create } = await setUp();
    const readPast = async (path: string) => {
      bench.emulator.setFaults({ rules: [{ fault: "stale-read" }] });
      const { body } = await bench.call("GET", path);
      bench.emulator.setFaults(undefined);
      return Object(body);
    };
    const template = await create("hello");
    const one = `${templates}/${template._id}`;
    expect((await readPast(one)).error.code).toBe("not_found");
    await bench.expect(200, "PUT", one, { body: { name: "hi" } });
    expect(await readPast(one)).toEqual({ template });
    await bench.expect(200, "DELETE", one);
    expect((await readPast(templates)).templates).toEqual([{ ...template, name: "hi" }]);
  });
});

describe("templates in v2", () => {
  it("do not exist", async () => {
    const bench = new Bench();
    const path = `/v2/apps/${await bench.createApp()}/templates`;
    expect(await bench.refusal("GET", path)).toEqual([501, "emulator_unknown_request"]);
  });
});
