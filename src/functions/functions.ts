import * as pulumi from "@pulumi/pulumi";
import type { SmoochClient } from "../smooch/client";
import { idForm, isId } from "../smooch/ids";

/** An app as Smooch has it. */
export interface SmoochAppResult {
  id: string;
  name: string;
  /** Undefined where the API gives none. */
  appToken?: string | undefined;
  /** All settings, with Smooch's defaults. */
  settings: { [key: string]: boolean | number | undefined };
  metadata: { [key: string]: string | number | boolean };
}

/** A key as Smooch has it. */
export interface SmoochKeyResult {
  id: string;
  name: string;
  secret: string;
}

/**
 * Reads an app that this program need not manage. Needs an account key. Fails when there is none (HTTP 404).
 *
 * ```ts
 * const shop = getApp({ appId: "5a0b1c2d3e4f5a6b7c8d9e0f" });
 * ```
 *
 * Source: "Managed accounts", get app, in Smooch's REST reference.
 */
export function getApp(args: { appId: pulumi.Input<string> }): pulumi.Output<SmoochAppResult> {
  return pulumi.output(args).apply(async ({ appId }): Promise<SmoochAppResult> => {
    if (isMocked()) return pulumi.runtime.invoke("smooch:index:getApp", { appId });
    const smooch = await connect({ appId });
    const { id, name, appToken, settings = {}, metadata = {} } = await smooch.apps.get(appId);
    return { id, name, appToken, settings, metadata };
  });
}

/**
 * Reads all keys of an app, with their secrets; the result is a Pulumi secret. Needs an account key. Fails when there
 * is no such app (HTTP 404). A key that Smooch does not show with its secret is left out, with a warning. Like all of these functions it uses the stack's account, and calls in a preview as well.
 *
 * Source: "App Keys", list keys, in Smooch's REST reference.
 */
export function getKeys(args: { appId: pulumi.Input<string> }): pulumi.Output<SmoochKeyResult[]> {
  return pulumi.secret(
    pulumi.output(args).apply(async ({ appId }): Promise<SmoochKeyResult[]> => {
      if (isMocked()) return (await pulumi.runtime.invoke("smooch:index:getKeys", { appId })).keys;
      return readKeys(await connect({ appId }), appId);
    }),
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
 * Has Smooch sign a token of scope `app` with a key; the result is a Pulumi secret. Smooch writes the time into it,
 * so it is another one at each run: for a token that stays the same use `SmoochKey.jwt`. Needs an account key. Fails
 * when the app has no such key (HTTP 404).
 *
 * Source: "App Keys", get JWT, in Smooch's REST reference.
 */
export function getKeyJwt(args: {
  appId: pulumi.Input<string>;
  keyId: pulumi.Input<string>;
}): pulumi.Output<string> {
  return pulumi.secret(
    pulumi.output(args).apply(async ({ appId, keyId }): Promise<string> => {
      if (isMocked()) return (await pulumi.runtime.invoke("smooch:index:getKeyJwt", { appId, keyId })).jwt;
      return (await connect({ appId, keyId })).keys.getJwt(appId, keyId);
    }),
  );
}

/** Whether the program runs under `pulumi.runtime.setMocks`: its `call` then answers, and no account is needed. */
function isMocked(): boolean {
  return "mocks" in Object(pulumi.runtime.getMonitor());
}

let connecting: Promise<SmoochClient> | undefined;

/** The client for a call about these ids. It is loaded when a program first calls Smooch itself; declaring resources takes none. */
async function connect(ids: Record<string, string>): Promise<SmoochClient> {
  connecting ??= load();
  const smooch = await connecting;
  for (const [name, id] of Object.entries(ids)) {
    if (!isId(id)) throw new pulumi.RunError(`${name} must be an id: ${idForm}`);
  }
  return smooch;
}

async function load(): Promise<SmoochClient> {
  const [{ Connection }, { realHost }] = await Promise.all([
    import("../provider/connection.js"),
    import("../smooch/transport.js"),
  ]);
  const config = new pulumi.Config("smooch");
  const connection = new Connection(process.env, realHost());
  connection.configure((name) => config.get(name.replace("smooch:", "")));
  return connection.context().smooch;
}
