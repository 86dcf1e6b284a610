import { accepts, at, decides, responds } from "../answers";
import type { Made, Part, Step, Words } from "../step";
import { creates, deletion, get, missing, patch, post, put, refused, shows } from "./common";

const integration = (as: string): Made => ({ label: "integration", as, envelope: "integration" });

/** Those that are not connected to another company's service. */
export function legacyIntegrations({ version, app, id }: Words): Part {
  const path = `${app}/integrations`;
  const one = `${path}/{web}`;
  const shown = { [id]: "{web}", type: "web" };
  return {
    name: "integrations",
    source: "legacy.md#integrations",
    needs: "own app",
    steps: [
      post("integrations: create web", path, {
        body: { type: "web", businessName: "verify {mark}" },
        makes: integration("web"),
        documented: creates({
          integration: { [id]: "$id", type: "web", status: "$string", businessName: "verify {mark}" },
        }),
      }),
      get("integrations: read", one, { documented: shows({ integration: shown }) }),
      get("integrations: list", path, { documented: shows({ integrations: { $has: shown } }) }),
      post("integrations: create a second web", path, {
        body: { type: "web", businessName: "second {mark}" },
        makes: integration("web2"),
        question: accepts("A second `web` integration in one app"),
      }),
      post("integrations: create one without a type", path, {
        body: { businessName: "untyped {mark}" },
        makes: integration("untyped"),
        documented: refused,
      }),
      put("integrations: change a colour", one, {
        body: { brandColor: "00838f" },
        documented: shows({ integration: { ...shown, brandColor: "00838f" } }),
      }),
      put("integrations: clear the business name", one, {
        body: { businessName: "" },
        documented: shows({ integration: { businessName: "" } }, "observed.md#others"),
        question: decides("Whether omitted fields of an integration's `PUT` stay", (body) =>
          at(body, "integration.brandColor") === "00838f" ? "they stay" : "they do not stay",
        ),
      }),
      ...(version === "v1.1" ? v1_1Only(one) : []),
    ],
  };
}

/** Comes after what uses them. */
export function legacyIntegrationDeletion({ app }: Words): Part {
  const path = `${app}/integrations`;
  return {
    name: "deletion of integrations",
    source: "legacy.md#calls-and-formats",
    needs: "own app",
    steps: deletion("integrations", path, `${path}/{web}`),
  };
}

function v1_1Only(one: string): Step[] {
  return [
    put("integrations: name", one, {
      body: { displayName: "web {mark}" },
      documented: shows({ integration: { displayName: "web {mark}" } }),
    }),
    put("integrations: remove the name", one, {
      body: { displayName: null },
      question: decides("`null` for `displayName` in v1.1", (body) =>
        at(body, "integration.displayName") === null ? "returns null" : "does not return null",
      ),
    }),
    put("integrations: set prechatCapture", one, {
      body: { prechatCapture: { enabled: false } },
      documented: { status: [200] },
    }),
  ];
}

/** In v2, an app may have several of them, so that a live app can have one more for a while. */
export function v2Integrations(words: Words): Part {
  const { app } = words;
  const path = `${app}/integrations`;
  const one = `${path}/{web}`;
  const shown = { id: "{web}", type: "web", displayName: "web {mark}" };
  return {
    name: "integrations",
    source: "v2.md#integrations",
    needs: "any app",
    steps: [
      post("integrations: create web", path, {
        body: { type: "web", displayName: "web {mark}" },
        makes: integration("web"),
        documented: creates({ integration: { ...shown, id: "$id", status: "$string" } }),
      }),
      get("integrations: read", one, {
        documented: shows({ integration: { ...shown, showAIDisclaimer: true } }),
        question: decides("`defaultResponder` of a v2 channel", (body) =>
          at(body, "integration.defaultResponder") === undefined ? "is omitted" : "is returned",
        ),
      }),
      ...["web", "android", "ios", "unity"].map(
        (type): Step =>
          post(`integrations: create ${type === "web" ? "a second web" : type}`, path, {
            body: { type, displayName: `${type}2 {mark}` },
            makes: integration(`${type}2`),
            documented: creates({ integration: { id: "$id", type } }),
          }),
      ),
      get("integrations: list", `${path}?filter[types]=web&page[size]=100`, {
        listsOthers: true,
        documented: shows({ integrations: { $has: shown } }),
      }),
      get("integrations: list a page", `${path}?page[size]=1`, {
        listsOthers: true,
        documented: shows({ integrations: "$list", meta: { hasMore: true } }, "v2.md#calls-and-formats"),
      }),
      post("integrations: create one without a type", path, {
        body: { displayName: "untyped {mark}" },
        makes: integration("untyped"),
        documented: refused,
      }),
      post("integrations: create one with a wrong colour", path, {
        body: { type: "web", displayName: "wrong {mark}", brandColor: "#00838f" },
        makes: integration("wrong"),
        documented: refused,
      }),
      patch("integrations: change a colour", one, {
        body: { brandColor: "00838f" },
        documented: shows({ integration: { ...shown, brandColor: "00838f" } }),
      }),
      patch("integrations: set a responder that does not exist", one, {
        body: { defaultResponderId: missing },
        question: accepts("`defaultResponderId` with an unknown id"),
      }),
      patch("integrations: return to the inherited responder", one, {
        body: { defaultResponderId: null },
        documented: { status: [200], source: "observed.md#others" },
      }),
      patch("integrations: remove the name", one, {
        body: { displayName: null },
        documented: { status: [200] },
      }),
    ],
  };
}

/** Comes after what uses them. */
export function v2IntegrationDeletion({ app }: Words): Part {
  const path = `${app}/integrations`;
  return {
    name: "deletion of integrations",
    source: "v2.md#calls-and-formats",
    needs: "any app",
    steps: [
      ...deletion("integrations", path, `${path}/{web}`),
      get("integrations: list after a deleted one", `${path}?page[size]=1&page[after]={web}`, {
        listsOthers: true,
        question: responds("A v2 cursor whose integration was deleted"),
      }),
    ],
  };
}
