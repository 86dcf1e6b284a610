import type { RunningEmulator } from "../../../src/emulator/index";

interface Conversation {
  readonly userId: string;
  readonly conversationId: string;
  readonly say: (content: object, by: "user" | "business") => Promise<unknown>;
}

/** The API of an emulator with the account's key, without a socket: the page is what is tested. */
export class Smooch {
  constructor(readonly emulator: RunningEmulator) {}

  async get(path: string): Promise<unknown> {
    return this.#call("GET", path);
  }

  async post(path: string, body: object): Promise<Record<string, never>> {
    return this.#call("POST", path, body);
  }

  async createApp(name: string): Promise<string> {
    const { app } = await this.post("/v2/apps", { displayName: name });
    return String(Object(app).id);
  }

  async createKey(appId: string, name: string): Promise<{ id: string; secret: string }> {
    const { key } = await this.post(`/v2/apps/${appId}/keys`, { displayName: name });
    const { id, secret } = Object(key);
    return { id, secret };
  }

  async createWebhook(appId: string, target: string, triggers: readonly string[]): Promise<string> {
    const webhooks = [{ target, triggers }];
    const body = { type: "custom", displayName: "bot", status: "active", webhooks };
    const { integration } = await this.post(`/v2/apps/${appId}/integrations`, body);
    return String(Object(integration).webhooks[0].id);
  }

  /** A new user with a conversation, in which both sides can speak by the API. */
  async converse(appId: string, user: object = { externalId: "ada" }): Promise<Conversation> {
    const created = await this.post(`/v2/apps/${appId}/users`, user);
    const userId = String(Object(created.user).id);
    const body = { type: "personal", participants: [{ userId }] };
    const { conversation } = await this.post(`/v2/apps/${appId}/conversations`, body);
    const conversationId = String(Object(conversation).id);
    const say: Conversation["say"] = (content, by) => {
      const author = by === "user" ? { type: "user", userId } : { type: "business", displayName: "Bot" };
      return this.post(`/v2/apps/${appId}/conversations/${conversationId}/messages`, { author, content });
    };
    return { userId, conversationId, say };
  }

  async #call(method: string, path: string, content?: object): Promise<Record<string, never>> {
    const { emulator, accountKeyId, accountKeySecret } = this.emulator;
    const credentials = Buffer.from(`${accountKeyId}:${accountKeySecret}`).toString("base64");
    const headers = { authorization: `Basic ${credentials}`, "content-type": "application/json" };
    const body = content === undefined ? "" : JSON.stringify(content);
    const answer = await emulator.handle({ method, url: path, headers, body });
    if (!("body" in answer)) throw new Error(`${method} ${path} got no response`);
    if (answer.status >= 300) throw new Error(`${method} ${path} returned ${answer.status}: ${answer.body}`);
    return JSON.parse(answer.body);
  }
}
