import { secretSignature, signatureKey } from "../kinds";
import type { Connection } from "./connection";
import type { DiffResult } from "./diff";
import { PartialFailure } from "./failures";
import { adoptInput } from "./hidden";
import type { CheckFailure, Kind, Properties } from "./kind";
import { lifecycle } from "./lifecycle";
import { clean, pick } from "./values";

/** What Pulumi's dynamic-provider process (`@pulumi/pulumi/cmd/dynamic-provider`) calls. */
export interface DynamicProvider {
  configure(request: { config: { get(name: string): string | undefined } }): Promise<void>;
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: CheckFailure[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<DiffResult>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, properties: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, properties: Properties): Promise<void>;
}

/** Serves a kind to Pulumi's dynamic-provider process, and works round its defects (docs/pulumi-internals.md). */
export function dynamicProvider(kind: Kind, connection: Connection): DynamicProvider {
  const rules = lifecycle(kind);
  const toWire = (outputs: Properties) => markSecrets(kind.secrets, clean(outputs));
  return {
    async configure({ config }) {
      connection.configure((name) => config.get(name));
    },
    async check(olds, news) {
      const { session, host } = connection;
      const { inputs, failures, warnings } = rules.check(
        session,
        connection.apiVersion(),
        olds,
        withoutProviderSource(news),
      );
      for (const warning of [...connection.newWarnings(), ...warnings]) host.log(`pulumi-smooch: ${warning}`);
      // What is in the state may have been made with another credential, and a key of an app may read what it adopts.
      const creates = Object.keys(olds).length === 0 && inputs[adoptInput] === undefined;
      const scope = kind.needsAccountKey && creates ? connection.scopeFailures() : [];
      return { inputs, failures: [...failures, ...connection.failures(), ...scope].map(withoutValue) };
    },
    diff: (id, olds, news) =>
      guarded(news, async () => {
        connection.noteRecorded(id, news);
        const { host } = connection;
        const { reason, ...result } = rules.diff(
          id,
          withoutProviderSource(olds),
          withoutProviderSource(news),
          {
            now: host.now(),
            version: connection.apiVersion(),
          },
        );
        if (reason !== undefined) host.log(`pulumi-smooch: ${reason}`);
        // Without an update the state would keep the old source, and delete would run that.
        const sameSource = olds.__provider === news.__provider;
        return result.changes === false && !sameSource ? { changes: true } : result;
      }),
    create: (inputs) =>
      guarded(inputs, async () => {
        const { id, outputs } = await rules.create(connection.context(), withoutProviderSource(inputs));
        return { id, outs: toWire(outputs) };
      }),
    read: (id, properties) =>
      guarded(properties, async () => {
        const found = await rules.read(connection.context(), id, withoutProviderSource(properties));
        return found === undefined
          ? {}
          : { id: found.id, props: toWire(found.outputs), inputs: toWire(found.inputs) };
      }),
    update: (id, olds, news) =>
      guarded(news, async () => ({
        outs: toWire(
          await rules.update(
            connection.context(),
            id,
            withoutProviderSource(olds),
            withoutProviderSource(news),
          ),
        ),
      })),
    delete: (id, properties) =>
      guarded(properties, async () => {
        connection.noteRecorded(id, properties);
        await rules.delete(connection.context(), id, withoutProviderSource(properties));
      }),
  };

  async function guarded<T>(properties: Properties, task: () => Promise<T>): Promise<T> {
    try {
      return await connection.lifeline.during(task);
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw new PlainError(error);
      // Pulumi stores these properties as they are: without the source nothing could manage the object.
      throw new PlainError(error, {
        id: error.id,
        properties: { ...toWire(error.outputs), __provider: properties.__provider },
        reasons: [error.message],
      });
    }
  }
}

/** `__provider` is Pulumi's own and put back by Pulumi; a kind never sees it. */
function withoutProviderSource({ __provider, ...properties }: Properties): Properties {
  return properties;
}

/** Pulumi prints the value of the property that a failure names, secret or not, so it is named in the reason. */
function withoutValue({ property, reason }: CheckFailure): CheckFailure {
  return { property: "", reason: `${property} ${reason}`.trim() };
}

/** Marks secrets for the engine. The option `additionalSecretOutputs` alone would not cover an imported resource. */
function markSecrets(names: readonly string[], outputs: Properties): Properties {
  const marked = Object.entries(pick(outputs, names)).map(([name, value]) => [
    name,
    { [signatureKey]: secretSignature, value },
  ]);
  return { ...outputs, ...Object.fromEntries(marked) };
}

interface Partial {
  id: string;
  properties: Properties;
  reasons: string[];
}

/** Pulumi prints `stack` where people see it, and everything an error carries may be printed: only this leaves. */
class PlainError extends Error {
  override readonly name = "pulumi-smooch";

  constructor(error: unknown, partial?: Partial) {
    super(error instanceof Error ? error.message : String(error));
    this.stack = this.message;
    Object.assign(this, partial);
  }

  override toString(): string {
    return this.name;
  }
}
