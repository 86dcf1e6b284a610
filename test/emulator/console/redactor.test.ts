import { describe, expect, it } from "vitest";
import { Redactor } from "../../../src/emulator/console/redactor";
import { kinds } from "../../../src/emulator/kinds/index";

const secret = "abc-DEF_123";
const telegram = "12345:AAbb-cc_dd";
const phrase = "correct horse battery";

function redactor(): Redactor {
  const made = new Redactor(kinds);
  made.body(JSON.stringify({ secret, token: telegram, password: phrase }));
  return made;
}

describe("the redactor", () => {
  it.each([
    [{ secret: "s" }, { secret: "…" }],
    [{ secret: "" }, { secret: "" }],
    [{ secret: null }, { secret: null }],
    [{ password: 123456 }, { password: "…" }],
    [{ authToken: ["a", { b: "c" }] }, { authToken: ["…", { b: "…" }] }],
    [{ credentials: { user: "u", list: [["p"]] } }, { credentials: { user: "…", list: [["…"]] } }],
    [{ key: { _id: "1", secret: "s" } }, { key: { _id: "1", secret: "…" } }],
    [
      { newClientSecret: "a", apiKey: "b", jwt: "c" },
      { newClientSecret: "…", apiKey: "…", jwt: "…" },
    ],
    [
      { appToken: "t1", name: "Shop", keyId: "app_1" },
      { appToken: "t1", name: "Shop", keyId: "app_1" },
    ],
    [{ target: "https://u:p@a.example/b?c=d" }, { target: "https://…@a.example/b?…" }],
    [{ target: "https://a.example" }, { target: "https://a.example" }],
    [{ target: "not a url" }, { target: "…" }],
    [{ text: "see ftp://user:pass@a.example" }, { text: "see ftp://…@a.example" }],
    [{ text: "see ftp://user:p@ss@a.example" }, { text: "see ftp://…@a.example" }],
    [
      ["a", 1, true, null],
      ["a", 1, true, null],
    ],
  ])("hides secrets by the names of their properties: %j", (body, shown) => {
    expect(JSON.parse(new Redactor(kinds).body(JSON.stringify(body)))).toEqual(shown);
  });

  it.each([
    [`Key: ${secret}.`, "Key: …."],
    [`"${secret}"`, '"…"'],
    [`a=${secret}&b=c`, "a=…&b=c"],
    [`a%3D${secret}%26`, "a%3D…%26"],
    [`Send ${telegram}!`, "Send …!"],
    [`https://api.telegram.org/bot${telegram}/getMe`, "https://api.telegram.org/bot…/getMe"],
    [`a=${encodeURIComponent(telegram)}`, "a=…"],
    [`It is ${phrase}, really`, "It is …, really"],
    [secret, "…"],
    [`x${secret}`, `x${secret}`],
    ["Bearer eyJhbGciOiJIUzI1NiJ9.eyJzY29wZSI6ImFwcCJ9.sig-nature", "Bearer …"],
    ["nothing here", "nothing here"],
  ])("hides a secret that it has seen in any text: %j", (text, shown) => {
    expect(redactor().text(text)).toBe(shown);
    expect(redactor().foreignBody(text)).toBe(shown);
    expect(redactor().body(JSON.stringify({ text, [text]: [text] }))).toBe(
      JSON.stringify({ text: shown, [shown]: [shown] }),
    );
  });

  it.each([
    [`/v1/apps/${secret}`, "/v1/apps/…"],
    [`/v1/${telegram}/keys`, "/v1/…/keys"],
    [`/v1/${encodeURIComponent(telegram)}`, "/v1/…"],
    ["/v1/%61bc-DEF_123", "/v1/…"],
    ["/v1/a%20b", "/v1/a%20b"],
    ["/v1/%", "/v1/%"],
  ])("hides a secret in a path, however it is encoded: %s", (path, shown) => {
    expect(redactor().path(path)).toBe(shown);
  });

  it("only describes a body of the API that is not JSON", () => {
    expect(redactor().body(`{"secret":"${secret}`)).toBe("(22 characters that are not JSON)");
    expect(redactor().body("")).toBe("");
    expect(redactor().body("[".repeat(100_000))).toBe("(100000 characters that are not JSON)");
  });

  it("hides what only sounds like a secret, but nowhere else", () => {
    const made = new Redactor(kinds);
    expect(made.body('{"tokenType":"standard"}')).toBe('{"tokenType":"…"}');
    expect(made.text("the standard plan")).toBe("the standard plan");
  });

  it("does not take short values for secrets elsewhere", () => {
    const made = new Redactor(kinds);
    made.body(JSON.stringify({ secret: "app" }));
    expect(made.text("an app of the app: app")).toBe("an app of the app: app");
  });

  it.each(["eyJ", ".", "://a", "a@", "-", '"', "eyJ."])("takes little time for 100 kB of %j", (part) => {
    const made = redactor();
    const text = part.repeat(100_000 / part.length);
    const before = performance.now();
    made.body(JSON.stringify({ text }));
    expect(performance.now() - before).toBeLessThan(500);
  });
});
