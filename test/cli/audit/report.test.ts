import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { writeReport } from "../../../src/cli/audit/report";
import { appId, ciphertext, compareWith, resource } from "./support";

const keyId = "app_5a0b1c2e0000000000000001";
const app = resource("app", "support", appId, { name: "Support" });
const key = resource("key", "backend", keyId, { name: "backend", secret: ciphertext });
const keys = [{ id: keyId, name: "backend" }];
const otherId = "app_5a0b1c2e0000000000000002";

describe("the report", () => {
  const view = { width: 80, now: Date.parse("2017-11-20T00:00:00Z") };

  it.each([80, 200])("fits into %i columns, however long the names are", (width) => {
    const name = `${"long words ".repeat(12)}${"長い名前".repeat(20)}`;
    const webhook = (id: string, triggers: string[]) => ({
      id,
      version: "v1",
      target: "https://bot.example.com/canary",
      triggers,
      includeClient: false,
      includeFullUser: false,
    });
    const webhooks = [
      webhook("5a0b1c2e0000000000000001", ["message"]),
      webhook("5a0b1c2e0000000000000002", ["postback"]),
    ];
    const text = stripVTControlCharacters(
      writeReport(compareWith({ keys: [{ id: keyId, name }], webhooks }, []), ["dev"], { ...view, width }),
    );
    const lines = text.split("\n");
    // East Asian characters take two columns.
    const widths = lines.map((line) => line.length + (line.match(/[\u3040-\u9fff]/g)?.length ?? 0));
    expect(Math.max(...widths.slice(0, -1))).toBeLessThanOrEqual(width);
    expect(text).toContain("https://bot.example.com for message");
    expect(text).toContain("https://bot.example.com for postback");
    expect(text).not.toContain("canary");
  });

  it("states in one line that there is no problem, and what was compared", () => {
    expect(writeReport(compareWith({ keys }, [app, key]), ["dev", "prod.json"], view)).toBe(
      "No problem: 1 app and 1 key compared with 2 resources of dev, prod.json.",
    );
  });

  it("has columns, groups similar findings, and contains no control characters", () => {
    const both = [...keys, { id: "app_short", name: "\u001b[31mred\n" }];
    const text = writeReport(compareWith({ keys: both }, [app, { ...key, id: otherId }]), ["dev"], view);
    expect(stripVTControlCharacters(text)).toBe(
      [
        "problem  Live keys that no stack owns: 2",
        `  app ${appId} (Support)`,
        "    object  id                            age  what",
        `    key     ${keyId}  5 d  backend`,
        "    key     app_short                     -    [31mred",
        "  Adopt those in use, and revoke the others with --revoke. If a stack is missing",
        "  here, add it with --stack or --state.",
        "",
        "problem  In the state, but gone from the account: 1",
        `  app ${appId}`,
        "    object  id                            age  what",
        `    key     ${otherId}  5 d  dev: backend`,
        "  `pulumi refresh` records it, and the next `pulumi up` recreates it.",
        "",
        "3 problems: 1 app and 2 keys compared with 2 resources of dev.",
      ].join("\n"),
    );
  });
});
