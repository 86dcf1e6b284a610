import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { receive } from "../support/receiver";
import { consoleSuite } from "./support/browser";
import { contents } from "./support/contents";
import { Smooch } from "./support/smooch";

const suite = consoleSuite();

const messages = (page: Page) => page.getByRole("log").locator(".message");
const last = (page: Page) => messages(page).last();
const bubble = (page: Page) => last(page).locator(".bubble");

/** An app with a conversation, opened in the chat. */
async function openChat(options = {}) {
  const smooch = new Smooch(suite.running);
  const appId = await smooch.createApp("Shop");
  const { conversationId, say, ...rest } = await smooch.converse(appId, { profile: { givenName: "Ada" } });
  const page = await suite.open(`chat/${appId}/${conversationId}`, options);
  await page.getByText("No messages yet.").waitFor();
  /** Collects what a webhook gets. */
  const hear = async (...triggers: string[]): Promise<Heard[]> => {
    const heard: Heard[] = [];
    const bot = await receive(({ body }) => {
      heard.push(...JSON.parse(body).events);
      return { status: 200 };
    });
    await smooch.createWebhook(appId, bot.url, triggers);
    return heard;
  };
  return { smooch, appId, conversationId, page, say, hear, ...rest };
}

interface Heard {
  readonly type: string;
  readonly payload: { readonly [name: string]: object };
}

describe("the chat", () => {
  it("lets a developer create a user and talk with a bot, which answers through the API", async () => {
    const smooch = new Smooch(suite.running);
    const appId = await smooch.createApp("Bot shop");
    // The bot: says that it types, and answers each message of a user with its text.
    const answer = async (body: string) => {
      for (const { payload } of JSON.parse(body).events) {
        const { conversation, message } = payload;
        if (message.author.type !== "user") continue;
        const path = `/v2/apps/${appId}/conversations/${conversation.id}`;
        const author = { type: "business", displayName: "Echo bot" };
        await smooch.post(`${path}/activity`, { author, type: "typing:start" });
        await smooch.post(`${path}/messages`, {
          author,
          content: { type: "text", text: `You said: ${message.content.text}` },
        });
      }
    };
    const bot = await receive(({ body }) => {
      void answer(body);
      return { status: 200 };
    });
    await smooch.createWebhook(appId, bot.url, ["conversation:message"]);

    const page = await suite.open("chat");
    await page.getByRole("link", { name: "Bot shop" }).click();
    await page.getByLabel("Given name").fill("Ada");
    await page.getByLabel("Surname").fill("Lovelace");
    await page.getByRole("button", { name: "Create user" }).click();
    const message = page.getByRole("textbox", { name: "Message" });
    await message.fill("Hello **bot** <b>!</b>");
    await message.press("Enter");
    await page.getByText("You said: Hello **bot** <b>!</b>").waitFor();
    expect(await messages(page).locator(".author bdi").allTextContents()).toEqual([
      "Ada Lovelace",
      "Echo bot",
    ]);
    expect(await message.inputValue()).toBe("");
    // The form is open only while there are no users.
    await page.getByLabel("Given name").waitFor({ state: "hidden" });
    expect(suite.running.emulator.unknownRequests).toEqual([]);
  });

  it("shows messages of every type", async () => {
    const { page, say } = await openChat();
    for (const content of contents) await say(content, "business");
    await expect.poll(() => messages(page).count()).toBe(contents.length);
    const types = await messages(page).evaluateAll((all) => all.map((one) => one.getAttribute("data-type")));
    expect(types).toEqual(contents.map((content) => Reflect.get(content, "type")));

    const log = page.getByRole("log");
    await log.getByText("**Hello** <b>Ada</b>").waitFor();
    const link = log.getByRole("link", { name: "Menu" }).first();
    expect(await link.getAttribute("href")).toBe("https://shop.example/menu");
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
    expect(await link.getAttribute("target")).toBe("_blank");
    await log.getByText("9.99 USD").waitFor();
    // An image elsewhere is a link, so that nothing is fetched from there.
    await log.getByRole("link", { name: "https://shop.example/tea.png" }).first().waitFor();
    expect(await log.getByRole("img").count()).toBe(0);
    const item = log.locator(".carousel > li").first();
    const [image, title] = [item.getByRole("link"), item.getByText("Green tea")];
    expect((await title.boundingBox())?.y).toBeGreaterThan((await image.boundingBox())?.y ?? 0);
    await log.getByRole("link", { name: "Prices" }).waitFor();
    await log.getByText("45.5, -73.5").waitFor();
    await log.getByText("Green tea").waitFor();
    await log.getByText("White tea").waitFor();
    await log.getByText("Message of type template").waitFor();
    await log.getByText("greetings").waitFor();
  });

  it("shows no link that could run a script, and no type that it does not know as another one", async () => {
    const { page, say } = await openChat();
    const uri = "javascript:document.title='taken'";
    await say(
      { type: "text", text: "\u202egnp.exe", actions: [{ type: "link", text: "Go", uri }] },
      "business",
    );
    await bubble(page).getByText(uri).waitFor();
    await bubble(page).getByText("\\u{202e}gnp.exe").waitFor();
    expect(await bubble(page).getByRole("link").count()).toBe(0);
  });

  it("shows what changes the direction of text in no part of a form or a price", async () => {
    const { page, say } = await openChat();
    const mark = "\u202e";
    const buy = { type: "buy", text: "Buy", amount: 100, currency: `${mark}usd` };
    await say({ type: "text", text: "Tea", actions: [buy] }, "business");
    await bubble(page).getByText("1.00 \\u{202e}USD").waitFor();
    const options = [{ name: "s", label: `${mark}Small` }];
    const fields = [
      { type: "text", name: "constructor", label: "Builder", placeholder: `${mark}Bob` },
      { type: "select", name: "size", label: "Size", options },
    ];
    await say({ type: "form", fields }, "business");
    const builder = page.getByLabel("Builder");
    expect(await builder.inputValue()).toBe("");
    expect(await builder.getAttribute("placeholder")).toBe("\\u{202e}Bob");
    expect(await page.getByLabel("Size").textContent()).toBe("\\u{202e}Small");
    await builder.fill("Bob");
    await page.getByRole("button", { name: "Send form" }).click();
    await expect
      .poll(() => bubble(page).getByRole("definition").allTextContents())
      .toEqual(["Bob", "\\u{202e}Small"]);
  });

  it("blocks the chat input while a form that wants it is not answered, and checks an address at its field", async () => {
    const { page, say } = await openChat();
    const message = page.getByRole("textbox", { name: "Message" });
    const note = page.getByText("Answer the form first");
    const fields = [{ type: "email", name: "mail", label: "Your address" }];
    await say({ type: "form", blockChatInput: true, fields }, "business");
    await note.waitFor();
    expect(await message.isDisabled()).toBe(true);
    const address = page.getByLabel("Your address");
    const send = page.getByRole("button", { name: "Send form" });
    await address.fill("nowhere");
    await send.click();
    expect(await address.evaluate((field: unknown) => Object(field).validity.typeMismatch)).toBe(true);
    await address.fill("ada@example.com");
    await send.click();
    await note.waitFor({ state: "hidden" });
    expect(await message.isEnabled()).toBe(true);
  });

  it("shows an anonymous user as such, and the time of a message with its date if it is not of today", async () => {
    const { emulator } = suite.running;
    const smooch = new Smooch(suite.running);
    const appId = await smooch.createApp("Time shop");
    const page = await suite.open(`chat/${appId}`, { locale: "en-US" });
    await page.getByRole("button", { name: "Create user" }).click();
    const message = page.getByRole("textbox", { name: "Message" });
    await message.fill("Now");
    await message.press("Enter");
    const user = page.locator(".users > li");
    await expect
      .poll(() => user.locator("time").allTextContents())
      .toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d$/)]);
    const [created] = emulator.snapshot().appUsers.filter((one) => one.appId === appId);
    expect(await user.locator(".user > span").textContent()).toBe(`Anonymous user ${created?.id}`);
    emulator.shiftClock(-10 * 86_400_000);
    await message.fill("Then");
    await message.press("Enter");
    await expect
      .poll(() => last(page).locator("time").textContent())
      .toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    emulator.shiftClock(0);
  });

  it("sends quick replies, postbacks and forms", async () => {
    const { page, say, hear } = await openChat();
    const heard = await hear("conversation:message", "conversation:postback");
    const replies = page.getByRole("list", { name: "Quick replies" });
    await say(
      { type: "text", text: "Milk?", actions: [{ type: "reply", text: "Yes", payload: "MILK" }] },
      "business",
    );
    await replies.getByRole("button", { name: "Yes" }).click();
    await replies.waitFor({ state: "hidden" });
    await expect
      .poll(() => heard.at(-1)?.payload.message)
      .toMatchObject({
        author: { type: "user", displayName: "Ada" },
        content: { type: "text", text: "Yes", payload: "MILK" },
      });

    await say(
      { type: "text", text: "Order?", actions: [{ type: "postback", text: "Order", payload: "NOW" }] },
      "business",
    );
    await page.getByRole("button", { name: "Order" }).click();
    await expect
      .poll(() => heard.find(({ type }) => type === "conversation:postback")?.payload.postback)
      .toMatchObject({ payload: "NOW" });

    const form = contents.find((content) => Reflect.get(content, "type") === "form");
    await say(form ?? {}, "business");
    await page.getByLabel("Your name").fill("Ada");
    await page.getByLabel("Your address").fill("ada@example.com");
    await page.getByLabel("Size").selectOption("Large");
    await page.getByRole("button", { name: "Send form" }).click();
    await page.getByRole("button", { name: "Sent" }).waitFor();
    await expect.poll(() => last(page).getAttribute("data-type")).toBe("formResponse");
    expect(await bubble(page).getByRole("definition").allTextContents()).toEqual([
      "Ada",
      "ada@example.com",
      "Large",
    ]);
    expect(await page.getByLabel("Your name").isDisabled()).toBe(true);
  });

  it("sends images, files and locations", async () => {
    const { page, hear } = await openChat();
    const heard = await hear("conversation:message");
    const attach = page.getByLabel("Attach");
    const pixel =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    await attach.setInputFiles({
      name: "dot.png",
      mimeType: "image/png",
      buffer: Buffer.from(pixel, "base64"),
    });
    const image = page.getByRole("img", { name: "dot.png" });
    await image.waitFor();
    await expect.poll(() => image.evaluate((node: unknown) => Object(node).naturalWidth)).toBe(1);

    await attach.setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("text") });
    await page.getByRole("link", { name: "a.txt" }).waitFor();
    const { content } = Object((await settledLast(heard)).payload.message);
    expect(await (await fetch(content.mediaUrl)).text()).toBe("text");

    await page.getByRole("button", { name: "Location" }).click();
    await page.getByLabel("Latitude").fill("51.5");
    await page.getByLabel("Longitude").fill("-0.12");
    await page.getByRole("button", { name: "Send location" }).click();
    await bubble(page).getByText("51.5, -0.12").waitFor();

    await attach.setInputFiles({ name: "big", mimeType: "image/png", buffer: Buffer.alloc(1_000_001) });
    await page.getByRole("alert").filter({ hasText: "big is larger than 1 MB." }).waitFor();
    expect(await messages(page).count()).toBe(3);
  });

  it("tells both sides of typing, and the business of what was read", async () => {
    const { smooch, appId, conversationId, page, say, hear } = await openChat();
    const heard = await hear("conversation:typing", "conversation:read");
    const activity = `/v2/apps/${appId}/conversations/${conversationId}/activity`;
    const author = { type: "business" };
    await smooch.post(activity, { author, type: "typing:start" });
    await page.getByText("The business is typing").waitFor();
    await smooch.post(activity, { author, type: "typing:stop" });
    await page.getByText("The business is typing").waitFor({ state: "hidden" });

    const byUser = () =>
      heard
        .map(({ payload }) => Object(payload.activity))
        .filter(({ author }) => author.type === "user")
        .map(({ type }) => type);
    await say({ type: "text", text: "Hi" }, "business");
    await expect.poll(byUser).toEqual(["conversation:read"]);
    const message = page.getByRole("textbox", { name: "Message" });
    await message.pressSequentially("Hm");
    await message.fill("");
    await expect.poll(byUser).toEqual(["conversation:read", "typing:start", "typing:stop"]);
  });

  it("counts what is unread, until the conversation is opened", async () => {
    const { smooch, appId, conversationId, page, say } = await openChat();
    await page.getByRole("link", { name: "Close" }).click();
    await say({ type: "text", text: "One" }, "business");
    await say({ type: "text", text: "Two" }, "business");
    await page.getByText("2 unread").waitFor();
    await page.goto(`${suite.running.url}/#/chat/${appId}/${conversationId}`);
    await page.getByText("Two").waitFor();
    await page.getByText("2 unread").waitFor({ state: "hidden" });
    expect(smooch.emulator.emulator.unknownRequests).toEqual([]);
  });

  it("says that the bot cannot hear the user without a webhook for messages, or why it has not heard them", async () => {
    const { smooch, appId, page, say } = await openChat();
    const silence = page.getByText("No webhook of this app receives messages.");
    await silence.waitFor();
    let status = 503;
    const bot = await receive(() => ({ status }));
    await smooch.createWebhook(appId, bot.url, ["conversation:message"]);
    await silence.waitFor({ state: "hidden" });
    await say({ type: "text", text: "Hi" }, "user");
    await page.getByRole("link", { name: /^Not delivered yet: status 503 \(delivery \d+\)$/ }).click();
    await page.getByRole("heading", { name: /^Delivery \d+$/ }).waitFor();
    await page.goBack();
    status = 200;
    await say({ type: "text", text: "Hi again" }, "user");
    await page.getByText("Hi again").waitFor();
    await page.getByText("Not delivered").waitFor({ state: "hidden" });
    await bot.close();
    await say({ type: "text", text: "Still there?" }, "user");
    await page.getByRole("link", { name: /^Not delivered yet: connect ECONNREFUSED/ }).waitFor();
  });

  it("says why an action was refused, and keeps what was written", async () => {
    const { page } = await openChat();
    const message = page.getByRole("textbox", { name: "Message" });
    await message.fill("x".repeat(5_000));
    await message.press("Enter");
    await page.getByRole("alert").filter({ hasText: "text" }).waitFor();
    expect(await message.inputValue()).toHaveLength(5_000);
  });
});

async function settledLast(heard: Heard[]): Promise<Heard> {
  await expect.poll(() => Object(heard.at(-1)?.payload.message).content?.type).toBe("file");
  return heard.at(-1) as Heard;
}
