import { describe, expect, it } from "vitest";
import { inlineDoor } from "../../support/door";
import { byHand } from "../../support/hand";
import { scenes } from "../../support/stack";
import { writes } from "../../support/trio";

const talk = '{ type: "postback", text: "Talk", payload: "TALK" }';
const shop = `{ type: "submenu", text: "Shop", items: [
  { type: "link", text: "Offers", uri: "https://shop.example/offers" },
  { type: "submenu", text: "More", items: [${talk}] }] }`;
const hello =
  '{ role: "appMaker", type: "text", text: "Hello", actions: [{ type: "reply", text: "Hi", payload: "HI" }] }';

interface Changing {
  items?: string;
  message?: string;
  account?: string;
  template?: string;
  /** Whose the second menu is. */
  owner?: string;
  options?: string;
}

const program = ({
  items = `${talk}, ${shop}`,
  message = hello,
  account = "partner",
  template = "welcome",
  owner = "first",
  options = "{}",
}: Changing) => `
  const app = new smooch.SmoochApp("app");
  const channel = (name) => new smooch.SmoochIntegration(name, { appId: app.id, type: "telegram", token: "123:" + name });
  const channels = { first: channel("first"), second: channel("second") };
  new smooch.SmoochMenu("menu", { appId: app.id, items: [${items}] }, ${options});
  new smooch.SmoochMenu("other", { appId: app.id, integrationId: channels.${owner}.id, items: [${talk}], inputEnabled: false });
  const template = new smooch.SmoochTemplate("welcome", { appId: app.id, name: "${template}", message: ${message} });
  const account = new smooch.SmoochServiceAccount("account", { name: "${account}" });
  Object.assign(exports, { appId: app.id, first: channels.first.id, second: channels.second.id, templateId: template.id, accountId: account.id });`;

describe.each(["v1", "v1.1"] as const)("menus, a template and a service account in %s", (version) => {
  const life = scenes(program({}), version, inlineDoor);
  const api = () => life.stack.emulator.emulator;
  /** The app's menu comes before that of an integration. */
  const snapshot = () => {
    const { menus, ...others } = api().snapshot();
    return { ...others, menus: menus.toSorted((one) => (one.integrationId === undefined ? -1 : 1)) };
  };
  const path = async () => {
    const { appId, first, templateId, accountId } = await life.stack.outputs();
    const app = `/${version}/apps/${appId}`;
    return {
      menu: `${app}/menu`,
      other: `${app}/integrations/${first}/menu`,
      template: `${app}/templates/${templateId}`,
      account: `/${version}/serviceaccounts/${accountId}`,
    };
  };

  it("are created, and what Smooch adds to them is no change", async () => {
    const { stack } = life;
    expect(await stack.preview()).toContain("+ 8 to create");
    expect(api().requests).toEqual([]);
    await stack.up();
    const { appId, first, templateId, accountId } = await stack.outputs();
    expect(snapshot()).toMatchObject({
      menus: [
        { appId, items: [{ text: "Talk" }, { text: "Shop", items: [{ text: "Offers" }, { text: "More" }] }] },
        { appId, integrationId: first, settings: { inputEnabled: false } },
      ],
      templates: [{ id: templateId, name: "welcome", message: { text: "Hello" } }],
      serviceAccounts: [{ id: accountId, name: "partner" }],
    });
    await stack.expectNoChange();
    expect(await stack.refresh()).toContain("8 unchanged");
    await stack.expectNoChange();
  });

  it("show changes behind Pulumi's back in refresh, and the next up reverts them", async () => {
    const { stack } = life;
    const { menu, other, template, account } = await path();
    const items = [{ type: "link", text: "By hand", uri: "https://hand.example" }];
    await byHand(stack.emulator, "PUT", menu, { items });
    await byHand(stack.emulator, "PUT", other, { items, settings: { inputEnabled: true } });
    await byHand(stack.emulator, "PUT", template, {
      message: { role: "appMaker", type: "text", text: "Bye" },
    });
    await byHand(stack.emulator, "PUT", account, { name: "renamed by hand" });
    const refresh = await stack.refresh("--diff");
    for (const text of ["By hand", '"Bye"', "renamed by hand"]) expect(refresh).toContain(text);
    expect(refresh).toMatch(/inputEnabled *: false => true/);
    expect(await stack.up()).toContain("~ 4 updated");
    expect(snapshot()).toMatchObject({
      menus: [
        { items: [{ text: "Talk" }, { text: "Shop" }] },
        { items: [{ text: "Talk" }], settings: { inputEnabled: false } },
      ],
      templates: [{ name: "welcome", message: { text: "Hello", actions: [{ text: "Hi" }] } }],
      serviceAccounts: [{ name: "partner" }],
    });
    await stack.expectNoChange();
  });

  it("change in place, and a menu moves to another integration by a replacement", async () => {
    const { stack } = life;
    const before = await stack.outputs();
    stack.program = program({
      items: talk,
      message: '{ role: "appMaker", type: "text", text: "Good day" }',
      template: "greeting",
      account: "agency",
      owner: "second",
    });
    api().requests.length = 0;
    const output = await stack.up();
    expect(output).toContain("~ 3 updated");
    expect(output).toContain("+-1 replaced");
    expect(writes(stack.emulator).toSorted()).toEqual([
      "deleteMenu",
      "putMenu",
      "putMenu",
      "updateServiceAccount",
      "updateTemplate",
    ]);
    expect(await stack.outputs()).toEqual(before);
    expect(snapshot()).toMatchObject({
      menus: [{ items: [{ text: "Talk" }] }, { integrationId: before.second }],
      templates: [{ name: "greeting", message: { text: "Good day" } }],
      serviceAccounts: [{ name: "agency" }],
    });
    await stack.expectNoChange();
  });

  it("are recreated after a deletion by hand, and a menu by a forced replacement", async () => {
    const { stack } = life;
    const { menu, template, account } = await path();
    for (const gone of [menu, template, account]) await byHand(stack.emulator, "DELETE", gone);
    expect(await stack.refresh()).toContain("- 3 deleted");
    stack.program = program({ options: "{ deleteBeforeReplace: true }", owner: "second" });
    expect(await stack.up()).toContain("+ 3 created");
    expect(snapshot().menus).toHaveLength(2);
    expect(await stack.up("--replace", "**::menu")).toContain("+-1 replaced");
    expect(snapshot()).toMatchObject({
      menus: [{}, {}],
      templates: [{ name: "welcome" }],
      serviceAccounts: [{ name: "partner" }],
    });
    await stack.expectNoChange();
  });

  it("are never overwritten by a second menu, and share no name", async () => {
    const { stack } = life;
    const before = snapshot();
    const { appId } = await stack.outputs();
    stack.program = `${program({ owner: "second" })}
      new smooch.SmoochMenu("again", { appId: app.id, items: [${shop}] });
      new smooch.SmoochServiceAccount("partner");`;
    const { output } = await stack.tryUp("--continue-on-error");
    expect(output).toContain(
      "Smooch refused to create a service account: The account already has a service account with this name (HTTP 409). It looks like service account",
    );
    expect(output).toContain(
      `Smooch already has menu menu-${appId}, and does not create a second one. Nothing was changed. Delete that menu if nothing uses it, or adopt it, then run the same command again. If another resource of this stack manages it, declare it only once.`,
    );
    expect(snapshot()).toEqual(before);
  });

  it("end with destroy", async () => {
    await life.stack.destroy();
    expect(life.stack.resources()).toEqual([]);
  });
});
