/**
 * The module that Pulumi's dynamic-provider process loads: the state of every resource names it, and the export for the
 * resource's kind.
 */
import type { KindName } from "../kinds";
import { type DynamicProvider, dynamicProvider } from "./dynamic";
import { definitions } from "./kinds";
import { connectToEngine } from "./process";

const { connection } = connectToEngine();

const provider = (kind: KindName): DynamicProvider => dynamicProvider(definitions[kind], connection);

export const app = provider("app");
export const key = provider("key");
export const webhook = provider("webhook");
export const integration = provider("integration");
export const integrationKey = provider("integrationKey");
export const switchboard = provider("switchboard");
export const switchboardIntegration = provider("switchboardIntegration");
export const menu = provider("menu");
export const template = provider("template");
export const serviceAccount = provider("serviceAccount");
export const serviceAccountKey = provider("serviceAccountKey");

/** A kind that is not exported above is a type error here. */
const exported: Readonly<Record<KindName, DynamicProvider>> = module.exports as typeof import("./index");

/** A state may refer to a kind that only newer versions of this package have; Pulumi's own error would not say so. */
module.exports = new Proxy(exported, {
  get(known: object, name: string | symbol): unknown {
    if (typeof name === "string" && /^[a-z]/.test(name) && name !== "then" && !(name in known)) {
      throw new Error(
        `This version of pulumi-smooch does not know "${name}", which a newer one wrote into the state: upgrade pulumi-smooch.`,
      );
    }
    return Reflect.get(known, name);
  },
});
