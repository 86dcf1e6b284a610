import Smooch from "smooch-core-6";
import { expect, it } from "vitest";
import { sharedChannels } from "./channels";
import { describeSmoochCore, neverEmulated } from "./smooch-core";

const { withApp, describeRest } = describeSmoochCore({
  Smooch,
  version: "v1",
  settings: { maskCreditCardNumbers: true, useAnimalNames: false },
  webhook: {},
  channels: [
    ...sharedChannels,
    [
      { type: "line", channelId: "1", channelAccessToken: "t", channelSecret: "s" },
      { channelId: "1", botName: "A Bot" },
    ],
  ],
  integrationsPage: {},
  newUser: (fields) => ["ann", fields],
  user: { properties: {}, conversationStarted: false, credentialRequired: false, clients: [] },
});

// The client requires two fields of LINE. The API's examples send channelId as well since March 2018.
it("leaves it to the API to refuse a LINE integration without its channelId", async () => {
  const { client, id, remove } = await withApp();
  const line = { type: "line", channelAccessToken: "t", channelSecret: "s" };
  expect(await client.fail("integrations.create", id, line)).toEqual([400, "bad_request"]);
  await remove();
});

it("has an older name for the business's typing", async () => {
  const { client, id, remove } = await withApp();
  await client.call("appUsers.create", id, "ann");
  await client.call("appUsers.sendMessage", id, "ann", { role: "appMaker", type: "text", text: "Hello" });
  const typing = { role: "appMaker", type: "typing:start" };
  expect(await client.call("appUsers.typingActivity", id, "ann", typing)).toMatchObject({
    conversation: { unreadCount: 1 },
  });
  await remove();
});

describeRest(
  {
    ...neverEmulated,
    "attachments.create": ["public", "picture"],
  },
  [
    // The client has a second copy of `apps.keys` here.
    "attachments.keys.create",
    "attachments.keys.list",
    "attachments.keys.get",
    "attachments.keys.getJwt",
    "attachments.keys.delete",
    // Deprecated: the client rejects without a request.
    "conversations.sendMessage",
    "conversations.uploadImage",
  ],
);
