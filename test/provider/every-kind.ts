import type { KindName } from "../../src/kinds";
import type { Context } from "../../src/provider/context";
import type { DiffResult } from "../../src/provider/diff";
import type { Properties } from "../../src/provider/kind";
import { definitions } from "../../src/provider/kinds";
import { type Lifecycle, lifecycle } from "../../src/provider/lifecycle";
import type { ApiVersion } from "../../src/smooch/api-version";
import type { SmoochClient } from "../../src/smooch/client";
import { words } from "../support/words";
import type { World } from "../support/world";

/** A resource of a stack, with the state that Pulumi would keep. */
export interface Resource {
  readonly name: string;
  readonly label: KindName;
  readonly kind: Lifecycle;
  readonly world: World;
  readonly id: string;
  inputs: Properties;
  state: Properties;
  /** Changes of the inputs, one after the other; `undefined` takes an input out of the program. */
  readonly changes: readonly Properties[];
  check(given: Properties): Properties;
  diff(news: Properties): DiffResult;
  update(news: Properties): Promise<void>;
}

export type Declare = (world: World, context: Context, stack: readonly Resource[]) => Promise<Resource>;

interface Declared {
  readonly name: string;
  readonly kind: KindName;
  readonly inputs: (idOf: (name: string) => string, smooch: SmoochClient) => Properties | Promise<Properties>;
  readonly changes?: readonly Properties[];
}

const items = [{ type: "link", text: "Shop", uri: "https://shop.example" }];
const inner = { target: "https://bot.example/in", triggers: ["conversation:message"] };

/** One of every kind, and of what is alike but not the same. */
function resources(version: ApiVersion): Declared[] {
  const { message, postback } = words[version];
  const common: Declared[] = [
    {
      name: "app",
      kind: "app",
      inputs: () => ({
        name: "Shop",
        settings: { useAnimalNames: true },
        metadata: { tier: "gold", seats: 2 },
      }),
      changes: [
        { metadata: { tier: "silver" } },
        { metadata: undefined },
        { metadata: { trial: true }, name: "Store" },
        { metadata: {} },
        { settings: undefined },
      ],
    },
    {
      name: "key",
      kind: "key",
      inputs: (idOf) => ({ appId: idOf("app"), name: "backend" }),
      changes: [{ rotateAfterDays: 90 }],
    },
    {
      name: "webhook",
      kind: "webhook",
      inputs: (idOf) => ({ appId: idOf("app"), target: "https://shop.example/in", triggers: [message] }),
      changes: [{ target: "https://shop.example/out" }, { triggers: [message, postback] }],
    },
    {
      name: "web",
      kind: "integration",
      inputs: (idOf) => ({ appId: idOf("app"), type: "web", brandColor: "00ff00" }),
      changes: [{ brandColor: "ff0000" }],
    },
    {
      name: "viber",
      kind: "integration",
      inputs: (idOf) => ({ appId: idOf("app"), type: "viber", token: "t0ken" }),
    },
  ];
  return [...common, ...(version === "v2" ? onlyV2 : onlyLegacy)];
}

const onlyLegacy: Declared[] = [
  {
    name: "menu",
    kind: "menu",
    inputs: (idOf) => ({ appId: idOf("app"), items }),
    changes: [{ inputEnabled: false }],
  },
  {
    name: "menu of viber",
    kind: "menu",
    inputs: (idOf) => ({ appId: idOf("app"), integrationId: idOf("viber"), items }),
    changes: [{ items: [...items, { type: "postback", text: "Help", payload: "HELP" }] }],
  },
  {
    name: "template",
    kind: "template",
    inputs: (idOf) => ({
      appId: idOf("app"),
      name: "hello",
      message: { role: "appMaker", type: "text", text: "Hello" },
    }),
    changes: [{ name: "hi" }],
  },
  {
    name: "service account",
    kind: "serviceAccount",
    inputs: () => ({ name: "deploys" }),
    changes: [{ name: "ci" }],
  },
  {
    name: "service account key",
    kind: "serviceAccountKey",
    inputs: (idOf) => ({ serviceAccountId: idOf("service account"), name: "robot" }),
  },
];

const onlyV2: Declared[] = [
  {
    name: "bot",
    kind: "integration",
    inputs: (idOf) => ({ appId: idOf("app"), type: "custom", webhooks: [inner] }),
    changes: [{ displayName: "Bot" }, { webhooks: [{ ...inner, triggers: ["user:merge"] }] }],
  },
  {
    name: "integration key",
    kind: "integrationKey",
    inputs: (idOf) => ({ appId: idOf("app"), integrationId: idOf("bot"), name: "bot" }),
  },
  {
    name: "switchboard",
    kind: "switchboard",
    inputs: (idOf) => ({
      appId: idOf("app"),
      enabled: true,
      defaultIntegration: "bot",
      integrations: {
        bot: { integrationId: idOf("bot"), next: "agents" },
        agents: { integrationType: "zd:agentWorkspace", next: "bot" },
      },
    }),
    changes: [{ enabled: false }],
  },
  { name: "desk", kind: "app", inputs: () => ({ name: "Desk" }) },
  {
    name: "switchboard integration",
    kind: "switchboardIntegration",
    // The stack does not have its switchboard: somebody else made it.
    inputs: async (idOf, smooch) => ({
      appId: idOf("desk"),
      switchboardId: (await smooch.switchboards.create(idOf("desk"))).id,
      name: "answers",
      integrationType: "zd:answerBot",
    }),
    changes: [{ name: "people" }, { messageHistoryCount: 3 }],
  },
];

/** A stack with every kind that an API version has: each entry creates one resource, after what it refers to. */
export function stackOf(version: ApiVersion): Declare[] {
  return resources(version).map(({ name, kind: label, inputs: declare, changes = [] }) => {
    const kind = lifecycle(definitions[label]);
    return async (world, context, stack) => {
      const idOf = (other: string) => {
        const found = stack.find((one) => one.name === other);
        if (found === undefined) throw new Error(`${other} comes before ${name}`);
        return found.id;
      };
      const check = (olds: Properties, given: Properties) => {
        const { inputs, failures } = kind.check(world.context().session, version, olds, given);
        if (failures.length > 0) throw new Error(`${name}: ${JSON.stringify(failures)}`);
        return inputs;
      };
      const inputs = check({}, await declare(idOf, world.client()));
      const { id, outputs } = await kind.create(context, inputs);
      world.journal.recorded(id);
      const one: Resource = {
        name,
        label,
        kind,
        world,
        id,
        inputs,
        state: outputs,
        changes,
        check: (given) => check(one.inputs, given),
        diff: (news) => kind.diff(id, one.state, news, { now: world.time, version }),
        async update(news) {
          one.state = await kind.update(context, id, one.state, news);
          one.inputs = news;
        },
      };
      return one;
    };
  });
}
