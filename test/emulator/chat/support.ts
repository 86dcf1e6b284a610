import { Api } from "../../../src/emulator/api";
import { chatRoutes } from "../../../src/emulator/console/chat-routes";
import { mediaRoute } from "../../../src/emulator/conversations/media";
import { kinds } from "../../../src/emulator/kinds/index";
import { openAccount } from "../../../src/emulator/opening";
import { sign, VirtualHost } from "../support";

/** An emulator with an app, the user Ann, and the console's chat beside the API. */
export async function setUpChat(settings: object = {}) {
  const host = new VirtualHost();
  const api = new Api(kinds, [...chatRoutes(), mediaRoute], {}, host);
  const key = openAccount(api.context, {});
  const authorization = `Bearer ${sign(key.id, key.secret, { scope: "account" })}`;
  const send = (method: string, url: string, body?: unknown) =>
    api.handle({
      method,
      url,
      headers: { authorization, host: "127.0.0.1:4000", "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const call = async (method: string, url: string, body?: unknown) => {
    const answer = await send(method, url, body);
    return { status: answer.status, body: JSON.parse(answer.body) };
  };
  const expect200 = async (method: string, url: string, body?: unknown) => {
    const answer = await call(method, url, body);
    if (answer.status >= 300) throw new Error(`${method} ${url}: ${JSON.stringify(answer)}`);
    return answer.body;
  };

  const { app } = await expect200("POST", "/v2/apps", { displayName: "Shop", settings });
  const chat = `/_emulator/console/apps/${app.id}`;
  const ann = await expect200("POST", `${chat}/users`, {
    externalId: "ann",
    givenName: "Ann",
    surname: "Lee",
  });

  /** Subscribes a webhook of each API version to everything. */
  async function subscribe(includeFullUser = false) {
    const legacy = ["*", "typing:appUser"];
    await expect200("POST", `/v1/apps/${app.id}/webhooks`, { target: "https://v1.example", triggers: ["*"] });
    await expect200("POST", `/v1.1/apps/${app.id}/webhooks`, {
      target: "https://v1-1.example",
      triggers: legacy,
      includeFullAppUser: includeFullUser,
    });
    const { integration } = await expect200("POST", `/v2/apps/${app.id}/integrations`, {
      type: "custom",
      webhooks: [{ target: "https://v2.example", triggers: everything, includeFullUser }],
    });
    host.sent.length = 0;
    return integration.webhooks[0].id;
  }

  /** What the webhooks have received since the last call, by host. */
  async function received() {
    await api.deliveries.settle();
    const of = (target: string) =>
      host.sent.filter(({ url }) => url === target).map(({ body }) => JSON.parse(body ?? ""));
    const all = {
      v1: of("https://v1.example"),
      v1_1: of("https://v1-1.example"),
      v2: of("https://v2.example"),
    };
    host.sent.length = 0;
    return all;
  }

  return { api, host, send, call, expect200, appId: app.id, chat, ann, subscribe, received };
}

const everything = [
  "conversation:create",
  "conversation:join",
  "conversation:leave",
  "conversation:message",
  "conversation:postback",
  "conversation:read",
  "conversation:remove",
  "conversation:typing",
  "user:remove",
];
