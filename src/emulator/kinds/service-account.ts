import { z } from "zod";
import { type UserAccountCall, withUserAccount } from "../access";
import type { ApiVersion } from "../api-version";
import { conflict } from "../errors";
import { text } from "../fields";
import { parseBody } from "../input";
import type { Account } from "../model";
import { cutPage, pageQuery } from "../page";
import { type Answer, type Route, route } from "../route";
import { type Kind, snapshotChildren } from "./kind";
import {
  deleteServiceAccount,
  getServiceAccount,
  type ServiceAccount,
  serviceAccounts,
} from "./service-account/objects";

export interface ServiceAccountSnapshot {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
}

export const serviceAccount = {
  plural: "serviceAccounts",
  children: serviceAccounts,
  visibility: { id: "plain", accountId: "plain", name: "plain" },
  routes,
  snapshot: snapshotChildren(
    serviceAccounts,
    (serviceAccount, accountId): ServiceAccountSnapshot => ({ ...serviceAccount, accountId }),
  ),
  summarize: ({ id, accountId, name }: ServiceAccountSnapshot) => ({ id, accountId, name }),
} as const satisfies Kind;

function routes(apiVersion: ApiVersion): Route[] {
  if (apiVersion === "v2") return [];
  const path = `/${apiVersion}/serviceaccounts`;
  const one = `${path}/{serviceAccountId}`;
  const query = pageQuery(apiVersion);
  return [
    route("createServiceAccount", "POST", path, withUserAccount(create)),
    route("listServiceAccounts", "GET", path, withUserAccount(list), query),
    route("getServiceAccount", "GET", one, withUserAccount(get)),
    route("updateServiceAccount", "PUT", one, withUserAccount(update)),
    route("deleteServiceAccount", "DELETE", one, withUserAccount(remove)),
  ];
}

const wire = z.strictObject({ name: text });

function create({ context, account, request }: UserAccountCall): Answer {
  const { name } = parseBody(wire, request);
  requireFreeName(account, name);
  return save(account, 201, { id: context.identifiers.objectId(), name });
}

function list({ account, request }: UserAccountCall): Answer {
  const { items, ...rest } = cutPage(serviceAccounts.listOf(account), request);
  return { status: 200, body: { serviceAccounts: items.map(write), ...rest } };
}

function get(call: UserAccountCall): Answer {
  return { status: 200, body: { serviceAccount: write(getServiceAccount(call)) } };
}

function update(call: UserAccountCall): Answer {
  const serviceAccount = getServiceAccount(call);
  const { name } = parseBody(wire, call.request);
  if (name !== serviceAccount.name) requireFreeName(call.account, name);
  return save(call.account, 200, { ...serviceAccount, name });
}

function remove(call: UserAccountCall): Answer {
  deleteServiceAccount(call.account, getServiceAccount(call));
  return { status: 200, body: {} };
}

function save(account: Account, status: number, serviceAccount: ServiceAccount): Answer {
  serviceAccounts.put(account, serviceAccount);
  return { status, body: { serviceAccount: write(serviceAccount) } };
}

function requireFreeName(account: Account, name: string): void {
  if (serviceAccounts.listOf(account).every((serviceAccount) => serviceAccount.name !== name)) return;
  throw conflict("The account already has a service account with this name.");
}

function write({ id, name }: ServiceAccount): object {
  return { _id: id, name };
}
