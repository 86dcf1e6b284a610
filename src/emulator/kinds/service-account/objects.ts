import { z } from "zod";
import type { UserAccountCall } from "../../access";
import { Collection } from "../../children";
import { notFound } from "../../errors";
import type { Stored } from "../../fields";
import type { Account } from "../../model";
import { type SecretKey, savedKey } from "../key/routes";

const savedServiceAccount = z.object({ id: z.string(), name: z.string() });

/** An API user of the account, with access only to the apps that it creates. */
export interface ServiceAccount extends Stored<typeof savedServiceAccount> {}

export const serviceAccounts = new Collection<ServiceAccount>(
  "serviceAccounts",
  savedServiceAccount,
  "account",
);

export interface ServiceAccountKey extends SecretKey {
  readonly serviceAccountId: string;
}

export const serviceAccountKeys = new Collection<ServiceAccountKey>(
  "serviceAccountKeys",
  z.object({ ...savedKey, serviceAccountId: z.string() }),
  "account",
);

/** Returns the service account that the path refers to. */
export function getServiceAccount({ account, params }: UserAccountCall): ServiceAccount {
  const serviceAccount = serviceAccounts.of(account).get(params("serviceAccountId"));
  if (serviceAccount === undefined) throw notFound("The account has no service account with this id.");
  return serviceAccount;
}

/** Deletes a service account with its keys. The apps that it created stay. */
export function deleteServiceAccount(account: Account, { id }: ServiceAccount): void {
  serviceAccounts.of(account).delete(id);
  for (const key of keysOf(account, id)) serviceAccountKeys.of(account).delete(key.id);
}

export function keysOf(account: Account, serviceAccountId: string): ServiceAccountKey[] {
  return serviceAccountKeys.listOf(account).filter((key) => key.serviceAccountId === serviceAccountId);
}
