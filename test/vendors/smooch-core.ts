import { describe, expect, it } from "vitest";
import { routes } from "../../src/emulator/routes";
import type { Channels } from "./channels";
import { Client, useEmulator } from "./client";

interface Given {
  readonly Smooch: new (options: object) => object;
  readonly version: "v1" | "v1.1";
  /** What an app returns for settings that were not sent. */
  readonly settings: object;
  /** The fields of a webhook that was created with a target and the trigger `message:appUser`. */
  readonly webhook: object;
  /** For each channel: what is sent, and what is returned in addition to id, type and status. */
  readonly channels: Channels;
  /** What a list adds to the items, if lists of integrations are paged. */
  readonly integrationsPage: object;
  /** The arguments that create a user. */
  readonly newUser: (fields: object) => unknown[];
  /** The fields of a user in addition to those that were sent. */
  readonly user: object;
}

const anId = expect.stringMatching(/^[0-9a-f]{24}$/);
const aSecret = expect.stringMatching(/^[\w-]{86}$/);
const aJwt = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/);
const target = "https://shop.example/hook";
const link = { type: "link", text: "Shop", uri: "https://shop.example" };
const submenu = {
  type: "submenu",
  text: "More",
  items: [{ type: "postback", text: "Help", payload: "HELP" }],
};
const items = [
  { ...link, _id: anId },
  { ...submenu, _id: anId, items: [{ ...submenu.items[0], _id: anId }] },
];
const menu = { menu: { items, settings: { inputEnabled: true } } };
const noMenu = { menu: { items: [] } };

/** The methods of both clients whose operations the emulator does not have, and their arguments after the app. */
export const neverEmulated = {
  // Its users have no channels.
  "appUsers.deleteProfile": ["ann"],
  "appUsers.getBusinessSystems": ["ann"],
  "appUsers.getChannels": ["ann"],
  "appUsers.linkChannel": ["ann", { type: "twilio", phoneNumber: "+15145550000" }],
  "appUsers.unlinkChannel": ["ann", "twilio"],
  "appUsers.pingChannel": ["ann", "twilio"],
  "appUsers.getLinkRequests": ["ann", ["integration"]],
  "appUsers.getAuthCode": ["ann"],
  "appUsers.viber.getQRCode": ["ann"],
  "appUsers.wechat.getQRCode": ["ann"],
  // It has no files and no payments.
  "appUsers.uploadImage": ["ann", "picture"],
  "attachments.delete": ["https://media.example/picture"],
  "appUsers.stripe.updateCustomer": ["ann", "token"],
  "appUsers.stripe.createTransaction": ["ann", "action", "token"],
  "stripe.getAccount": [],
};

/** The lives of the objects that both versions of the vendor's client know, with the tests that close a file. */
export function describeSmoochCore({ Smooch, version, settings, webhook, channels, ...given }: Given) {
  const emulator = useEmulator();
  const called = new Set<string>();
  const open = (credential: object) => {
    const client = new Smooch({ serviceUrl: emulator.running.url, ...credential });
    return new Client(client, called, emulator.running);
  };
  /** A client with the first account's key, which signs its own token. */
  const account = () => {
    const { accountKeyId: keyId, accountKeySecret: secret } = emulator.running;
    return open({ keyId, secret, scope: "account" });
  };
  const withApp = async () => {
    const client = account();
    const { app } = await client.call("apps.create", "Shop");
    const id: string = app._id;
    /** A client with the token that the API signs with a key of the app. */
    const ofApp = async () => {
      const { key } = await client.call("apps.keys.create", id, "backend");
      const { jwt } = await client.call("apps.keys.getJwt", id, key._id);
      return { app: open({ jwt }), keyId: key._id };
    };
    const remove = async () => expect(await client.call("apps.delete", id)).toEqual({});
    return { client, id, ofApp, remove };
  };

  describe(`a life of each kind in ${version}`, () => {
    it("apps", async () => {
      const client = account();
      const one = { _id: anId, appToken: expect.stringMatching(/^[0-9a-z]{25}$/), name: "Shop" };
      const created = {
        app: { ...one, settings: { ...settings, useAnimalNames: true }, metadata: { a: "1" } },
      };
      const { app } = await client.call("apps.create", "Shop", { useAnimalNames: true }, { a: "1" });
      expect({ app }).toEqual(created);
      expect(await client.call("apps.get", app._id)).toEqual({ app });

      const changed = { ...app, name: "Store", metadata: { b: "2" } };
      const change = { name: "Store", metadata: { b: "2" } };
      expect(await client.call("apps.update", app._id, change)).toEqual({ app: changed });
      const { app: other } = await client.call("apps.create", "Other");
      expect(await client.call("apps.list")).toEqual({ apps: [changed, other], hasMore: false, offset: 0 });
      expect(await client.call("apps.list", 1)).toEqual({ apps: [changed], hasMore: true, offset: 0 });
      expect(await client.call("apps.list", 1, 1)).toEqual({ apps: [other], hasMore: false, offset: 1 });

      expect(await client.fail("apps.create", "")).toEqual([400, "bad_request"]);
      for (const id of [app._id, other._id]) expect(await client.call("apps.delete", id)).toEqual({});
      for (const method of ["apps.get", "apps.delete"]) {
        expect(await client.fail(method, app._id)).toEqual([404, "app_not_found"]);
      }
      const { accountKeyId: keyId } = emulator.running;
      const stranger = open({ keyId, secret: "wrong", scope: "account" });
      expect(await stranger.fail("apps.list")).toEqual([401, "invalid_auth"]);
    });

    it("keys and their tokens", async () => {
      const { client, id, ofApp, remove } = await withApp();
      const { key } = await client.call("apps.keys.create", id, "backend");
      expect(key).toEqual({
        _id: expect.stringMatching(/^app_[0-9a-f]{24}$/),
        name: "backend",
        secret: aSecret,
      });
      expect(await client.call("apps.keys.get", id, key._id)).toEqual({ key });
      expect(await client.call("apps.keys.list", id)).toEqual({ keys: [key] });
      expect(await client.call("apps.keys.getJwt", id, key._id)).toEqual({ jwt: aJwt });

      const own = open({ keyId: key._id, secret: key.secret, scope: "app" });
      const { app: signed, keyId } = await ofApp();
      for (const client of [own, signed])
        expect(await client.call("webhooks.list")).toEqual({ webhooks: [] });
      for (const revoked of [key._id, keyId]) {
        expect(await client.call("apps.keys.delete", id, revoked)).toEqual({});
        expect(await client.fail("apps.keys.get", id, revoked)).toEqual([404, "not_found"]);
      }
      for (const client of [own, signed]) {
        expect(await client.fail("webhooks.list")).toEqual([401, "invalid_auth"]);
      }
      expect(await client.fail("apps.keys.create", id, "")).toEqual([400, "bad_request"]);
      await remove();
    });

    it.each(["account", "app"])("webhooks, with the scope %s", async (scope) => {
      const { client, id, ofApp, remove } = await withApp();
      const [caller, path] = scope === "app" ? [(await ofApp()).app, []] : [client, [id]];
      const triggers = ["message:appUser"];
      const { webhook: hook } = await caller.call("webhooks.create", ...path, { target, triggers });
      expect(hook).toEqual({ _id: anId, target, triggers, secret: aSecret, ...webhook });
      expect(await caller.call("webhooks.get", ...path, hook._id)).toEqual({ webhook: hook });

      const changed = { ...hook, triggers: ["*"] };
      const change = { triggers: ["*"] };
      expect(await caller.call("webhooks.update", ...path, hook._id, change)).toEqual({ webhook: changed });
      expect(await caller.call("webhooks.list", ...path)).toEqual({ webhooks: [changed] });
      expect(await caller.fail("webhooks.create", ...path, { target })).toEqual([409, "conflict"]);
      const unknown = { target: `${target}/2`, triggers: ["no:such"] };
      expect(await caller.fail("webhooks.create", ...path, unknown)).toEqual([400, "bad_request"]);

      expect(await caller.call("webhooks.delete", ...path, hook._id)).toEqual({});
      expect(await caller.fail("webhooks.get", ...path, hook._id)).toEqual([404, "not_found"]);
      await remove();
    });

    it("integrations of every channel that the client knows", async () => {
      const { client, id, remove } = await withApp();
      const made = [];
      for (const [sent, returned] of channels) {
        const { integration } = await client.call("integrations.create", id, sent);
        expect(integration).toEqual({ _id: anId, type: sent.type, status: "active", ...returned });
        made.push(integration._id);
      }
      const { integrations } = await client.call("integrations.list", id);
      expect(integrations.map(({ _id }: { _id: string }) => _id)).toEqual(made);
      const [web] = integrations;
      expect(await client.call("integrations.list", id, "web")).toEqual({
        integrations: [web],
        ...given.integrationsPage,
      });
      const some = await client.call("integrations.list", id, ["web", "viber"]);
      expect(some.integrations.map(({ type }: { type: string }) => type)).toEqual(["web", "viber"]);

      expect(await client.call("integrations.get", id, web._id)).toEqual({ integration: web });
      const changed = { integration: { ...web, brandColor: "ff0000" } };
      expect(await client.call("integrations.update", id, web._id, { brandColor: "ff0000" })).toEqual(
        changed,
      );
      const bad = { brandColor: "red" };
      expect(await client.fail("integrations.update", id, web._id, bad)).toEqual([400, "bad_request"]);
      for (const one of made) expect(await client.call("integrations.delete", id, one)).toEqual({});
      expect(await client.fail("integrations.get", id, web._id)).toEqual([404, "integration_not_found"]);
      await remove();
    });

    it.each(["account", "app"])("the menu of an app, with the scope %s", async (scope) => {
      const { client, id, ofApp, remove } = await withApp();
      const [caller, path] = scope === "app" ? [(await ofApp()).app, []] : [client, [id]];
      expect(await caller.call("menu.get", ...path)).toEqual(noMenu);
      const written = await caller.call("menu.configure", ...path, { items: [link, submenu] });
      expect(written).toEqual(menu);
      expect(await caller.call("menu.get", ...path)).toEqual(written);
      expect(await caller.fail("menu.configure", ...path, { items: [] })).toEqual([400, "bad_request"]);
      expect(await caller.call("menu.remove", ...path)).toEqual(noMenu);
      expect(await caller.call("menu.get", ...path)).toEqual(noMenu);
      await remove();
    });

    it("the menu of an integration", async () => {
      const { client, id, remove } = await withApp();
      const { integration } = await client.call("integrations.create", id, {
        type: "telegram",
        token: "1:a",
      });
      const path = [id, integration._id];
      expect(await client.fail("integrations.menu.get", ...path)).toEqual([404, "not_found"]);
      expect(await client.call("integrations.menu.create", ...path, { items: [link, submenu] })).toEqual(
        menu,
      );
      const change = { items: [link], settings: { inputEnabled: false } };
      const changed = await client.call("integrations.menu.update", ...path, change);
      expect(changed).toEqual({ menu: { items: [items[0]], settings: { inputEnabled: false } } });
      expect(await client.call("integrations.menu.get", ...path)).toEqual(changed);
      expect(await client.call("integrations.menu.delete", ...path)).toEqual({});
      expect(await client.fail("integrations.menu.get", ...path)).toEqual([404, "not_found"]);
      await remove();
    });

    it("service accounts, their keys and the apps that these create", async () => {
      const client = account();
      const { serviceAccount } = await client.call("serviceAccounts.create", "deploys");
      expect(serviceAccount).toEqual({ _id: anId, name: "deploys" });
      const id: string = serviceAccount._id;
      expect(await client.call("serviceAccounts.get", id)).toEqual({ serviceAccount });
      expect(await client.fail("serviceAccounts.create", "deploys")).toEqual([409, "conflict"]);
      expect(await client.fail("serviceAccounts.create", "")).toEqual([400, "bad_request"]);
      const changed = { _id: id, name: "ci" };
      expect(await client.call("serviceAccounts.update", id, { name: "ci" })).toEqual({
        serviceAccount: changed,
      });
      const { serviceAccount: other } = await client.call("serviceAccounts.create", "other");
      expect(await client.call("serviceAccounts.list")).toEqual({
        serviceAccounts: [changed, other],
        hasMore: false,
        offset: 0,
      });
      expect(await client.call("serviceAccounts.list", 1, 1)).toEqual({
        serviceAccounts: [other],
        hasMore: false,
        offset: 1,
      });

      const { key } = await client.call("serviceAccounts.keys.create", id, "robot");
      expect(key).toEqual({
        _id: expect.stringMatching(/^svc_[0-9a-f]{24}$/),
        name: "robot",
        secret: aSecret,
      });
      expect(await client.call("serviceAccounts.keys.get", id, key._id)).toEqual({ key });
      expect(await client.call("serviceAccounts.keys.list", id)).toEqual({ keys: [key] });
      const { jwt } = await client.call("serviceAccounts.keys.getJwt", id, key._id);
      expect(jwt).toEqual(aJwt);

      const { client: owner, id: unseen, remove } = await withApp();
      const robot = open({ jwt });
      const { app } = await robot.call("apps.create", "Own");
      const own = { apps: [app], hasMore: false, offset: 0 };
      expect(await robot.call("apps.list")).toEqual(own);
      expect(await owner.call("apps.list", { serviceAccountId: id })).toEqual(own);
      expect(await robot.fail("apps.get", unseen)).toEqual([404, "app_not_found"]);
      expect(await robot.fail("serviceAccounts.list")).toEqual([403, "forbidden"]);

      expect(await client.call("serviceAccounts.keys.delete", id, key._id)).toEqual({});
      expect(await client.fail("serviceAccounts.keys.get", id, key._id)).toEqual([404, "not_found"]);
      expect(await robot.fail("apps.list")).toEqual([401, "invalid_auth"]);
      for (const one of [id, other._id]) {
        expect(await client.call("serviceAccounts.delete", one)).toEqual({});
        expect(await client.fail("serviceAccounts.get", one)).toEqual([404, "not_found"]);
      }
      await remove();
      await client.call("apps.delete", app._id);
    });

    it("users and their messages", async () => {
      const { client, id, ofApp, remove } = await withApp();
      const { app } = await ofApp();
      const fields = { userId: "ann", givenName: "Ann", signedUpAt: new Date(0) };
      const { appUser } = await app.call("appUsers.create", ...given.newUser(fields));
      const signedUpAt = "1970-01-01T00:00:00.000Z";
      expect(appUser).toEqual({ ...fields, signedUpAt, _id: anId, ...given.user });
      expect(await app.call("appUsers.get", "ann")).toEqual({ appUser });
      expect(await client.call("appUsers.get", id, appUser._id)).toEqual({ appUser });

      const text = { type: "text", text: "Hello" };
      const about = { _id: anId, ...text, received: expect.any(Number) };
      const conversation = { _id: anId, unreadCount: 1 };
      const asked = await app.call("appUsers.sendMessage", "ann", { role: "appUser", ...text });
      const question = { ...about, role: "appUser", authorId: appUser._id, name: "Ann" };
      expect(asked).toEqual({ message: question, conversation: { ...conversation, unreadCount: 0 } });
      const answered = await client.call("appUsers.sendMessage", id, "ann", { role: "appMaker", ...text });
      expect(answered).toEqual({ message: { ...about, role: "appMaker", authorId: id }, conversation });
      expect(await client.call("appUsers.getMessages", id, "ann")).toEqual({
        conversation: answered.conversation,
        messages: [asked.message, answered.message],
      });

      const action = { type: "postback", text: "Yes", payload: "YES" };
      const offer = { role: "appMaker", type: "text", text: "Well?", actions: [action] };
      const { message } = await app.call("appUsers.sendMessage", "ann", offer);
      expect(message.actions).toEqual([{ _id: anId, ...action }]);
      expect(await app.call("conversations.postPostback", "ann", message.actions[0]._id)).toEqual({});
      const typing = { role: "appMaker", type: "typing:start" };
      const unread = { conversation: { ...conversation, unreadCount: 2 } };
      expect(await app.call("appUsers.conversationActivity", "ann", typing)).toEqual(unread);
      expect(await app.call("conversations.get", "ann")).toEqual(unread);
      await app.call("conversations.resetUnreadCount", "ann");
      expect(await app.call("conversations.get", "ann")).toEqual({
        conversation: { ...conversation, unreadCount: 0 },
      });
      expect(await app.call("appUsers.deleteMessage", "ann", message._id)).toEqual({});
      expect(await app.call("appUsers.deleteMessages", "ann")).toEqual({});
      const changed = await app.call("appUsers.update", "ann", { surname: "Lee" });
      expect(changed.appUser).toEqual({ ...appUser, surname: "Lee", conversationStarted: true });
      expect(await app.fail("appUsers.get", "bob")).toEqual([404, "not_found"]);
      expect(await app.fail("appUsers.create", ...given.newUser(fields))).toEqual([409, "conflict"]);
      expect(await app.call("appUsers.delete", "ann")).toEqual({});
      await remove();
    });
  });

  return { withApp, describeRest };

  /**
   * @param notEmulated The methods whose operations the emulator does not have, and their arguments after the app.
   * @param notSent The methods that the client itself refuses.
   */
  function describeRest(
    notEmulated: Readonly<Record<string, readonly unknown[]>>,
    notSent: readonly string[],
  ) {
    describe("the rest of the client", () => {
      it("has every operation of the emulator", () => {
        const { requests } = emulator.running.emulator;
        const played = new Set(
          requests.filter(({ status }) => status < 300).map((record) => record.operation),
        );
        const notInClient = version === "v1" ? templateOperations : [];
        const expected = new Set(routes[version].map(({ operation }) => operation));
        expect([...expected].filter((operation) => !played.has(operation))).toEqual(notInClient);
        expect(emulator.running.emulator.unknownRequests).toEqual([]);
      });

      it("gets a 501 where the emulator has no operation", async () => {
        const { client, id, remove } = await withApp();
        for (const [name, args] of Object.entries(notEmulated)) {
          const path = name.startsWith("deployments.") ? [] : [id];
          const failure = await client.fail(name, ...path, ...args);
          expect([name, ...failure]).toEqual([name, 501, "emulator_unknown_request"]);
        }
        expect(emulator.running.emulator.unknownRequests).toHaveLength(Object.keys(notEmulated).length);
        expect(client.names.filter((name) => !called.has(name))).toEqual(notSent);
        await remove();
        expect(emulator.running.emulator.isEmpty()).toBe(true);
      });
    });
  }
}

/** The client for v1 was last released before it knew templates. */
const templateOperations = [
  "createTemplate",
  "listTemplates",
  "getTemplate",
  "updateTemplate",
  "deleteTemplate",
];
