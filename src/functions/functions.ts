import * as pulumi from "@pulumi/pulumi";
import { requireArgs } from "../resources/arguments";
import type { SmoochClient } from "../smooch/client";
import type { SmoochAppResult, SmoochKeyResult } from "../smooch/results";

export type { SmoochAppResult, SmoochKeyResult };

/**
 * Reads an app; the program does not have to manage it. Needs an account key. Fails when the app does not exist (HTTP
 * 404).
 *
 * ```ts
 * const shop = getApp({ appId: "5a0b1c2d3e4f5a6b7c8d9e0f" });
 * ```
 *
 * Source: "Managed accounts", get app, in Smooch's REST reference.
 */
export function getApp(args: { appId: pulumi.Input<string> }): pulumi.Output<SmoochAppResult> {
  return reported(
    pulumi.output(requireArgs(args, "getApp")).apply(async ({ appId }): Promise<SmoochAppResult> => {
      if (isMocked()) return pulumi.runtime.invoke("smooch:index:getApp", { appId });
      return ask({ appId }, ({ getApp }, smooch) => getApp(smooch, { appId }));
    }),
  );
}

/**
 * Reads all keys of an app, with their secrets; the result is a Pulumi secret. Needs an account key. Fails when the
 * app does not exist (HTTP 404). A key that Smooch returns without its secret is left out, with a warning. Like all
 * of these functions, it uses the stack's account, and makes its call in a preview as well.
 *
 * Source: "App Keys", list keys, in Smooch's REST reference.
 */
export function getKeys(args: { appId: pulumi.Input<string> }): pulumi.Output<SmoochKeyResult[]> {
  return reported(
    pulumi.secret(
      pulumi.output(requireArgs(args, "getKeys")).apply(async ({ appId }): Promise<SmoochKeyResult[]> => {
        if (isMocked()) return (await pulumi.runtime.invoke("smooch:index:getKeys", { appId })).keys;
        const warn = (line: string) => void pulumi.log.warn(line);
        const { keys } = await ask({ appId }, ({ getKeys }, smooch) => getKeys(smooch, { appId }, warn));
        return keys;
      }),
    ),
  );
}

/**
 * Asks Smooch to sign a token of scope `app` with a key; the result is a Pulumi secret. The token contains the time,
 * so every run returns a different one: for a token that stays the same, use `SmoochKey.jwt`. Needs an account key.
 * Fails when the app has no such key (HTTP 404).
 *
 * Source: "App Keys", get JWT, in Smooch's REST reference.
 */
export function getKeyJwt(args: {
  appId: pulumi.Input<string>;
  keyId: pulumi.Input<string>;
}): pulumi.Output<string> {
  return reported(
    pulumi.secret(
      pulumi.output(requireArgs(args, "getKeyJwt")).apply(async ({ appId, keyId }): Promise<string> => {
        if (isMocked()) return (await pulumi.runtime.invoke("smooch:index:getKeyJwt", { appId, keyId })).jwt;
        const ids = { appId, keyId };
        return (await ask(ids, ({ getKeyJwt }, smooch) => getKeyJwt(smooch, ids))).jwt;
      }),
    ),
  );
}

/**
 * Reports a failure at once. If the program uses the output only later, Node would warn of a promise that was handled
 * late.
 */
function reported<T>(output: pulumi.Output<T>): pulumi.Output<T> {
  output.apply(() => undefined);
  return output;
}

/**
 * Returns whether the program runs under `pulumi.runtime.setMocks`: the mocks' `call` then responds, and no account
 * is needed.
 */
function isMocked(): boolean {
  return "mocks" in Object(pulumi.runtime.getMonitor());
}

type Functions = typeof import("../provider/functions");

/** What a call needs, loaded at the program's first call: declaring resources does not need it. */
let loading: Promise<Functions & { connect(): SmoochClient }> | undefined;

/**
 * Runs a call to Smooch after checking the ids. A failure becomes a `RunError`, which Pulumi prints in one line: for any
 * other error it prints the stack trace.
 */
async function ask<T>(
  ids: Record<string, unknown>,
  task: (known: Functions["functions"], smooch: SmoochClient) => Promise<T>,
): Promise<T> {
  loading ??= load();
  const { functions, requireIds, failureOf, connect } = await loading;
  try {
    requireIds(ids);
    return await task(functions, connect());
  } catch (error) {
    throw error instanceof pulumi.RunError ? error : toRunError(failureOf(error));
  }
}

/** Without a stack trace: Pulumi has Node.js format it in colour, which takes seconds, and then prints the message only. */
function toRunError(message: string): pulumi.RunError {
  return Object.assign(new pulumi.RunError(message), { stack: message });
}

async function load(): Promise<Functions & { connect(): SmoochClient }> {
  const [{ Connection }, { realHost }, functions] = await Promise.all([
    import("../provider/connection.js"),
    import("../smooch/transport.js"),
    import("../provider/functions.js"),
  ]);
  const config = new pulumi.Config("smooch");
  const connection = new Connection(process.env, realHost());
  connection.configure((name) => config.get(name.replace("smooch:", "")));
  let failure: pulumi.RunError | undefined;
  const connect = () => {
    // One error for all calls, because Pulumi prints each once.
    if (failure !== undefined) throw failure;
    try {
      return connection.context().smooch;
    } catch (error) {
      failure = toRunError(functions.failureOf(error));
      throw failure;
    }
  };
  return { ...functions, connect };
}
