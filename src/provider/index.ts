/**
 * What Pulumi's dynamic-provider process loads: the state of every resource names this module and one of these
 * exports. They are permanent; `test/resources/program.test.ts` pins them.
 */
import { processConnection } from "./connection";
import { type DynamicProvider, dynamicProvider } from "./dynamic";
import { app as appKind } from "./kinds/app";
import { key as keyKind } from "./kinds/key";
import { webhook as webhookKind } from "./kinds/webhook";

export const app: DynamicProvider = dynamicProvider(appKind, processConnection);
export const key: DynamicProvider = dynamicProvider(keyKind, processConnection);
export const webhook: DynamicProvider = dynamicProvider(webhookKind, processConnection);
