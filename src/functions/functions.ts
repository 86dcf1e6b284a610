import * as pulumi from "@pulumi/pulumi";
import { requireArgs } from "../resources/arguments";
import type { SmoochClient } from "../smooch/client";
import { SmoochError } from "../smooch/errors";
import { idForm, isId } from "../smooch/ids";

/** An app as Smooch returns it. */
export interface SmoochAppResult {
  id: string;
  name: string;
  /** Undefined if the API returns none. */
  appToken?: string | undefined;
  /** All settings, including Smooch's defaults. */
  settings: { [key: string]: boolean | number | undefined };
  metadata: { [key: string]: string | number | boolean };
}

/** A key as Smooch returns it. */
export interface SmoochKeyResult {
  id: string;
  name: string;
  secret: string;
}

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
      return ask({ appId }, async (smooch) => {
        const { id, name, appToken, settings = {}, metadata = {} } = await smooch.apps.get(appId);
        return { id, name, appToken, settings, metadata };
      });
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
        return ask({ appId }, (smooch) => readKeys(smooch, appId));
      }),
    ),
  );
}

async function readKeys(smooch: SmoochClient, appId: string): Promise<SmoochKeyResult[]> {
  const { items, unreadable } = await smooch.keys.list(appId);
  const left = unreadable.map(({ id, problem }) => `key ${id}: ${problem}`);
  const keys: SmoochKeyResult[] = [];
  for (const { id, name, secret: listed } of items) {
    const secret = listed ?? (await smooch.keys.get(appId, id)).secret;
    if (secret === undefined) left.push(`key ${id}: Smooch does not return its secret`);
    else keys.push({ id, name, secret });
  }
  if (left.length > 0) await pulumi.log.warn(`getKeys of app ${appId} left out ${left.join("; ")}`);
  return keys;
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
        return ask({ appId, keyId }, (smooch) => smooch.keys.getJwt(appId, keyId));
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

let connecting: Promise<SmoochClient> | undefined;

/**
 * Runs a call to Smooch after checking the ids. The client is loaded at the program's first call; declaring resources
 * does not need it. A failure becomes a `RunError`, which Pulumi prints in one line: for any other error it prints
 * the stack trace.
 */
async function ask<T>(ids: Record<string, unknown>, task: (smooch: SmoochClient) => Promise<T>): Promise<T> {
  for (const [name, id] of Object.entries(ids)) {
    if (!isId(id)) throw new pulumi.RunError(`${name} must be an id: ${idForm}`);
  }
  connecting ??= load();
  const smooch = await connecting;
  try {
    return await task(smooch);
  } catch (error) {
    if (!(error instanceof SmoochError)) throw error;
    const { isNotFound, summary, message } = error;
    throw new pulumi.RunError(isNotFound ? `${summary} Check the id and the account.` : message);
  }
}

async function load(): Promise<SmoochClient> {
  const [{ Connection }, { realHost }] = await Promise.all([
    import("../provider/connection.js"),
    import("../smooch/transport.js"),
  ]);
  const config = new pulumi.Config("smooch");
  const connection = new Connection(process.env, realHost());
  connection.configure((name) => config.get(name.replace("smooch:", "")));
  try {
    return connection.context().smooch;
  } catch (error) {
    // Its message lists the missing or invalid settings.
    throw new pulumi.RunError(error instanceof Error ? error.message : String(error));
  }
}
