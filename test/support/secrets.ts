import { createDecipheriv, pbkdf2 } from "node:crypto";
import { promisify } from "node:util";
import { signatureKey } from "../../src/kinds";
import { isPlainObject } from "../../src/provider/values";

const keys = new Map<string, Promise<Buffer>>();

/**
 * Replaces the secrets in a part of a state by their values, as `--show-secrets` does, but without a command of half a
 * second. The salt is the state's `secrets_providers.state.salt`; the passphrase is empty, as in all tests. `show` makes
 * of a value what replaces the secret.
 */
export async function reveal<T>(
  part: T,
  salt: string,
  show = (value: unknown): unknown => value,
): Promise<T> {
  const key = await keyFrom(salt);
  return JSON.parse(JSON.stringify(part), (_, value: unknown) =>
    isPlainObject(value) && signatureKey in value
      ? show(JSON.parse(decrypt(String(value.ciphertext), key)))
      : value,
  ) as T;
}

/** Pulumi derives the key once per command; here it is derived once per salt. */
function keyFrom(salt: string): Promise<Buffer> {
  const [, bytes = ""] = salt.split(":");
  const key = keys.get(salt) ?? promisify(pbkdf2)("", Buffer.from(bytes, "base64"), 1_000_000, 32, "sha256");
  keys.set(salt, key);
  return key;
}

function decrypt(text: string, key: Buffer): string {
  const [, nonce = "", data = ""] = text.split(":");
  const bytes = Buffer.from(data, "base64");
  const cipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
  cipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([cipher.update(bytes.subarray(0, -16)), cipher.final()]).toString();
}
