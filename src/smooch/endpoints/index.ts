import type { KindName } from "../../kinds";
import type { Api } from "../api";
import { apps } from "./app";
import { integrations } from "./integration";
import { keys } from "./key";
import { webhooks } from "./webhook";

/** The operations for each kind of object. */
export class Endpoints implements Readonly<Record<`${KindName}s`, object>> {
  readonly apps;
  readonly keys;
  readonly webhooks;
  readonly integrations;

  constructor(api: Api) {
    this.apps = apps(api);
    this.keys = keys(api);
    this.webhooks = webhooks(api);
    this.integrations = integrations(api);
  }
}
