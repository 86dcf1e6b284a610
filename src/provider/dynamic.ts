import { markSecrets, resourceCalls } from "./calls";
import type { Connection } from "./connection";
import type { DiffResult } from "./diff";
import { PartialFailure } from "./failures";
import type { CheckFailure, Kind, Properties } from "./kind";

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
  const calls = resourceCalls(kind, connection);
  const toWire = (outputs: Properties) => markSecrets(kind.secrets, outputs);
  return {
    async configure({ config }) {
      connection.configure((name) => config.get(name));
    },
    check: async (olds, news) => calls.check(olds, withoutProviderSource(news)),
    diff: (id, olds, news) =>
      guarded(news, async () => {
        const result = calls.diff(id, withoutProviderSource(olds), withoutProviderSource(news));
        // Without an update, the state would keep the old source, and delete would run it.
        const sameSource = olds.__provider === news.__provider;
        return result.changes === false && !sameSource ? { changes: true } : result;
      }),
    create: (inputs) =>
      guarded(inputs, async () => {
        const { id, outputs } = await calls.create(withoutProviderSource(inputs));
        return { id, outs: toWire(outputs) };
      }),
    read: (id, properties) =>
      guarded(properties, async () => {
        const found = await calls.read(id, withoutProviderSource(properties));
        return found === undefined
          ? {}
          : { id: found.id, props: toWire(found.outputs), inputs: toWire(found.inputs) };
      }),
    update: (id, olds, news) =>
      guarded(news, async () => ({
        outs: toWire(await calls.update(id, withoutProviderSource(olds), withoutProviderSource(news))),
      })),
    delete: (id, properties) =>
      guarded(properties, () => calls.delete(id, withoutProviderSource(properties))),
  };

  async function guarded<T>(properties: Properties, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
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

/**
 * An error that only carries what may be shown: Pulumi prints `stack`, and may print any other property of an error.
 */
class PlainError extends Error {
  override readonly name = "pulumi-smooch";

  constructor(error: unknown, partial?: { id: string; properties: Properties; reasons: string[] }) {
    super(error instanceof Error ? error.message : String(error));
    this.stack = this.message;
    Object.assign(this, partial);
  }

  override toString(): string {
    return this.name;
  }
}
