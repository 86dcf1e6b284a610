import { z } from "zod";
import type { Api } from "./api";
import type { Call } from "./call";
import type { Form } from "./collection";
import { asSmoochError } from "./errors";
import { id, objectReader, readableSecret } from "./fit";

/** A key that signs tokens: of an app, a custom integration or a service account. */
export interface NewSecretKey {
  name: string;
}
export interface SecretKey extends NewSecretKey {
  id: string;
  /** Undefined if Smooch returns no secret, or only a masked one. */
  secret?: string | undefined;
}

export type SecretKeyForm = Form<SecretKey, NewSecretKey>;

const names = { segment: "keys", envelope: "key" };

export const legacyKeyForm: SecretKeyForm = {
  ...names,
  reader: objectReader(
    "_id",
    z.object({ _id: id, name: z.string(), secret: readableSecret }),
    ({ _id, name, secret }) => ({ id: _id, name, secret }),
  ),
  write: (body) => ({ body }),
};

export const v2KeyForm: SecretKeyForm = {
  ...names,
  reader: objectReader(
    "id",
    z.object({ id, displayName: z.string(), secret: readableSecret }),
    ({ id, displayName, secret }) => ({ id, name: displayName, secret }),
  ),
  write: ({ name }) => ({ body: { displayName: name } }),
};

/** What all such keys have in common. */
export const secretKeyParts = {
  secrets: ({ secret }: SecretKey) => [secret],
  isComplete: ({ secret }: SecretKey) => secret !== undefined,
};

/**
 * Whether the API itself refuses a call that a live key may make, which means that the key has been deleted. The token
 * should contain no times, so that a wrong local clock is no reason to refuse it.
 */
export async function isRefused(api: Api, token: string, call: Call<unknown>): Promise<boolean> {
  try {
    await api.sendAs({ token }, call);
    return false;
  } catch (error) {
    const { status, code } = asSmoochError(error);
    return status === 401 && code !== undefined;
  }
}
