import { type KindName, kindNames } from "../../../src/kinds";
import type { DynamicProvider } from "../../../src/provider/dynamic";
import type { Properties } from "../../../src/provider/kind";
import { isPlainObject } from "../../../src/provider/values";

/** A provider process as the engine sees it. Every failure is a `PluginError`. */
export interface Plugin {
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: string[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<Difference>;
  create(inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  /** Without an id in the result, the object is gone. */
  read(
    id: string,
    outputs: Properties,
  ): Promise<{ id?: string; outputs: Properties; inputs?: Properties | undefined }>;
  update(id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(id: string, outputs: Properties): Promise<void>;
  /** What it printed, if that is known. */
  printed(): string;
}

export interface Difference {
  /** Undefined: the engine compares the inputs itself. */
  changes: boolean | undefined;
  replaces: readonly string[];
  deleteBeforeReplace: boolean;
}

/** An error from the provider; `partial` is set if the object exists anyway. */
export class PluginError extends Error {
  constructor(
    message: string,
    readonly partial?: { id: string; outputs: Properties; reasons: readonly string[] },
  ) {
    super(message);
  }
}

/** The value of a resource's `__provider`, which must never change. */
export function providerText(kind: KindName): string {
  return `exports.handler=()=>require("pulumi-smooch/provider").${kind}`;
}

/**
 * What Pulumi's dynamic-provider server does between the engine and the providers, without a process: it finds the
 * provider by its text, restores the text in each response, and fails on values that it cannot serialize.
 */
export function inProcessPlugin(providers: Readonly<Record<KindName, DynamicProvider>>): Plugin {
  const find = ({ __provider: text }: Properties): DynamicProvider => {
    const kind = kindNames.find((name) => providerText(name) === text);
    if (kind === undefined) throw new Error(`code must be a string, not ${typeof text}`);
    return providers[kind];
  };
  const answer = (result: Properties, { __provider }: Properties): Properties => ({
    ...serialized(result),
    __provider,
  });
  return {
    check: (olds, news) =>
      reported(async () => {
        const { inputs, failures } = await find(news).check(olds, news);
        return {
          inputs: answer(inputs, news),
          failures: failures.map(({ property, reason }) => `property ${property} has a problem: ${reason}`),
        };
      }),
    diff: (id, olds, news) =>
      reported(async () => {
        const { changes, replaces = [], deleteBeforeReplace = false } = await find(news).diff(id, olds, news);
        return { changes, replaces: [...replaces], deleteBeforeReplace };
      }),
    create: (inputs) =>
      reported(async () => {
        const { id, outs } = await find(inputs).create(inputs);
        if (id === "") throw new Error("provider returned empty resource id");
        return { id, outputs: answer(outs, inputs) };
      }),
    read: (id, outputs) =>
      reported(async () => {
        const found = await find(outputs).read(id, outputs);
        return {
          ...(found.id && { id: found.id }),
          outputs: answer(found.props ?? {}, outputs),
          ...(found.inputs && { inputs: answer(found.inputs, outputs) }),
        };
      }),
    update: (id, olds, news) =>
      reported(async () => answer((await find(news).update(id, olds, news)).outs, news)),
    delete: (id, outputs) => reported(() => find(outputs).delete(id, outputs)),
    printed: () => "",
  };
}

async function reported<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw toPluginError(error);
  }
}

function toPluginError(error: unknown): PluginError {
  if (!(error instanceof Error)) return new PluginError("undefined");
  // The process prints an error's stack, so the stack is as public as the message.
  const text = `${error.message}\n${error}: ${error.stack}`;
  const { id, properties, reasons } = error as Error & Record<string, unknown>;
  if (typeof id !== "string" || id === "") return new PluginError(text);
  return new PluginError(text, {
    id,
    outputs: isPlainObject(properties) ? serialized(properties) : {},
    reasons: Array.isArray(reasons) ? reasons.map(String) : [],
  });
}

/**
 * A copy, because the engine and the provider share no memory: neither may see the other's changes. The server cannot
 * serialize a value that is not JSON, and then fails after the object was created.
 */
function serialized(properties: Properties): Properties {
  const copy: Properties = {};
  for (const name of Object.keys(properties)) copy[name] = serializedValue(properties[name]);
  return copy;
}

function serializedValue(value: unknown): unknown {
  if (value === undefined || typeof value === "function" || typeof value === "symbol")
    throw new Error("Unexpected struct type.");
  if (Array.isArray(value)) return value.map(serializedValue);
  return isPlainObject(value) ? serialized(value) : value;
}
