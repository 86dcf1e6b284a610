import { accepts, deleteAnswer, responds, secrets } from "../answers";
import type { Caller, Made, Part, Step, Words } from "../step";
import { deleted, get, gone, missing, numbered, post, refused, remove, shows } from "./common";

/** What holds keys, and what they are called there. */
interface Ring {
  /** In names of steps, e.g. `keys`. */
  called: string;
  /** Their holder, in questions. */
  holder: string;
  path: string;
  /** The name under which the first key is remembered. */
  as: string;
  prefix: string;
  source: string;
}

const key = (as: string): Made => ({ label: "key", as, envelope: "key" });

export function keys(words: Words): Part {
  const ring = ringOfApp(words);
  return {
    name: "keys",
    source: ring.source,
    needs: "own app",
    steps: [
      ...life(words, ring),
      get("keys: list with an app key", ring.path, {
        as: "app key",
        documented: { status: [401, 403] },
      }),
      ...limits(words, ring),
    ],
  };
}

/** The key that the steps before used. */
export function keyDeletion(words: Words): Part {
  const ring = ringOfApp(words);
  return {
    name: "deletion of keys",
    source: ring.source,
    needs: "own app",
    steps: deletion(ring, { as: "app key", path: `${words.app}/integrations` }),
  };
}

function ringOfApp({ app, isLegacy }: Words): Ring {
  return {
    called: "keys",
    holder: "an app",
    path: `${app}/keys`,
    as: "key",
    prefix: "app_",
    source: `${isLegacy ? "legacy" : "v2"}.md#apps-and-keys`,
  };
}

/** Everything up to the deletion. */
export function life({ id, name, isLegacy }: Words, { called, path, as, prefix, holder }: Ring): Step[] {
  const one = `${path}/{${as}}`;
  const shown = { [id]: `{${as}}`, [name]: "key {mark}" };
  return [
    post(`${called}: create`, path, {
      body: { [name]: "key {mark}" },
      makes: key(as),
      documented: {
        // One of the descriptions says 200.
        status: [201, 200],
        body: { key: { [id]: `$id:${prefix}`, [name]: "key {mark}", secret: "$secret" } },
      },
    }),
    get(`${called}: read`, one, {
      documented: shows({ key: shown }),
      question: secrets("Whether a read shows a key's secret", "secretsRead", "key.secret"),
    }),
    get(`${called}: list`, path, {
      documented: shows({ keys: { $has: shown } }),
      question: secrets("Whether a list shows keys' secrets", "secretsListed", "keys.0.secret"),
    }),
    ...(isLegacy
      ? [get(`${called}: sign a token`, `${one}/jwt`, { documented: shows({ jwt: "$string" }) })]
      : []),
    post(`${called}: create one without a name`, path, {
      body: {},
      makes: key(`${as}WithoutName`),
      documented: refused,
    }),
    post(`${called}: create another with the same name`, path, {
      body: { [name]: "key {mark}" },
      makes: key(`${as}Again`),
      question: accepts(`A second key of ${holder} with the same name`),
    }),
    remove(`${called}: delete the other one`, `${path}/{${as}Again}`, {
      documented: deleted,
      question: deleteAnswer,
    }),
    get(`${called}: read the deleted one`, `${path}/{${as}Again}`, { documented: gone }),
    get(`${called}: read a missing one`, `${path}/${prefix}${missing}`, { documented: gone }),
  ];
}

export function limits({ name }: Words, { called, path, as, holder }: Ring): Step[] {
  return [
    ...numbered(2, 10, (number) =>
      post(`${called}: create number ${number}`, path, {
        body: { [name]: `key {mark} ${number}` },
        makes: key(`${as}${number}`),
        isLimit: true,
        documented: { status: [201, 200] },
      }),
    ),
    post(`${called}: create an eleventh`, path, {
      body: { [name]: "key {mark} 11" },
      makes: key(`${as}11`),
      isLimit: true,
      question: accepts(`An eleventh key of ${holder}`),
    }),
  ];
}

/** `probe` is a call that the key could make. */
export function deletion({ called, path, as, holder }: Ring, probe: { as: Caller; path: string }): Step[] {
  const one = `${path}/{${as}}`;
  return [
    remove(`${called}: delete`, one, { documented: deleted }),
    get(`${called}: read the last one after its deletion`, one, { documented: gone }),
    {
      name: `${called}: call with a deleted key`,
      method: "GET",
      ...probe,
      listsOthers: true,
      documented: { status: [401] },
    },
    remove(`${called}: delete again`, one, { question: responds(`A second DELETE of a key of ${holder}`) }),
  ];
}
