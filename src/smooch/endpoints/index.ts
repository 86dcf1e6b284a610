import type { KindName } from "../../kinds";
import type { Api } from "../api";
import { apps } from "./app";
import { integrations } from "./integration";
import { integrationKeys } from "./integration-key";
import { keys } from "./key";
import { menus } from "./menu";
import { serviceAccounts } from "./service-account";
import { serviceAccountKeys } from "./service-account-key";
import { switchboards } from "./switchboard";
import { switchboardIntegrations } from "./switchboard-integration";
import { templates } from "./template";
import { webhooks } from "./webhook";

/** The operations for each kind of object. */
export class Endpoints implements Readonly<Record<`${KindName}s`, object>> {
  readonly apps;
  readonly keys;
  readonly webhooks;
  readonly integrations;
  readonly integrationKeys;
  readonly switchboards;
  readonly switchboardIntegrations;
  readonly menus;
  readonly templates;
  readonly serviceAccounts;
  readonly serviceAccountKeys;

  constructor(api: Api) {
    this.apps = apps(api);
    this.keys = keys(api);
    this.webhooks = webhooks(api);
    this.integrations = integrations(api);
    this.integrationKeys = integrationKeys(api);
    this.switchboards = switchboards(api);
    this.switchboardIntegrations = switchboardIntegrations(api);
    this.menus = menus(api);
    this.templates = templates(api);
    this.serviceAccounts = serviceAccounts(api);
    this.serviceAccountKeys = serviceAccountKeys(api);
  }
}
