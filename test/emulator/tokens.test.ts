import { expect, it } from "vitest";
import { VerifiedTokens } from "../../src/emulator/tokens";

const verified = { keyId: "act_1", secret: "s", scope: "account", verifiedAt: 1000, exp: 60 } as const;

it("remembers a token from its verification until it expires", () => {
  const tokens = new VerifiedTokens();
  expect(tokens.find("token", 1000)).toBeUndefined();
  tokens.remember("token", verified);
  expect(tokens.find("token", 999)).toBeUndefined();
  expect(tokens.find("token", 1000)).toEqual(verified);
  expect(tokens.find("token", 59_999)).toEqual(verified);
  expect(tokens.find("token", 60_000)).toBeUndefined();
});

it("remembers a token that does not expire", () => {
  const tokens = new VerifiedTokens();
  tokens.remember("token", { ...verified, exp: undefined });
  expect(tokens.find("token", Number.MAX_SAFE_INTEGER)?.keyId).toBe("act_1");
});

it("forgets all tokens when there are more than a thousand", () => {
  const tokens = new VerifiedTokens();
  for (let number = 0; number < 1000; number++) tokens.remember(`token ${number}`, verified);
  expect(tokens.find("token 0", 1000)).toEqual(verified);
  tokens.remember("one more", verified);
  expect(tokens.find("token 0", 1000)).toBeUndefined();
  expect(tokens.find("one more", 1000)).toEqual(verified);
});
