import type { RunningEmulator } from "../../../src/emulator/index";

/** The API of an emulator with the account's key, as a bot or a script calls it. */
export class Smooch {
  constructor(readonly emulator: RunningEmulator) {}

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

  async #call(method: string, path: string, body: object): Promise<Record<string, never>> {
    const { url, accountKeyId, accountKeySecret } = this.emulator;
    const credentials = Buffer.from(`${accountKeyId}:${accountKeySecret}`).toString("base64");
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Basic ${credentials}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}: ${text}`);
    return JSON.parse(text);
  }
}
