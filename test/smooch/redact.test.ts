import { expect, it } from "vitest";
import { Redactor } from "../../src/smooch/redact";

it("redacts learned secrets, and anything that looks like a token", () => {
  const redactor = new Redactor();
  redactor.learn("Y4SINFtAUzEjayxgUjJZoTjG");
  redactor.learn(undefined);
  // Shorter ones could be words.
  redactor.learn("support");
  redactor.learn("8letters");
  expect(
    redactor.redact(
      "Y4SINFtAUzEjayxgUjJZoTjG and 8letters of support, signed eyJhbGciOiJ9.eyJzY29wZSI6ImFwcCJ9.RZtO0q-_w",
    ),
  ).toBe("[secret] and [secret] of support, signed [secret]");
});

it.each([
  ["x-eyJa.b.c", "x-[secret]"],
  ["x_eyJa.b.c", "x_eyJa.b.c"],
  ["-eyJ-eyJa.b.c d", "-[secret] d"],
  ["a.eyJb.c.", "a.[secret]"],
  ["eyJ.a.b", "eyJ.a.b"],
  ["eyJa.b", "eyJa.b"],
  ["eyJa.b.c.eyJd.e.", "[secret].[secret]"],
])("redacts tokens in %s", (text, clean) => {
  expect(new Redactor().redact(text)).toBe(clean);
});

it.each(["eyJ-", "-eyJ", "eyJ.", "eyJa.", "a-", "a.", " eyJ"])("is fast on repetitions of %j", (part) => {
  const text = part.repeat(5_000_000 / part.length);
  const startedAt = performance.now();
  expect(new Redactor().redact(text).length).toBeLessThanOrEqual(100_000);
  expect(performance.now() - startedAt).toBeLessThan(2000);
});
