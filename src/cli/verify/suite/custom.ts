import { accepts, at, decides, duplicateTargets, responds } from "../answers";
import type { Json, Made, Part, Step, Words } from "../step";
import {
  creates,
  deadTarget,
  get,
  numbered,
  patch,
  post,
  refused,
  shows,
  target,
  withTarget,
} from "./common";

const custom = (as: string): Made => ({ label: "integration", as, envelope: "integration" });

const bot = (name: string, webhooks: Json) => ({
  type: "custom",
  displayName: `${name} {mark}`,
  status: "active",
  webhooks,
});

/** In v2, a webhook is part of a custom integration. Its deletion comes later: other objects need it. */
export function customIntegrations(words: Words): Part {
  const { app, id } = words;
  const path = `${app}/integrations`;
  const one = `${path}/{custom}`;
  const triggers = ["conversation:message"];
  const inner = { target: target(1), triggers };
  const shown = { [id]: "{custom}", type: "custom", displayName: "bot {mark}", webhooks: { $has: inner } };
  return {
    name: "custom integrations and their webhooks",
    source: "v2.md#webhooks-are-part-of-custom-integrations",
    needs: "own app",
    steps: [
      post("custom: create one whose target does not respond", path, {
        body: bot("dead", [{ target: deadTarget, triggers }]),
        makes: custom("deadCustom"),
        documented: refused,
      }),
      post("custom: create one without a webhook", path, {
        body: { type: "custom", displayName: "empty {mark}" },
        makes: custom("customEmpty"),
        documented: refused,
      }),
      ...withTarget([
        post("custom: create", path, {
          body: bot("bot", [inner]),
          makes: custom("custom"),
          keeps: { webhook: "integration.webhooks.0.id" },
          documented: creates({
            integration: { ...shown, [id]: "$id", webhooks: { $has: { ...inner, secret: "$secret" } } },
          }),
        }),
        get("custom: read", one, { documented: shows({ integration: shown }) }),
        get("custom: list", `${path}?filter[types]=custom`, {
          documented: shows({ integrations: { $has: shown } }),
        }),
        post("custom: create one with two webhooks", path, {
          body: bot("two", [
            { target: target(2), triggers },
            { target: target(3), triggers },
          ]),
          makes: custom("customTwo"),
          documented: refused,
        }),
        post("custom: create one with the same target", path, {
          body: bot("again", [inner]),
          makes: custom("customAgain"),
          question: duplicateTargets,
        }),
        post("custom: create one with an unknown trigger", path, {
          body: bot("unknown", [{ target: target(4), triggers: ["unknown:to:everybody"] }]),
          makes: custom("customUnknown"),
          question: accepts("An unknown trigger in v2"),
        }),
        patch("custom: rename", one, {
          body: { displayName: null },
          documented: shows({ integration: { [id]: "{custom}" } }, "v2.md#integrations"),
        }),
        ...innerSteps(words),
        get("custom: list webhooks in v1.1", "/v1.1/apps/{app}/webhooks", {
          question: decides("A webhook created through v2", (body) =>
            Object(at(body, "webhooks")).length > 0 ? "v1.1 lists it" : "v1.1 does not list it",
          ),
        }),
        ...customLimits(path),
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
      documented: shows({ webhooks: { $has: { id: "{webhook}", target: target(1) } } }),
    }),
    patch("custom: change a webhook's triggers", one, {
      body: { triggers: ["conversation:read"] },
      as: "app key",
      documented: shows(
        { webhook: { id: "{webhook}", target: target(1), triggers: ["conversation:read"] } },
        "v2.md#webhooks-are-part-of-custom-integrations",
      ),
    }),
    patch("custom: change a webhook to a target that does not respond", one, {
      body: { target: deadTarget },
      as: "app key",
      question: accepts("A change to a target that does not respond"),
    }),
    post("custom: create a second webhook", path, {
      body: { target: target(5), triggers: ["conversation:message"] },
      as: "app key",
      makes: { label: "webhook", as: "webhookSecond", envelope: "webhook" },
      question: accepts("`POST …/webhooks` below a custom integration that has its webhook"),
    }),
  ];
}

function customLimits(path: string): Step[] {
  const triggers = ["conversation:message"];
  const number = (n: number) => ({
    body: bot(`bot ${n}`, [{ target: target(100 + n), triggers }]),
    makes: custom(`custom${n}`),
    isLimit: true,
  });
  return [
    ...numbered(2, 10, (n) =>
      post(`custom: create number ${n}`, path, {
        ...number(n),
        // The objects of earlier questions may count too.
        question: accepts(`Webhook number ${n} of an app`),
      }),
    ),
    post("custom: create an eleventh", path, {
      ...number(11),
      question: accepts("An eleventh webhook"),
    }),
  ];
}
