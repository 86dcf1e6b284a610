import type { Api } from "./api";
import type { ApiVersion } from "./api-version";

/** A kind of object, and its format in each API version that has it. */
export interface Endpoint<T, Form> {
  /** Used in messages, and in paths and envelopes unless a form overrides it, e.g. `key`. */
  label: string;
  forms: Readonly<Partial<Record<ApiVersion, Form>>>;
  /** Values of an object to keep out of messages. */
  secrets?(object: T): (string | undefined)[];
}

export function formIn<Form>({ label, forms }: Endpoint<never, Form>, version: ApiVersion): Form {
  const form = forms[version];
  if (form === undefined) throw new Error(`A ${label} does not exist in API ${version}.`);
  return form;
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
