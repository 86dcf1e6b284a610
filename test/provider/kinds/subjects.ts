import type { KindName } from "../../../src/kinds";
import type { Context } from "../../../src/provider/context";
import type { Properties } from "../../../src/provider/kind";
import { definitions } from "../../../src/provider/kinds";
import { type Lifecycle, lifecycle } from "../../../src/provider/lifecycle";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { World } from "../../support/world";

/** An object to put through its life: where it is, what is declared, and what happens to it. */
export interface Subject {
  /** The ids of what holds it. */
  address: Properties;
  /** What the program declares besides. */
  declared: Properties;
  /** Outputs besides the inputs, given those of the object. */
  outputs?: (outputs: Properties) => Properties;
  /** A change that is made in place; absent if there is none. */
  change?: Properties;
  /** Changes that replace the object. */
  replaced: Properties;
  /** Changes the object in Smooch, as somebody else would. */
  drift?: (id: string) => Promise<unknown>;
  /** The properties that this changes. */
  drifted: readonly string[];
  /** Deletes what directly holds it; absent for what the account holds. */
  deleteHolder?: () => Promise<unknown>;
  /** What directly holds it, in messages. */
  holder?: string;
}

type Open = (context: Context) => Promise<Subject>;

const webhooks = [{ target: "https://bot.example/in", triggers: ["conversation:message"] }];
const message = { role: "appMaker", type: "text", text: "Hello" };
const items = [{ type: "link", text: "Shop", uri: "https://shop.example" }];

async function inApp({ smooch }: Context) {
  const { id: appId } = await smooch.apps.create({ name: "Shop" });
  return { appId, deleteHolder: () => smooch.apps.delete(appId), holder: `app ${appId}` };
}

async function inIntegration(context: Context) {
  const { smooch } = context;
  const { appId } = await inApp(context);
  const { id: integrationId } = await smooch.integrations.create(appId, { type: "custom", webhooks });
  return { appId, integrationId };
}

const secret = ({ secret }: Properties) => ({ secret });

const subjects: Partial<Record<KindName, Open>> = {
  async integrationKey(context) {
    const { smooch } = context;
    const address = await inIntegration(context);
    const { appId, integrationId } = address;
    return {
      address,
      declared: { name: "bot" },
      outputs: secret,
      replaced: { name: "bot2" },
      drifted: ["name"],
      deleteHolder: () => smooch.integrations.delete(appId, integrationId),
      holder: `integration ${integrationId}`,
    };
  },
  async switchboard(context) {
    const { smooch } = context;
    const { appId, integrationId } = await inIntegration(context);
    return {
      address: { appId },
      declared: { enabled: true, defaultIntegration: "bot", integrations: { bot: { integrationId } } },
      outputs: ({ integrationIds }) => ({ integrationIds }),
      change: { enabled: false },
      replaced: { appId: "5a0b1c2d3e4f5a6b7c8d9e0f" },
      drift: (id) => smooch.switchboards.update(appId, id, { enabled: false }),
      drifted: ["enabled"],
      deleteHolder: () => smooch.apps.delete(appId),
      holder: `app ${appId}`,
    };
  },
  async switchboardIntegration(context) {
    const { smooch } = context;
    const { appId, integrationId } = await inIntegration(context);
    const { id: switchboardId } = await smooch.switchboards.create(appId);
    const address = { appId, switchboardId };
    return {
      address,
      declared: { name: "bot", integrationId, deliverStandbyEvents: true, messageHistoryCount: 5 },
      change: { name: "bot2" },
      replaced: { switchboardId: "5a0b1c2d3e4f5a6b7c8d9e0f" },
      drift: (id) => smooch.switchboardIntegrations.update(address, id, { messageHistoryCount: 0 }),
      drifted: ["messageHistoryCount"],
      deleteHolder: () => smooch.switchboards.delete(appId, switchboardId),
      holder: `switchboard ${switchboardId}`,
    };
  },
  async menu(context) {
    const { smooch } = context;
    const { appId, ...held } = await inApp(context);
    return {
      address: { appId },
      declared: { items, inputEnabled: true },
      change: { items: [...items, { type: "postback", text: "Talk", payload: "TALK" }] },
      replaced: { appId: "5a0b1c2d3e4f5a6b7c8d9e0f" },
      drift: () => smooch.menus.put({ appId }, { items, inputEnabled: false }),
      drifted: ["inputEnabled"],
      ...held,
    };
  },
  async template(context) {
    const { smooch } = context;
    const { appId, ...held } = await inApp(context);
    return {
      address: { appId },
      declared: { name: "hello", message },
      change: { message: { ...message, text: "Hi" } },
      replaced: { appId: "5a0b1c2d3e4f5a6b7c8d9e0f" },
      drift: (id) => smooch.templates.update(appId, id, { name: "bye" }),
      drifted: ["name"],
      ...held,
    };
  },
  async serviceAccount({ smooch }) {
    return {
      address: {},
      declared: { name: "CI" },
      change: { name: "CD" },
      replaced: {},
      drift: (id) => smooch.serviceAccounts.update({}, id, { name: "other" }),
      drifted: ["name"],
    };
  },
  async serviceAccountKey({ smooch }) {
    const { id: serviceAccountId } = await smooch.serviceAccounts.create({}, { name: "CI" });
    return {
      address: { serviceAccountId },
      declared: { name: "deploy" },
      outputs: secret,
      replaced: { name: "deploy2" },
      drifted: ["name"],
      deleteHolder: () => smooch.serviceAccounts.delete({}, serviceAccountId),
      holder: `service account ${serviceAccountId}`,
    };
  },
};

/** Each kind, in each API version that has it. */
export const rows: [name: KindName, version: ApiVersion, open: Open][] = Object.entries(subjects).flatMap(
  ([key, open]) => {
    const name = key as KindName;
    return (definitions[name].in ?? []).map((version): [KindName, ApiVersion, Open] => [name, version, open]);
  },
);

export function rowOf(name: KindName, version: ApiVersion): (typeof rows)[number] {
  const row = rows.find(([kind, one]) => kind === name && one === version);
  if (row === undefined) throw new Error(`API ${version} has no ${name}.`);
  return row;
}

export interface Opened extends Subject {
  world: World;
  context: Context;
  kind: Lifecycle;
  inputs: Properties;
  /** What the emulator holds of this kind. */
  held(): readonly object[];
}

/** A world with what holds the object, and nothing of its kind. */
export async function open([name, version, start]: (typeof rows)[number]): Promise<Opened> {
  const world = new World({}, version);
  const context = world.context();
  const subject = await start(context);
  for (const id of Object.values(subject.address)) context.session.owned.add(String(id));
  world.writes.length = 0;
  return {
    ...subject,
    world,
    context,
    kind: lifecycle(definitions[name]),
    inputs: { ...subject.address, ...subject.declared },
    held: () => world.emulator.snapshot()[`${name}s`],
  };
}

/** The same with the object. */
export async function openWithObject(row: (typeof rows)[number]) {
  const opened = await open(row);
  const { kind, context, inputs, world } = opened;
  const { id, outputs } = await kind.create(context, inputs);
  world.writes.length = 0;
  return { ...opened, id, state: outputs };
}
