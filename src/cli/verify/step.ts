import type { Profile } from "../../emulator/index";
import type { ApiVersion } from "../../smooch/api-version";
import type { WireRequest } from "../../smooch/host";

export type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [name: string]: Json };

/** Whose credentials a call has. */
export type Caller =
  | "configured"
  | "anonymous"
  | "app key"
  | "app key as account"
  | "account key as app"
  | "integration key"
  | "service key";

/** A response of the API. */
export interface Answer {
  status: number;
  /** Parsed if it is JSON, otherwise the text; undefined if it is empty. */
  body: unknown;
  isJson: boolean;
}

/**
 * One HTTP exchange. In strings, `{name}` is the id, or another value, that an earlier step remembered; `{mark}` is the
 * mark of the run, which the name of every object contains. A step whose values are missing is skipped.
 */
export interface Step {
  /** Unique in the suite: recordings refer to it. */
  name: string;
  method: WireRequest["method"];
  /** With the API version, and the query if there is one. */
  path: string;
  body?: Json;
  /** Default: `configured`. */
  as?: Caller;
  /** What the call creates. A step that the API should refuse says so as well: it may not refuse. */
  makes?: Made;
  /** More values to remember, by name: where each is in the response, e.g. `integration.webhooks.0.id`. */
  keeps?: Readonly<Record<string, string>>;
  /** What docs/api says about the response. */
  documented?: Documented;
  /** What docs/api leaves open about it. */
  question?: Question;
  /** The response lists objects that are not of this run too; those are dropped at once. */
  listsOthers?: boolean;
  /** It needs a public address that the user gave. */
  needsTarget?: boolean;
  /** It belongs to the checks of limits. */
  isLimit?: boolean;
}

export interface Made {
  /** In messages, e.g. `key`. */
  label: string;
  /** The name under which its id is remembered; its secret, if it has one, is remembered as `{name}.secret`. */
  as: string;
  /** The property of the response that holds it. Lists have an `s` at its end. */
  envelope: string;
  /** It has no id of its own: it is deleted and read at the path of its creation. */
  isSingleton?: boolean;
  /** It has no name, so the mark is not in it; it exists only in an app that belongs to the run. */
  isUnnamed?: boolean;
  /** The API has no call to read a single one. */
  isListedOnly?: boolean;
}

export interface Documented {
  /** The possible statuses. `deleted`: any success. */
  status: readonly number[] | "deleted";
  /** The error's code: a pattern, or `gone` for the codes that say that an object does not exist. */
  code?: "gone" | RegExp;
  /** What the body contains at least: see `matches` in match.ts. */
  body?: Json;
  /** A page of docs/api, and the section. Default: that of the part. */
  source?: string;
}

export interface Question {
  /** In words, as in docs/emulator.md. */
  about: string;
  /** The profile's setting that gives the same answer in the emulator. */
  setting?: Setting;
  answer(answer: Answer): string;
}

/** `secretsRead` and `secretsListed` together give the profile's `secrets`. */
export type Setting = Exclude<keyof Profile, "secrets" | "serves"> | "secretsRead" | "secretsListed";

/** Steps on one kind of object. */
export interface Part {
  name: string;
  /** Where docs/api describes it. */
  source: string;
  /**
   * `any app`: it changes nothing that belongs to the app itself. `own app`: the app must have been created by this run.
   * `user account`: the calls need the key of a person, not of a service account.
   */
  needs: "any app" | "own app" | "user account";
  steps: readonly Step[];
}

/** What an API version calls things. */
export interface Words {
  version: ApiVersion;
  isLegacy: boolean;
  /** The properties with the id and the name. */
  id: "_id" | "id";
  name: "name" | "displayName";
  update: "PUT" | "PATCH";
  /** `/v1/apps/{app}`. */
  app: string;
  /** The query for the first page. */
  page(size: number): string;
}

export function wordsOf(version: ApiVersion): Words {
  const common = { version, isLegacy: version !== "v2", app: `/${version}/apps/{app}` };
  return common.isLegacy
    ? { ...common, id: "_id", name: "name", update: "PUT", page: (size) => `limit=${size}` }
    : { ...common, id: "id", name: "displayName", update: "PATCH", page: (size) => `page[size]=${size}` };
}
