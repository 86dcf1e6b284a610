import { z } from "zod";
import type { Api } from "../api";
import { type ChangeableForm, type Collection, changeableIn } from "../collection";
import { id, objectReader } from "../fit";
import { account } from "../place";

export interface NewServiceAccount {
  name: string;
}
export interface ServiceAccount extends NewServiceAccount {
  id: string;
}
export interface ServiceAccountChange {
  name?: string | undefined;
}

type ServiceAccountForm = ChangeableForm<ServiceAccount, NewServiceAccount, ServiceAccountChange>;

const write = (body: ServiceAccountChange) => ({ body });

const legacy: ServiceAccountForm = {
  segment: "serviceaccounts",
  envelope: "serviceAccount",
  reader: objectReader("_id", z.object({ _id: id, name: z.string() }), ({ _id, name }) => ({
    id: _id,
    name,
  })),
  write,
  isPaged: true,
  update: ({ api, calls }, id, change) => api.send(calls.update(id, write(change))),
};

export const serviceAccount: Collection<ServiceAccount, ServiceAccountForm> = {
  label: "service account",
  forms: { v1: legacy, "v1.1": legacy },
};

/** The address of a service account is empty: it belongs to the account itself. */
export const serviceAccounts = (api: Api) => changeableIn(api, serviceAccount, (_: object) => account);
