import { z } from "zod";
import { parseJson } from "../../json";
import { kindOf, secretSignature, signatureKey } from "../../kinds";
import { isUnresolved } from "../../provider/create/unresolved";
import { lastSighting } from "../../provider/state";
import type { ApiVersion } from "../../smooch/api-version";
import type { KeyPair } from "../../smooch/jwt";
import { nameIn, parseStackExport, type StackResource } from "../shared/stack-export";

const pair = z.object({ keyId: z.string().trim().min(1), secret: z.string().trim().min(1) });

export function keyFromEnvironment(environment: Readonly<Record<string, string | undefined>>): KeyPair {
  const keyId = environment.SMOOCH_KEY_ID?.trim();
  const secret = environment.SMOOCH_KEY_SECRET?.trim();
  if (keyId && secret) return { keyId, secret };
  if (keyId) throw new Error("SMOOCH_KEY_ID is set, and SMOOCH_KEY_SECRET is not");
  if (secret) throw new Error("SMOOCH_KEY_SECRET is set, and SMOOCH_KEY_ID is not");
  throw new Error("no key is given: use --stack or --stdin, or set SMOOCH_KEY_ID and SMOOCH_KEY_SECRET");
}

export function keyFromJson(text: string): KeyPair {
  const { data } = pair.safeParse(parseJson(text));
  if (data === undefined)
    throw new Error('standard input must be a key as JSON: {"keyId": "app_…", "secret": "…"}');
  return data;
}

/** A key and the API version with which its stack last used it. */
export interface VersionedKey extends KeyPair {
  version?: ApiVersion | undefined;
}

/** Finds a key in the output of `pulumi stack export --show-secrets`. */
export function keyFromStack(text: string, resource?: string): VersionedKey {
  const state = parseStackExport(text);
  if (state === undefined) throw new Error("pulumi stack export did not return a stack's state");
  // An old key after a replacement is about to be revoked.
  const keys = state.resources.filter((one) => kindOf(one.type) === "key" && !one.delete);
  return only(resource === undefined ? keys : named(resource, keys), resource);
}

function named(resource: string, keys: StackResource[]): StackResource[] {
  const found = keys.filter(({ urn }) => resource === nameIn(urn) || resource === urn);
  if (found.length > 0) return found;
  const others = listed(keys.map(({ urn }) => nameIn(urn)));
  throw new Error(`the stack has no SmoochKey "${resource}"${others && `; it has ${others}`}`);
}

function only(keys: StackResource[], resource: string | undefined): VersionedKey {
  const [key, another] = keys;
  if (key === undefined) throw new Error("the stack has no SmoochKey: run `pulumi up` first");
  if (another !== undefined) {
    const names = listed(keys.map(({ urn }) => (resource === undefined ? nameIn(urn) : urn)));
    throw new Error(`the stack has several keys; choose one with --resource: ${names}`);
  }
  return usable(key);
}

/** Sorted, because the state lists them in order of creation. */
function listed(names: string[]): string {
  return names.toSorted().join(", ");
}

function usable({ urn, id: keyId = "", outputs = {} }: StackResource): VersionedKey {
  const secret = reveal(outputs.secret);
  if (isUnresolved(keyId)) {
    throw new Error(`it is unknown whether key "${nameIn(urn)}" exists: run \`pulumi up\` to find out`);
  }
  if (typeof secret !== "string" || secret === "") {
    throw new Error(`the state has no secret of key "${nameIn(urn)}": run \`pulumi up\` to fetch it`);
  }
  return { keyId, secret, version: lastSighting(outputs)?.version };
}

/** The value inside Pulumi's secret marker, which is JSON in `plaintext`. */
function reveal(value: unknown): unknown {
  const marked = secretMark.safeParse(value).data;
  return marked === undefined ? value : parseJson(marked.plaintext);
}

const secretMark = z.object({
  [signatureKey]: z.literal(secretSignature),
  plaintext: z.string(),
});
