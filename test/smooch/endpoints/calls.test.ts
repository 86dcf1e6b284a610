import { describe, it } from "vitest";
import { type ApiVersion, apiVersions } from "../../../src/smooch/api-version";
import { words } from "../../support/words";
import { play, type Row, refuse, type Sent } from "./wire";

/** The calls that every API version has, with its own field names. */
function rowsOf(version: ApiVersion): Record<string, Row> {
  const { id, name, update, webhooks } = words[version];
  const apps = `/${version}/apps`;
  const one = `${apps}/5a0b`;
  // The contract in test/contract/legacy.ts covers what v1 and v1.1 send.
  const inV2 = (...sent: Sent): Pick<Row, "sent"> => (version === "v2" ? { sent: [sent] } : {});

  const more = { settings: { maskCreditCardNumbers: true }, metadata: { n: 1 } };
  const token = version === "v2" ? {} : { appToken: "3s58" };
  const appWire = { [id]: "5a0b", [name]: "Shop", ...token, ...more };
  const app = { id: "5a0b", name: "Shop", ...token, ...more };
  const secret = "Y4SINFtAUzEjayxgUjJZoTjG";
  const keyWire = { [id]: "app_1", [name]: "key1", secret };
  const key = { id: "app_1", name: "key1", secret };
  const telegramWire = { [id]: "5b0c", type: "telegram", status: "active", username: "shop_bot", botId: "7" };
  const details = { username: "shop_bot", botId: "7" };
  const telegram = { id: "5b0c", type: "telegram", status: "active", details };

  return {
    "create app": {
      call: ({ apps }) => apps.create({ name: "Shop", settings: { echoPostback: true }, metadata: { n: 1 } }),
      ...inV2(`POST ${apps}`, {
        displayName: "Shop",
        settings: { echoPostback: true },
        metadata: { n: 1 },
      }),
      answers: [{ app: appWire }],
      gives: app,
    },
    "get app": {
      call: ({ apps }) => apps.get("5a0b"),
      ...inV2(`GET ${one}`),
      answers: [{ app: appWire }],
      gives: app,
    },
    "delete app": {
      call: ({ apps }) => apps.delete("5a0b"),
      ...inV2(`DELETE ${one}`),
      answers: [{}],
      gives: true,
    },
    "list apps": {
      call: ({ apps }) => apps.list(),
      ...inV2(`GET ${apps}?page[size]=100`),
      answers: [
        {
          apps: [appWire],
          ...(version === "v2" ? { meta: { hasMore: false }, links: {} } : { hasMore: false }),
        },
      ],
      gives: { items: [app], unreadable: [] },
    },
    "create key": {
      call: ({ keys }) => keys.create("5a0b", { name: "key1" }),
      ...inV2(`POST ${one}/keys`, { displayName: "key1" }),
      answers: [{ key: keyWire }],
      gives: key,
    },
    "list keys": {
      call: ({ keys }) => keys.list("5a0b"),
      ...inV2(`GET ${one}/keys`),
      answers: [{ keys: [keyWire] }],
      gives: { items: [key], unreadable: [] },
    },
    "get key": {
      call: ({ keys }) => keys.get("5a0b", "app_1"),
      ...inV2(`GET ${one}/keys/app_1`),
      answers: [{ key: keyWire }],
      gives: key,
    },
    "delete key": {
      call: ({ keys }) => keys.delete("5a0b", "app_1"),
      ...inV2(`DELETE ${one}/keys/app_1`),
      answers: [{}],
      gives: true,
    },
    "delete webhook": {
      call: ({ webhooks }) => webhooks.delete("5a0b", "57ff"),
      ...inV2(`DELETE ${one}/${webhooks}/57ff`),
      answers: [{}],
      gives: true,
    },
    "create integration": {
      call: ({ integrations }) =>
        integrations.create("5a0b", { type: "telegram", token: "t0ken", displayName: "T" }),
      sent: [[`POST ${one}/integrations`, { type: "telegram", token: "t0ken", displayName: "T" }]],
      answers: [{ integration: telegramWire }],
      gives: telegram,
    },
    "get integration": {
      call: ({ integrations }) => integrations.get("5a0b", "5b0c"),
      ...inV2(`GET ${one}/integrations/5b0c`),
      answers: [{ integration: telegramWire }],
      gives: telegram,
    },
    "update integration": {
      call: ({ integrations }) => integrations.update("5a0b", "5b0c", { type: "telegram", displayName: "T" }),
      sent: [[`${update} ${one}/integrations/5b0c`, { displayName: "T" }]],
      answers: [{ integration: telegramWire }],
      gives: telegram,
    },
    "delete integration": {
      call: ({ integrations }) => integrations.delete("5a0b", "5b0c"),
      ...inV2(`DELETE ${one}/integrations/5b0c`),
      answers: [{}],
      gives: true,
    },
  };
}

describe.each(apiVersions)("API %s", (version) => {
  const rows = Object.entries(rowsOf(version));

  it.each(rows)("%s", (_, row) => play(version, row));

  it.each(rows.filter(([name]) => !name.startsWith("delete")))(
    "%s refuses a response of another shape",
    (_, row) => refuse(version, row, { something: "else" }),
  );
});
