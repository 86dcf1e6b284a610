import { accepts, at, decides, metadataMerges, notFound, responds, unknownFields } from "../answers";
import type { Part, Words } from "../step";
import { get, missing, remove } from "./common";

export const newApp = { label: "app", as: "app", envelope: "app" } as const;

export function apps(words: Words): Part {
  const { version, app, id, name, update, isLegacy, page } = words;
  const apps = `/${version}/apps`;
  const change = { method: update, path: app } as const;
  return {
    name: "apps",
    source: `${isLegacy ? "legacy" : "v2"}.md#apps-and-keys`,
    needs: "own app",
    steps: [
      {
        name: "apps: create",
        method: "POST",
        path: apps,
        body: { [name]: "verify {mark}", metadata: { a: "1", b: "2" } },
        makes: newApp,
        documented: {
          status: [201],
          body: { app: { [id]: "$id", [name]: "verify {mark}", ...(isLegacy && { appToken: "$string" }) } },
        },
      },
      get("apps: read", app, {
        documented: { status: [200], body: { app: { [id]: "{app}", [name]: "verify {mark}" } } },
      }),
      get("apps: list a page", `${apps}?${page(1)}`, {
        listsOthers: true,
        documented: { status: [200], body: { apps: "$list", ...(isLegacy && { hasMore: "$boolean" }) } },
      }),
      get("apps: list a page of more than 100", `${apps}?${page(101)}`, {
        listsOthers: true,
        question: accepts("A page size of more than 100"),
      }),
      {
        name: "apps: rename",
        ...change,
        body: { [name]: "verify {mark} again" },
        documented: {
          status: [200],
          body: { app: { [id]: "{app}", [name]: "verify {mark} again", metadata: { a: "1", b: "2" } } },
          source: "observed.md#confirmed",
        },
      },
      {
        name: "apps: change a setting",
        ...change,
        body: { settings: { useAnimalNames: true } },
        documented: { status: [200], body: { app: { settings: { useAnimalNames: true } } } },
      },
      {
        name: "apps: change another setting",
        ...change,
        body: { settings: { maskCreditCardNumbers: false } },
        documented: { status: [200], body: { app: { settings: { maskCreditCardNumbers: false } } } },
        question: decides("`settings` in an update", (body) =>
          at(body, "app.settings.useAnimalNames") === true ? "merges them one by one" : "replaces them",
        ),
      },
      {
        name: "apps: change metadata",
        ...change,
        body: { metadata: { a: "1" } },
        documented: { status: [200], body: { app: { metadata: { a: "1" } } } },
        question: metadataMerges,
      },
      {
        name: "apps: null for one entry of metadata",
        ...change,
        body: { metadata: { a: null, c: "3" } },
        question: decides("`null` for one entry of metadata", (body) =>
          at(body, "app.metadata.a") === undefined ? "removes the entry" : "keeps the entry",
        ),
      },
      {
        name: "apps: null for all metadata",
        ...change,
        body: { metadata: null },
        question: decides("`null` for all metadata", (body) =>
          Object.keys(Object(at(body, "app.metadata"))).length === 0
            ? "removes all of it"
            : "keeps some of it",
        ),
      },
      {
        name: "apps: an unknown field",
        ...change,
        body: { [name]: "verify {mark}", unknownToEverybody: true },
        question: unknownFields,
      },
      get("apps: read a missing one", `${apps}/${missing}`, {
        documented: { status: [404], code: "gone", source: "observed.md#a-404-can-have-many-sources" },
        question: notFound,
      }),
      get("apps: read with a malformed id", `${apps}/not-an-id`, {
        question: responds("A malformed id"),
      }),
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
  const refused = { documented: { status: [400] } } as const;
  return [
    {
      name: "apps: a name of 101 characters",
      method: update,
      path: app,
      body: { [name]: "n".repeat(101) },
      isLimit: true,
      ...(isLegacy ? { question: accepts("A name of 101 characters") } : refused),
    },
    {
      name: "apps: metadata of more than 4096 bytes",
      method: update,
      path: app,
      body: { metadata: { a: "m".repeat(4096) } },
      isLimit: true,
      ...(isLegacy ? { question: accepts("Metadata of more than 4096 bytes") } : refused),
    },
  ];
}

/** What an app's key may do with the app. In v1, nothing that is known. */
export function appAsItself({ version, app, id, name, update }: Words): Part {
  const mayRead =
    version === "v1" ? undefined : { documented: { status: [200], body: { app: { [id]: "{app}" } } } };
  const about = "Access to the app itself with an app key";
  return {
    name: "apps, with an app key",
    source: version === "v2" ? "v2.md#hosts-and-credentials" : "observed.md#others",
    needs: "own app",
    steps: [
      get("apps: read with an app key", app, {
        as: "app key",
        ...(mayRead ?? { question: responds(`${about}: read`) }),
      }),
      {
        name: "apps: change with an app key",
        method: update,
        path: app,
        body: { [name]: "verify {mark}" },
        as: "app key",
        ...(version === "v2" ? mayRead : { question: responds(`${about}: change`) }),
      },
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
      remove("apps: delete", app, { documented: { status: "deleted" } }),
      get("apps: read the deleted one", app, {
        documented: { status: [404], code: "gone", source: "observed.md#a-404-can-have-many-sources" },
      }),
      get("keys: list those of the deleted app", `${app}/keys`, {
        documented: { status: [404], code: "gone", source: "observed.md#a-404-can-have-many-sources" },
      }),
      remove("apps: delete again", app, {
        question: responds("A second DELETE of an app"),
      }),
    ],
  };
}
