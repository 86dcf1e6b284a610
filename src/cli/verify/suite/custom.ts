import { accepts, at, decides, duplicateTargets, responds } from "../answers";
import type { Json, Made, Part, Step, Words } from "../step";
import { deadTarget, get, target, withTarget } from "./common";

const custom = (as: string): Made => ({ label: "integration", as, envelope: "integration" });

/** In v2, a webhook is part of a custom integration. Its deletion comes later: other objects need it. */
export function customIntegrations(words: Words): Part {
  const { app, id } = words;
  const path = `${app}/integrations`;
  const one = `${path}/{custom}`;
  const triggers = ["conversation:message"];
  const create = (webhooks: Json, as = "custom", name = "bot") => ({
    method: "POST" as const,
    path,
    body: { type: "custom", displayName: `${name} {mark}`, status: "active", webhooks },
    makes: custom(as),
  });
  const inner = { target: target(1), triggers };
  const shown = { [id]: "{custom}", type: "custom", displayName: "bot {mark}", webhooks: { $has: inner } };
  return {
    name: "custom integrations and their webhooks",
    source: "v2.md#webhooks-are-part-of-custom-integrations",
    needs: "own app",
    steps: [
      {
        name: "custom: create one whose target does not respond",
        ...create([{ target: deadTarget, triggers }], "deadCustom", "dead"),
        documented: { status: [400] },
      },
      {
        name: "custom: create one without a webhook",
        method: "POST",
        path,
        body: { type: "custom", displayName: "empty {mark}" },
        makes: custom("customEmpty"),
        documented: { status: [400] },
      },
      ...withTarget([
        {
          name: "custom: create",
          ...create([inner]),
          keeps: { webhook: "integration.webhooks.0.id" },
          documented: {
            status: [201],
            body: {
              integration: { ...shown, [id]: "$id", webhooks: { $has: { ...inner, secret: "$secret" } } },
            },
          },
        },
        get("custom: read", one, {
          documented: { status: [200], body: { integration: shown } },
        }),
        get("custom: list", `${path}?filter[types]=custom`, {
          documented: { status: [200], body: { integrations: { $has: shown } } },
        }),
        {
          name: "custom: create one with two webhooks",
          ...create(
            [
              { target: target(2), triggers },
              { target: target(3), triggers },
            ],
            "customTwo",
            "two",
          ),
          documented: { status: [400] },
        },
        {
          name: "custom: create one with the same target",
          ...create([inner], "customAgain", "again"),
          question: duplicateTargets,
        },
        {
          name: "custom: create one with an unknown trigger",
          ...create([{ target: target(4), triggers: ["unknown:to:everybody"] }], "customUnknown", "unknown"),
          question: accepts("An unknown trigger in v2"),
        },
        {
          name: "custom: rename",
          method: "PATCH",
          path: one,
          body: { displayName: null },
          documented: {
            status: [200],
            body: { integration: { [id]: "{custom}" } },
            source: "v2.md#integrations",
          },
        },
        ...innerSteps(words),
        get("custom: list webhooks in v1.1", "/v1.1/apps/{app}/webhooks", {
          question: decides("A webhook created through v2", (body) =>
            Object(at(body, "webhooks")).length > 0 ? "v1.1 lists it" : "v1.1 does not list it",
          ),
        }),
        ...customLimits(create),
      ]),
    ],
  };
}

/** Calls on the webhook of a custom integration, which are documented for keys of apps only. */
function innerSteps({ app }: Words): Step[] {
  const path = `${app}/integrations/{custom}/webhooks`;
  const one = `${path}/{webhook}`;
  return [
    get("custom: list webhooks with an account key", path, {
      question: responds("An account key on v2's webhook calls"),
    }),
    get("custom: list webhooks with an app key", path, {
      as: "app key",
      documented: { status: [200], body: { webhooks: { $has: { id: "{webhook}", target: target(1) } } } },
    }),
    {
      name: "custom: change a webhook's triggers",
      method: "PATCH",
      path: one,
      body: { triggers: ["conversation:read"] },
      as: "app key",
      documented: {
        status: [200],
        body: { webhook: { id: "{webhook}", target: target(1), triggers: ["conversation:read"] } },
        source: "v2.md#webhooks-are-part-of-custom-integrations",
      },
    },
    {
      name: "custom: change a webhook to a target that does not respond",
      method: "PATCH",
      path: one,
      body: { target: deadTarget },
      as: "app key",
      question: accepts("A change to a target that does not respond"),
    },
    {
      name: "custom: create a second webhook",
      method: "POST",
      path,
      body: { target: target(5), triggers: ["conversation:message"] },
      as: "app key",
      makes: { label: "webhook", as: "webhookSecond", envelope: "webhook" },
      question: accepts("`POST …/webhooks` below a custom integration that has its webhook"),
    },
  ];
}

function customLimits(create: (webhooks: Json, as: string, name: string) => Omit<Step, "name">): Step[] {
  const triggers = ["conversation:message"];
  const number = (n: number) => create([{ target: target(100 + n), triggers }], `custom${n}`, `bot ${n}`);
  return [
    ...Array.from(
      { length: 9 },
      (_, index): Step => ({
        name: `custom: create number ${index + 2}`,
        ...number(index + 2),
        isLimit: true,
        // The objects of earlier questions may count too.
        question: accepts(`Webhook number ${index + 2} of an app`),
      }),
    ),
    {
      name: "custom: create an eleventh",
      ...number(11),
      isLimit: true,
      question: accepts("An eleventh webhook"),
    },
  ];
}
