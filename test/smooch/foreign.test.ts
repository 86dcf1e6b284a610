import { describe, expect, it } from "vitest";
import { describeForeign, saysGone } from "../../src/smooch/foreign";

describe("the code of a 404", () => {
  it.each(["not_found", "app_not_found", "integration_not_found"])(
    "%s means that an object is gone",
    (code) => {
      expect(saysGone(code)).toBe(true);
    },
  );

  it.each([undefined, "", "route_not_found", "forbidden", "not_found_here", "notfound", "xnot_found"])(
    "%s does not",
    (code) => {
      expect(saysGone(code)).toBe(false);
    },
  );
});

describe("the description of a foreign response", () => {
  const quote = (body: unknown) => describeForeign(JSON.stringify(body), body, (text) => text);

  it.each([
    [{ errors: [{ code: "route_not_found" }, { code: "other" }] }, '"route_not_found"'],
    [{ errors: [], error: { title: "No help desk" } }, '"No help desk"'],
    [{ error: { code: "gone" } }, '"gone"'],
    [{ error: "InvalidEndpoint" }, '"InvalidEndpoint"'],
    [{ message: "no Route matched" }, '"no Route matched"'],
    ["not found", '"not found"'],
    [{ message: "" }, "a body in another form"],
    [{ message: "  two \n\n lines  " }, '"two lines"'],
    [{ message: "x".repeat(80) }, `"${"x".repeat(80)}"`],
    [{ message: "x".repeat(81) }, `"${"x".repeat(80)}…"`],
  ])("%j: %s", (body, expected) => {
    expect(quote(body)).toBe(expected);
  });

  it("reports a body that is not JSON, and treats white space as an empty body", () => {
    expect(describeForeign("<html>", undefined, (text) => text)).toBe("a body that is not JSON");
    expect(describeForeign(" \n", undefined, (text) => text)).toBe("an empty body");
  });

  it("is redacted before it is truncated", () => {
    const secret = "s".repeat(100);
    const hide = (text: string) => text.replaceAll(secret, "[secret]");
    expect(describeForeign("{}", { message: `key ${secret}` }, hide)).toBe('"key [secret]"');
  });
});
