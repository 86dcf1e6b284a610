import { accepts, at, decides, duplicateTargets } from "../answers";
import type { Made, Part, Step, Words } from "../step";
import {
  creates,
  deadTarget,
  deletion,
  get,
  numbered,
  post,
  put,
  refused,
  shows,
  target,
  withTarget,
} from "./common";

const webhook = (as: string): Made => ({ label: "webhook", as, envelope: "webhook" });

/** In v1 and v1.1, a webhook is an object of its own. */
export function webhooks({ version, app, id }: Words): Part {
  const path = `${app}/webhooks`;
  const one = `${path}/{webhook}`;
  const triggers = [version === "v1" ? "message" : "message:appUser"];
  const shown = { [id]: "{webhook}", target: target(1), triggers };
  return {
    name: "webhooks",
    source: "legacy.md#webhooks",
    needs: "own app",
    steps: [
      post("webhooks: create one whose target does not respond", path, {
        body: { target: deadTarget, triggers },
        makes: webhook("deadWebhook"),
        documented: refused,
      }),
      ...withTarget([
        post("webhooks: create", path, {
          body: { target: target(1), triggers },
          makes: webhook("webhook"),
          documented: creates({ webhook: { [id]: "$id", target: target(1), triggers, secret: "$secret" } }),
        }),
        get("webhooks: read", one, { documented: shows({ webhook: shown }) }),
        get("webhooks: list", path, { documented: shows({ webhooks: { $has: shown } }) }),
        put("webhooks: change the triggers", one, {
          body: { triggers: ["conversation:read"] },
          documented: shows(
            { webhook: { ...shown, triggers: ["conversation:read"] } },
            "observed.md#confirmed",
          ),
        }),
        post("webhooks: create one with all triggers", path, {
          body: { target: target(2), triggers: ["*"] },
          makes: webhook("webhook2"),
          documented: { status: [201], body: { webhook: { triggers: ["*"] } }, source: "observed.md#others" },
        }),
        post("webhooks: create one without triggers", path, {
          body: { target: target(3) },
          makes: webhook("webhook3"),
          ...(version === "v1"
            ? { documented: creates({ webhook: { triggers: ["message"] } }) }
            : { question: accepts("A webhook without triggers") }),
        }),
        post("webhooks: create one with an unknown trigger", path, {
          body: { target: target(4), triggers: ["unknown:to:everybody"] },
          makes: webhook("webhook4"),
          question: accepts("An unknown trigger"),
        }),
        post("webhooks: create one with the same target", path, {
          body: { target: target(1), triggers },
          makes: webhook("webhookAgain"),
          question: duplicateTargets,
        }),
        put("webhooks: change to a target that does not respond", one, {
          body: { target: deadTarget },
          question: accepts("A change to a target that does not respond"),
        }),
        get("webhooks: list in v2", "/v2/apps/{app}/integrations?filter[types]=custom", {
          question: decides(`A webhook created through ${version}`, (body) =>
            Object(at(body, "integrations")).length > 0
              ? "v2 shows it as a custom integration"
              : "v2 does not show it",
          ),
        }),
        ...limits(path, triggers),
        ...deletion("webhooks", path, one),
      ]),
    ],
  };
}

function limits(path: string, triggers: readonly string[]): Step[] {
  return numbered(4, 13, (number) =>
    post(`webhooks: create number ${number}`, path, {
      body: { target: target(100 + number), triggers },
      makes: webhook(`webhookMore${number}`),
      isLimit: true,
      // The objects of earlier questions may count too.
      question: accepts(`Webhook number ${number} of an app`),
    }),
  );
}
