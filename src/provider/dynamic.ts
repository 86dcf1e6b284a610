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

/** Adapts a kind to Pulumi's dynamic-provider process, and works around its bugs (docs/pulumi-internals.md). */
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
      // Only for creates: the object in the state may have been created with another credential, and an app key may
      // read an object to adopt.
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
        // Without an update, the state would keep the old source, and delete would run it.
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
      // Pulumi stores these properties unchanged: without the source, nothing could manage the object.
      throw new PlainError(error, {
        id: error.id,
        properties: { ...toWire(error.outputs), __provider: properties.__provider },
        reasons: [error.message],
      });
    }
  }
}

/** Pulumi adds `__provider` and restores it itself; kinds never see it. */
function withoutProviderSource({ __provider, ...properties }: Properties): Properties {
  return properties;
}

/** Pulumi prints the value of the property named in a failure, even if secret, so the reason names it instead. */
function withoutValue({ property, reason }: CheckFailure): CheckFailure {
  return { property: "", reason: `${property} ${reason}`.trim() };
}

/** Marks secrets for the engine; the option `additionalSecretOutputs` does not cover imported resources. */
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

/**
 * An error that only carries what may be shown: Pulumi prints `stack`, and may print any other property of an error.
 */
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
