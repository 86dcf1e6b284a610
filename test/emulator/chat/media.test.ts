import { afterEach, expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "../../../src/emulator/index";
import { writeSaved } from "../../../src/emulator/saved";
import { setUpChat } from "./support";

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
const html = Buffer.from("<script>alert(1)</script>");

async function upload(type: "image" | "file", name: string, mediaType: string, bytes: Buffer) {
  const { chat, ann, send, expect200, api } = await setUpChat();
  const conversation = await expect200("POST", `${chat}/users/${ann.id}/conversations`, {});
  const path = `${chat}/conversations/${conversation.id}/messages`;
  const { messages } = await expect200("POST", path, {
    type,
    name,
    mediaType,
    base64: bytes.toString("base64"),
  });
  const { content } = messages[0];
  const url = new URL(content.mediaUrl);
  return {
    content,
    origin: url.origin,
    served: await send("GET", url.pathname),
    store: api.context.store,
    url,
  };
}

it("an image is shown as what it is", async () => {
  const { content, origin, served } = await upload("image", "tea.png", "image/png", png);
  expect(content).toEqual({
    type: "image",
    mediaUrl: expect.stringMatching(/\/_emulator\/media\/[0-9a-f]{24}$/),
    mediaType: "image/png",
    mediaSize: 6,
    altText: "tea.png",
  });
  expect(origin).toBe("http://127.0.0.1:4000");
  expect(served).toMatchObject({
    status: 200,
    headers: {
      "content-type": "image/png",
      "content-disposition": "inline; filename*=UTF-8''tea.png",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    },
    bytes: png,
  });
});

it.each([
  ["image/svg+xml", "a.svg", "a.svg"],
  ["text/html", "é'(1)*.html", "%C3%A9%27%281%29%2A.html"],
  ["text/html", "\ud800\r\n.html", "%EF%BF%BD%0D%0A.html"],
])("a file of the type %s is only downloaded", async (mediaType, name, encoded) => {
  const { served } = await upload("file", name, mediaType, html);
  expect(served.headers).toMatchObject({
    "content-type": mediaType,
    "content-disposition": `attachment; filename*=UTF-8''${encoded}`,
    "x-content-type-options": "nosniff",
  });
});

let smooch: RunningEmulator | undefined;
afterEach(() => smooch?.close());

it("an upload arrives over a socket byte for byte, from an emulator that read it from its state", async () => {
  const { store, url } = await upload("image", "tea.png", "image/png", png);
  smooch = await startEmulator({ saved: writeSaved(store) });
  const answer = await fetch(smooch.url + url.pathname);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
  expect((await fetch(`${smooch.url}/_emulator/media/x`)).status).toBe(404);
});
