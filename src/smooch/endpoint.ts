import type { Api } from "./api";
import type { ApiVersion } from "./api-version";

/** A kind of objects, and how they travel in each API version that has them. */
export interface Endpoint<T, Form> {
  /** In messages, and in paths and envelopes unless a form says otherwise, e.g. `key`. */
  label: string;
  forms: Readonly<Partial<Record<ApiVersion, Form>>>;
  /** Values of an object that no message may show. */
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
