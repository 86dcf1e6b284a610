import { z } from "zod";
import { parseJson } from "../../json";
import { secretSignature, signatureKey, typeToken } from "../../kinds";
import { isUnresolved } from "../../provider/create/unresolved";
import { lastSighting } from "../../provider/state";
import type { ApiVersion } from "../../smooch/api-version";
import { credentialName } from "../../smooch/credentials";
import type { KeyPair } from "../../smooch/jwt";
import { nameIn, parseStackExport } from "../shared/stack-export";

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

interface StackKey {
  urn: string;
  name: string;
  keyId: string;
  secret: unknown;
  version: ApiVersion | undefined;
}

/** Finds a key in the output of `pulumi stack export --show-secrets`. */
export function keyFromStack(
  text: string,
  { resource, output }: { resource?: string; output?: string },
): VersionedKey {
  const { resources } = parseStackExport(text) ?? refuse();
  const keys = resources
    // An old key after a replacement is about to be revoked.
    .filter((one) => one.type === typeToken("key") && !one.delete)
    .map(
      ({ urn, id = "", outputs }): StackKey => ({
        urn,
        name: nameIn(urn),
        keyId: id,
        secret: reveal(outputs?.secret),
        version: lastSighting(outputs ?? {})?.version,
      }),
    );
  if (output !== undefined) {
    const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
    return keyFromOutput(output, outputs, keys);
  }
  return only(resource === undefined ? keys : named(resource, keys), resource);
}

function refuse(): never {
  throw new Error("pulumi stack export did not give a stack's state");
}

function named(resource: string, keys: StackKey[]): StackKey[] {
  const found = keys.filter(({ name, urn }) => resource === name || resource === urn);
  if (found.length > 0) return found;
  const others = listed(keys.map(({ name }) => name));
  throw new Error(`the stack has no SmoochKey "${resource}"${others && `; it has ${others}`}`);
}

function only(keys: StackKey[], resource: string | undefined): VersionedKey {
  const [key, another] = keys;
  if (key === undefined) throw new Error("the stack has no SmoochKey: run `pulumi up` first");
  if (another !== undefined) {
    const names = listed(keys.map(({ name, urn }) => (resource === undefined ? name : urn)));
    throw new Error(`the stack has several such keys: name one of them with --resource: ${names}`);
  }
  return usable(key);
}

/** Sorted, because the state lists them in order of creation. */
function listed(names: string[]): string {
  return names.toSorted().join(", ");
}

function usable({ name, keyId, secret, version }: StackKey): VersionedKey {
  if (isUnresolved(keyId)) {
    throw new Error(`it is unknown whether key "${name}" exists: run \`pulumi up\` to find out`);
  }
  if (typeof secret !== "string" || secret === "") {
    throw new Error(`the state has no secret of key "${name}": run \`pulumi up\` to fetch it`);
  }
  return { keyId, secret, version };
}

/** An output can be the key's id, secret or JWT, an object with `keyId` and `secret`, or the resource itself. */
function keyFromOutput(name: string, outputs: Record<string, unknown>, keys: StackKey[]): VersionedKey {
  if (!Object.hasOwn(outputs, name)) {
    const others = listed(Object.keys(outputs));
    throw new Error(`the stack has no output "${name}"${others && `; it has ${others}`}`);
  }
  const value = reveal(outputs[name]);
  const whole = pair.safeParse(value).data;
  if (whole !== undefined) return whole;
  const text = z.object({ id: z.string() }).safeParse(value).data?.id ?? value;
  const key = typeof text === "string" ? keys.find((one) => isMeant(one, text)) : undefined;
  if (key !== undefined) return usable(key);
  throw new Error(
    `output "${name}" identifies no key: it must be the id, the secret or the JWT of a SmoochKey of this stack, ` +
      "or an object with keyId and secret",
  );
}

function isMeant({ keyId, secret }: StackKey, text: string): boolean {
  return text === keyId || text === secret || credentialName({ token: text }) === keyId;
}

/** Removes Pulumi's secret markers at any depth; the values are JSON in `plaintext`. */
function reveal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reveal);
  if (typeof value !== "object" || value === null) return value;
  const marked = secretMark.safeParse(value).data;
  if (marked !== undefined) return reveal(parseJson(marked.plaintext));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, reveal(part)]));
}

const secretMark = z.object({
  [signatureKey]: z.literal(secretSignature),
  plaintext: z.string(),
});
