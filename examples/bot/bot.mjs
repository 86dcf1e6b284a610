import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** From the stack's outputs, as README.md says. */
const {
  SMOOCH_APP_ID: appId = "",
  SMOOCH_JWT: jwt = "",
  SMOOCH_WEBHOOK_SECRET: webhookSecret = "",
  SMOOCH_BASE_URL: baseUrl = "https://api.smooch.io",
  PORT: port = "8080",
} = process.env;
const isConfigured = appId !== "" && jwt !== "" && webhookSecret !== "";

const teas = {
  green: { name: "Green tea", description: "From Uji, 100 g" },
  black: { name: "Black tea", description: "From Assam, 250 g" },
  mint: { name: "Mint tea", description: "From Fez, 50 g" },
};

/** What the bot can talk about: the label and payload of a quick reply, words that mean the same, and its answer. */
const topics = [
  { label: "See the teas", payload: "TEAS", words: /\bteas?\b/i, content: carousel },
  { label: "Find the shop", payload: "SHOP", words: /\b(shop|where)\b/i, content: shopLocation },
  { label: "Order", payload: "ORDER", words: /\border\b/i, content: orderForm },
];

/** Returns the content of the message that answers an event, or undefined if there is nothing to answer. */
function answerTo({ type, payload: { message, postback } }) {
  if (type === "conversation:postback") return orderForm(postback.payload);
  // The bot also gets its own messages.
  if (type !== "conversation:message" || message.author.type !== "user") return undefined;
  const { author, content } = message;
  if (content.type === "formResponse") return confirmation(content.fields);
  if (content.type !== "text") return menu("Thank you! But I only understand text.");
  const topic =
    topics.find(({ payload }) => payload === content.payload) ??
    topics.find(({ words }) => words.test(content.text));
  if (topic !== undefined) return topic.content();
  const name = author.displayName === undefined ? "" : `, ${author.displayName}`;
  const isGreeting = /\b(hello|hey|hi)\b/i.test(content.text);
  return menu(isGreeting ? `Hello${name}! How can I help you?` : "I can help you with this:");
}

function menu(text) {
  const actions = topics.map(({ label, payload }) => ({ type: "reply", text: label, payload }));
  return { type: "text", text, actions };
}

function carousel() {
  const items = Object.entries(teas).map(([id, { name, description }]) => ({
    title: name,
    description,
    actions: [{ type: "postback", text: `Order ${name.toLowerCase()}`, payload: id }],
  }));
  return { type: "carousel", items };
}

function shopLocation() {
  const location = { name: "Tea shop", address: "1 Harbour Street" };
  return { type: "location", coordinates: { lat: 50.8503, long: 4.3517 }, location };
}

/** The bot keeps nothing between two events: the form contains the tea. The first option is preselected. */
function orderForm(chosen = "") {
  const ids = Object.keys(teas).sort((one, other) => Number(other === chosen) - Number(one === chosen));
  const options = ids.map((id) => ({ name: id, label: teas[id].name }));
  return {
    type: "form",
    fields: [
      { type: "select", name: "tea", label: "Tea", options },
      { type: "text", name: "name", label: "Your name", minSize: 1, maxSize: 60 },
      { type: "email", name: "email", label: "Your email address" },
    ],
  };
}

function confirmation(fields) {
  const { tea, name, email } = Object.fromEntries(fields.map((field) => [field.name, field]));
  const text = `Thank you, ${name.text}! We will write to ${email.email} when your ${tea.select[0].label.toLowerCase()} is on its way.`;
  return { type: "text", text };
}

/** Shows for a moment that the bot is typing, then sends the message. */
async function say(conversationId, content) {
  const author = { type: "business", displayName: "Tea bot" };
  await call(`conversations/${conversationId}/activity`, { author, type: "typing:start" });
  await sleep(600);
  await call(`conversations/${conversationId}/messages`, { author, content });
}

async function call(path, body) {
  const response = await fetch(`${baseUrl}/v2/apps/${appId}/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${jwt}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(8_000),
  });
  if (!response.ok) throw new Error(`POST ${path}: HTTP ${response.status} ${await response.text()}`);
}

/** Handles a request to the webhook's target; returns the status to answer with. */
async function receive(request) {
  // Smooch sends a HEAD request before it accepts the webhook's target, which is before the settings exist.
  if (request.method === "HEAD") return 200;
  if (request.method !== "POST") return 405;
  // Smooch sends an event again later that was answered with 5xx, or not within 20 seconds.
  if (!isConfigured) return 503;
  if (!isWebhookSecret(request.headers["x-api-key"])) return 401;
  const { events } = await json(request);
  for (const event of events) {
    const content = answerTo(event);
    if (content === undefined) continue;
    await say(event.payload.conversation.id, content);
    console.log(`${event.type}: answered with ${content.type}`);
  }
  return 200;
}

/** Compares in constant time. */
function isWebhookSecret(given = "") {
  const [one, other] = [Buffer.from(given), Buffer.from(webhookSecret)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const server = createServer(async (request, response) => {
  const status = await receive(request).catch((error) => {
    console.error(error.message);
    return 500;
  });
  response.writeHead(status).end();
});
server.listen(Number(port), "127.0.0.1", () => {
  console.log(`The bot listens on http://127.0.0.1:${server.address().port}/`);
  if (!isConfigured)
    console.log("It answers no events until SMOOCH_APP_ID, SMOOCH_JWT and SMOOCH_WEBHOOK_SECRET are set.");
});
