import Smooch from "smooch-core-8";
import { describe, expect, it } from "vitest";
import { aPhoneNumber, sharedChannels } from "./channels";
import { describeSmoochCore, neverEmulated } from "./smooch-core";

const anId = expect.stringMatching(/^[0-9a-f]{24}$/);

const { withApp, describeRest } = describeSmoochCore({
  Smooch,
  version: "v1.1",
  settings: { maskCreditCardNumbers: true, useAnimalNames: false, echoPostback: false },
  webhook: { version: "v1.1", includeClient: false, includeFullAppUser: false },
  channels: [
    ...sharedChannels,
    // Only v1.1 connects a LINE channel in two steps, the first of them without any credential.
    [{ type: "line" }, { botName: "A Bot" }],
    [{ type: "whatsapp", deploymentId: "d1" }, { phoneNumber: aPhoneNumber }],
    [
      { type: "apple", businessId: "b", apiSecret: "s", mspId: "m" },
      { businessId: "b", mspId: "m" },
    ],
  ],
  integrationsPage: { hasMore: false, offset: 0 },
  newUser: (fields) => [{ appUser: fields }],
  user: { properties: {}, conversationStarted: false, clients: [] },
});

describe("what only the client for v1.1 has", () => {
  it.each(["account", "app"])("templates, with the scope %s", async (scope) => {
    const { client, id, ofApp, remove } = await withApp();
    const [caller, path] = scope === "app" ? [(await ofApp()).app, []] : [client, [id]];
    const message = { role: "appMaker", type: "text", text: "Hello" };
    const { template } = await caller.call("templates.create", ...path, { name: "hello", message });
    expect(template).toEqual({ _id: anId, name: "hello", message });
    expect(await caller.call("templates.get", ...path, template._id)).toEqual({ template });
    const changed = { ...template, name: "hi" };
    const change = { name: "hi" };
    expect(await caller.call("templates.update", ...path, template._id, change)).toEqual({
      template: changed,
    });

    const { template: other } = await caller.call("templates.create", ...path, { name: "other", message });
    expect(await caller.call("templates.list", ...path)).toEqual({
      templates: [changed, other],
      hasMore: false,
      offset: 0,
    });
    expect(await caller.call("templates.list", ...path, { limit: 1, offset: 1 })).toEqual({
      templates: [other],
      hasMore: false,
      offset: 1,
    });
    expect(await caller.fail("templates.create", ...path, { name: "hi", message })).toEqual([
      409,
      "conflict",
    ]);
    const empty = { name: "empty", message: {} };
    expect(await caller.fail("templates.create", ...path, empty)).toEqual([400, "bad_request"]);
    for (const { _id } of [template, other]) {
      expect(await caller.call("templates.delete", ...path, _id)).toEqual({});
      expect(await caller.fail("templates.get", ...path, _id)).toEqual([404, "not_found"]);
    }
    await remove();
  });

  it("integrations with the scope app, whose path names the app all the same", async () => {
    const { id, ofApp, remove } = await withApp();
    const { app } = await ofApp();
    const { integration } = await app.call("integrations.create", id, { type: "viber", token: "t" });
    expect(await app.call("integrations.get", id, integration._id)).toEqual({ integration });
    const page = { hasMore: false, offset: 0 };
    expect(await app.call("integrations.list", id)).toEqual({ integrations: [integration], ...page });
    const changed = { integration: { ...integration, displayName: "Viber" } };
    const change = { displayName: "Viber" };
    expect(await app.call("integrations.update", id, integration._id, change)).toEqual(changed);
    expect(await app.call("integrations.delete", id, integration._id)).toEqual({});
    expect(await app.fail("apps.delete", id)).toEqual([403, "forbidden"]);
    await remove();
  });
});

describeRest(
  {
    ...neverEmulated,
    "appUsers.mergeUsers": [{ surviving: { _id: "1" }, discarded: { _id: "2" } }],
    "notifications.postNotification": [{ message: { type: "text", text: "Hello" } }],
    "attachments.create": [{ access: "public" }, "picture"],
    // Nothing of this can be a resource, or it has to be confirmed by phone.
    "apps.getSdkIds": [],
    "integrations.profile.get": ["integration"],
    "integrations.profile.update": ["integration", { about: "Shop" }],
    "integrations.profile.photo.upload": ["integration", "picture"],
    "integrations.messageTemplates.create": ["integration", { name: "hello" }],
    "integrations.messageTemplates.list": ["integration", {}],
    "integrations.messageTemplates.delete": ["integration", "hello"],
    "deployments.create": [{ hosting: "smooch" }],
    "deployments.list": [],
    "deployments.get": ["deployment"],
    "deployments.activate": ["deployment", "certificate", "+15145550000", "sms"],
    "deployments.confirmCode": ["deployment", "123456"],
    "deployments.delete": ["deployment"],
  },
  [],
);
