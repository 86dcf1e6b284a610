import { accepts, responds } from "../answers";
import type { Part, Words } from "../step";
import { get, post, refused, shows, withTarget } from "./common";
import { deletion as keyDeletion, life, limits } from "./keys";

export function integrationKeys(words: Words): Part {
  const { app } = words;
  const ring = {
    called: "integration keys",
    holder: "an integration",
    path: `${app}/integrations/{custom}/keys`,
    as: "integrationKey",
    prefix: "int_",
    source: "v2.md#keys-of-custom-integrations",
  };
  return {
    name: "keys of integrations",
    source: ring.source,
    needs: "own app",
    steps: [
      post("integration keys: create one of a channel", `${app}/integrations/{web}/keys`, {
        body: { displayName: "key {mark}" },
        makes: { label: "key", as: "channelKey", envelope: "key" },
        documented: refused,
      }),
      ...withTarget([
        ...life(words, ring),
        get("integration keys: list webhooks as the integration", `${app}/integrations/me/webhooks`, {
          as: "integration key",
          question: responds("A key of a `custom` integration at `…/integrations/me/webhooks`"),
        }),
        get("integration keys: list webhooks by id", `${app}/integrations/{custom}/webhooks`, {
          as: "integration key",
          documented: shows({ webhooks: { $has: { id: "{webhook}" } } }, "v2.md#hosts-and-credentials"),
        }),
        get("integration keys: read the app", app, {
          as: "integration key",
          documented: { status: [401, 403], source: "v2.md#hosts-and-credentials" },
        }),
        get("integration keys: read another integration's webhooks", `${app}/integrations/{web}/webhooks`, {
          as: "integration key",
          question: responds("A key of a `custom` integration for another integration"),
        }),
        post("integration keys: a name of 101 characters", ring.path, {
          body: { displayName: `{mark}${"n".repeat(101)}` },
          makes: { label: "key", as: "longKey", envelope: "key" },
          isLimit: true,
          question: accepts("The name of an integration's key with more than 100 characters"),
        }),
        ...limits(words, ring),
        ...keyDeletion(ring, { as: "integration key", path: `${app}/integrations/{custom}/webhooks` }),
      ]),
    ],
  };
}
