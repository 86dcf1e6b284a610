/**
 * What Pulumi's dynamic-provider process loads: the state of every resource names this module and one of these
 * exports. They are permanent; `test/resources/program.test.ts` pins them.
 */
import { processConnection } from "./connection";
import { type DynamicProvider, dynamicProvider } from "./dynamic";
import { app as appKind } from "./kinds/app";
import { integration as integrationKind } from "./kinds/integration";
import { key as keyKind } from "./kinds/key";
import { webhook as webhookKind } from "./kinds/webhook";

export const app: DynamicProvider = dynamicProvider(appKind, processConnection);
export const key: DynamicProvider = dynamicProvider(keyKind, processConnection);
export const webhook: DynamicProvider = dynamicProvider(webhookKind, processConnection);

export const integration: DynamicProvider = dynamicProvider(integrationKind, processConnection);

/** A state may name a kind that only a newer version of this package has: Pulumi itself would say nothing useful. */
module.exports = new Proxy(module.exports, {
  get(kinds: object, name: string | symbol): unknown {
    if (typeof name === "string" && /^[a-z]/.test(name) && name !== "then" && !(name in kinds)) {
      throw new Error(
        `This version of pulumi-smooch does not know "${name}", which a newer one wrote into the state: upgrade pulumi-smooch.`,
      );
    }
    return Reflect.get(kinds, name);
  },
});
