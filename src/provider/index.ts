/**
 * What Pulumi's dynamic-provider process loads: the state of every resource names this module and one of these
 * exports. They are permanent; `test/resources/program.test.ts` pins them.
 */
import { realHost } from "../smooch/transport";
import { Connection } from "./connection";
import { Lifeline, onEnd, watchEngine } from "./crash/engine";
import { FileJournal, journalFolder } from "./crash/journal";
import { readRun } from "./crash/run";
import { type DynamicProvider, dynamicProvider } from "./dynamic";
import { app as appKind } from "./kinds/app";
import { integration as integrationKind } from "./kinds/integration";
import { key as keyKind } from "./kinds/key";
import { webhook as webhookKind } from "./kinds/webhook";

const run = readRun(process.env, process.argv, process.cwd());
const lifeline = new Lifeline(() => process.exit());
watchEngine(() => lifeline.cut(), run.engine);

/** The one connection of this process: every kind of resource shares its pool, its token and its limiter. */
const connection = new Connection(
  process.env,
  realHost(),
  new FileJournal(journalFolder(process.env), onEnd),
  run,
  lifeline,
);

export const app: DynamicProvider = dynamicProvider(appKind, connection);
export const key: DynamicProvider = dynamicProvider(keyKind, connection);
export const webhook: DynamicProvider = dynamicProvider(webhookKind, connection);

export const integration: DynamicProvider = dynamicProvider(integrationKind, connection);

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
