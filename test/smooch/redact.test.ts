import { expect, it } from "vitest";
import { Redactor } from "../../src/smooch/redact";

it("takes out what it has learned, and whatever looks like a token", () => {
  const redactor = new Redactor();
  redactor.learn("Y4SINFtAUzEjayxgUjJZoTjG");
  redactor.learn(undefined);
  redactor.learn("app");
  expect(
    redactor.redact("Y4SINFtAUzEjayxgUjJZoTjG of app, signed eyJhbGciOiJ9.eyJzY29wZSI6ImFwcCJ9.RZtO0q-_w"),
  ).toBe("[secret] of app, signed [secret]");
});
