import { accepts, at, decides, metadataMerges, notFound, responds, unknownFields } from "../answers";
import type { Part, Words } from "../step";
import {
  creates,
  deleted,
  get,
  goneAsObserved,
  missing,
  post,
  refused,
  remove,
  sender,
  shows,
} from "./common";

export const newApp = { label: "app", as: "app", envelope: "app" } as const;

export function apps(words: Words): Part {
  const { version, app, id, name, update, isLegacy, page } = words;
  const apps = `/${version}/apps`;
  const change = sender(update);
  return {
    name: "apps",
    source: `${isLegacy ? "legacy" : "v2"}.md#apps-and-keys`,
    needs: "own app",
    steps: [
      post("apps: create", apps, {
        body: { [name]: "verify {mark}", metadata: { a: "1", b: "2" } },
        makes: newApp,
        documented: creates({
          app: { [id]: "$id", [name]: "verify {mark}", ...(isLegacy && { appToken: "$string" }) },
        }),
      }),
      get("apps: read", app, { documented: shows({ app: { [id]: "{app}", [name]: "verify {mark}" } }) }),
      get("apps: list a page", `${apps}?${page(1)}`, {
        listsOthers: true,
        documented: shows({ apps: "$list", ...(isLegacy && { hasMore: "$boolean" }) }),
      }),
      get("apps: list a page of more than 100", `${apps}?${page(101)}`, {
        listsOthers: true,
        question: accepts("A page size of more than 100"),
      }),
      change("apps: rename", app, {
        body: { [name]: "verify {mark} again" },
        documented: shows(
          { app: { [id]: "{app}", [name]: "verify {mark} again", metadata: { a: "1", b: "2" } } },
          "observed.md#confirmed",
        ),
      }),
      change("apps: change a setting", app, {
        body: { settings: { useAnimalNames: true } },
        documented: shows({ app: { settings: { useAnimalNames: true } } }),
      }),
      change("apps: change another setting", app, {
        body: { settings: { maskCreditCardNumbers: false } },
        documented: shows({ app: { settings: { maskCreditCardNumbers: false } } }),
        question: decides("`settings` in an update", (body) =>
          at(body, "app.settings.useAnimalNames") === true ? "merges them one by one" : "replaces them",
        ),
      }),
      change("apps: change metadata", app, {
        body: { metadata: { a: "1" } },
        documented: shows({ app: { metadata: { a: "1" } } }),
        question: metadataMerges,
      }),
      change("apps: null for one entry of metadata", app, {
        body: { metadata: { a: null, c: "3" } },
        question: decides("`null` for one entry of metadata", (body) =>
          at(body, "app.metadata.a") === undefined ? "removes the entry" : "keeps the entry",
        ),
      }),
      change("apps: null for all metadata", app, {
        body: { metadata: null },
        question: decides("`null` for all metadata", (body) =>
          Object.keys(Object(at(body, "app.metadata"))).length === 0
            ? "removes all of it"
            : "keeps some of it",
        ),
      }),
      change("apps: an unknown field", app, {
        body: { [name]: "verify {mark}", unknownToEverybody: true },
        question: unknownFields,
      }),
      get("apps: read a missing one", `${apps}/${missing}`, {
        documented: goneAsObserved,
        question: notFound,
      }),
      get("apps: read with a malformed id", `${apps}/not-an-id`, { question: responds("A malformed id") }),
      get("apps: list without credentials", apps, {
        as: "anonymous",
        documented: { status: [401], source: "legacy.md#calls-and-formats" },
      }),
      get("apps: list with an account key that claims the scope app", apps, {
        as: "account key as app",
        listsOthers: true,
        question: responds("An account key whose token claims the scope `app`"),
      }),
      ...limits(words),
    ],
  };
}

function limits({ app, name, update, isLegacy }: Words): Part["steps"] {
  const change = sender(update);
  return [
    change("apps: a name of 101 characters", app, {
      body: { [name]: "n".repeat(101) },
      isLimit: true,
      ...(isLegacy ? { question: accepts("A name of 101 characters") } : { documented: refused }),
    }),
    change("apps: metadata of more than 4096 bytes", app, {
      body: { metadata: { a: "m".repeat(4096) } },
      isLimit: true,
      ...(isLegacy ? { question: accepts("Metadata of more than 4096 bytes") } : { documented: refused }),
    }),
  ];
}

/** What an app's key may do with the app. In v1, nothing that is known. */
export function appAsItself({ version, app, id, name, update }: Words): Part {
  const mayRead = version === "v1" ? undefined : { documented: shows({ app: { [id]: "{app}" } }) };
  const about = "Access to the app itself with an app key";
  const change = sender(update);
  return {
    name: "apps, with an app key",
    source: version === "v2" ? "v2.md#hosts-and-credentials" : "observed.md#others",
    needs: "own app",
    steps: [
      get("apps: read with an app key", app, {
        as: "app key",
        ...(mayRead ?? { question: responds(`${about}: read`) }),
      }),
      change("apps: change with an app key", app, {
        body: { [name]: "verify {mark}" },
        as: "app key",
        ...(version === "v2" ? mayRead : { question: responds(`${about}: change`) }),
      }),
      get("apps: list with an app key", `/${version}/apps`, {
        as: "app key",
        listsOthers: true,
        documented: { status: [401, 403] },
      }),
      get("apps: list with an app key that claims the scope account", `/${version}/apps`, {
        as: "app key as account",
        listsOthers: true,
        documented: { status: [401, 403], source: "legacy.md#hosts-and-credentials" },
      }),
    ],
  };
}

/** Comes last, when the app is empty. */
export function appDeletion({ version, app }: Words): Part {
  return {
    name: "deletion of the app",
    source: `${version === "v2" ? "v2" : "legacy"}.md#calls-and-formats`,
    needs: "own app",
    steps: [
      remove("apps: delete", app, { documented: deleted }),
      get("apps: read the deleted one", app, { documented: goneAsObserved }),
      get("keys: list those of the deleted app", `${app}/keys`, { documented: goneAsObserved }),
      remove("apps: delete again", app, { question: responds("A second DELETE of an app") }),
    ],
  };
}
