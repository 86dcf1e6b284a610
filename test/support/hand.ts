import { expect } from "vitest";
import type { RunningEmulator } from "../../src/emulator/index";
import { signAccessJwt } from "../../src/smooch/jwt";

/** Changes the first account as a person without Pulumi would; returns the object in the response. */
export async function byHand(
  { url, accountKeyId, accountKeySecret }: Pick<RunningEmulator, "url" | "accountKeyId" | "accountKeySecret">,
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: object,
  key = { keyId: accountKeyId, secret: accountKeySecret },
): Promise<Record<string, string>> {
  const token = signAccessJwt(key, Date.now(), 60_000);
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.ok, `${method} ${path} by hand`).toBe(true);
  const [object = {}] = Object.values((await answer.json()) as Record<string, Record<string, string>>);
  return object;
}
