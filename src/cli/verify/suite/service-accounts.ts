import { at, decides, responds } from "../answers";
import type { Made, Part, Words } from "../step";
import { creates, deletion, get, post, put, shows } from "./common";
import { deletion as keyDeletion, life, limits } from "./keys";

const serviceAccount = (as: string): Made => ({ label: "service account", as, envelope: "serviceAccount" });

/** They belong to the account and not to the app. */
export function serviceAccounts(words: Words): Part {
  const { version, app, id } = words;
  const path = `/${version}/serviceaccounts`;
  const one = `${path}/{serviceAccount}`;
  const shown = { [id]: "{serviceAccount}", name: "verify {mark}" };
  const source = "legacy.md#service-accounts";
  const ring = {
    called: "service account keys",
    holder: "a service account",
    path: `${one}/keys`,
    as: "serviceKey",
    prefix: "svc_",
    source,
  };
  return {
    name: "service accounts and their keys",
    source,
    needs: "user account",
    steps: [
      post("service accounts: create", path, {
        body: { name: "verify {mark}" },
        makes: serviceAccount("serviceAccount"),
        documented: creates({ serviceAccount: { ...shown, [id]: "$id" } }),
      }),
      get("service accounts: read", one, { documented: shows({ serviceAccount: shown }) }),
      get("service accounts: list", `${path}?limit=100`, {
        listsOthers: true,
        documented: shows({ serviceAccounts: "$list", hasMore: "$boolean" }),
      }),
      post("service accounts: create one with the same name", path, {
        body: { name: "verify {mark}" },
        makes: serviceAccount("serviceAccountAgain"),
        documented: { status: [400, 409] },
        question: responds("A second service account with the same name"),
      }),
      ...life(words, ring),
      get("service account keys: list apps", `/${version}/apps`, {
        as: "service key",
        listsOthers: true,
        documented: shows({ apps: "$list" }),
        question: decides("The apps of a new service account", (body) =>
          Object(at(body, "apps")).length === 0 ? "none of the account's" : "those of the account",
        ),
      }),
      get("service account keys: read an app of the account", app, {
        as: "service key",
        documented: { status: [404], code: "gone", source: "legacy.md#hosts-and-credentials" },
      }),
      get("service account keys: list service accounts", path, {
        as: "service key",
        listsOthers: true,
        documented: { status: [401, 403] },
      }),
      get("service accounts: list the apps of one", `/${version}/apps?serviceAccountId={serviceAccount}`, {
        listsOthers: true,
        question: decides("`serviceAccountId` when listing apps", (body) =>
          Object(at(body, "apps")).length === 0 ? "returns none of this run's" : "returns this run's app",
        ),
      }),
      put("service accounts: rename", one, {
        body: { name: "renamed {mark}" },
        documented: shows({ serviceAccount: { ...shown, name: "renamed {mark}" } }),
      }),
      ...limits(words, ring),
      ...keyDeletion(ring, { as: "service key", path: `/${version}/apps` }),
      ...deletion("service accounts", path, one),
    ],
  };
}
