import type { Api } from "./api";
import { type ApiVersion, apiVersions } from "./api-version";

/** A kind of object, and its format in each API version that has it. */
export interface Endpoint<T, Form> {
  /** Used in messages, and in paths and envelopes unless a form overrides it, e.g. `key`. */
  label: string;
  forms: Readonly<Partial<Record<ApiVersion, Form>>>;
  /** Values of an object to keep out of messages. */
  secrets?(object: T): (string | undefined)[];
}

export function formIn<Form>(endpoint: Endpoint<never, Form>, version: ApiVersion): Form {
  const form = endpoint.forms[version];
  if (form !== undefined) return form;
  const others = versionsOf(endpoint).join(" or ");
  throw new Error(`API ${version} has no ${endpoint.label}s: set smooch:apiVersion to ${others}.`);
}

/** Keeps the object's secrets out of all messages from now on. */
export async function learned<T>(
  api: Api,
  { secrets }: Endpoint<T, unknown>,
  answer: Promise<T>,
): Promise<T> {
  const object = await answer;
  api.learn(secrets?.(object) ?? []);
  return object;
}

/** The API versions that have such objects. */
export function versionsOf({ forms }: Endpoint<never, unknown>): ApiVersion[] {
  return apiVersions.filter((version) => forms[version] !== undefined);
}
