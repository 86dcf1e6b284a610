import { describe, expect, it } from "vitest";
import { signAccessJwt } from "../../src/smooch/jwt";
import { inlineDoor, processDoor } from "../support/door";
import { byHand } from "../support/hand";
import { LeakScanner } from "../support/leaks";
import { listen, secrets, target } from "../support/listener";

import { trio } from "../support/trio";

/** A program with a secret in every input that can contain one, and an export of every secret output. */
const program = ({ name = "Support", n, options = "const options = {};" }: Changes = {}) => {
  const declared = {
    name: `"${name}"`,
    metadata: `{ tier: "gold", token: pulumi.secret("${secrets["metadata value"]}") }`,
    keepers: `{ pw: pulumi.secret("${secrets.keeper}"), n: ${n ?? 1} }`,
    target: `pulumi.secret("${target}")`,
    triggers: `["${n ? "*" : "message"}"]`,
  };
  return `${options} ${trio({ app: "options", key: "options", hook: "options" }, declared)}
  Object.assign(exports, { jwt: key.jwt, secret: key.secret, hookSecret: hook.secret });`;
};
interface Changes {
  name?: string;
  n?: number;
  options?: string;
}

/**
 * Lines in which Pulumi itself prints secrets with `-v=9 --logtostderr`, whatever the provider. No other line may.
 */
const printedByPulumi: Record<string, RegExp> = {
  // MarshalProperties and UnmarshalProperties in sdk/go/common/resource/plugin/rpc.go of Pulumi print the properties
  // that the engine, the program and the provider exchange, with secrets unwrapped.
  "properties on the wire": /"msg":"(M|Unm)arshaling property for RPC\[/,
};

const quiet = ["--yes", "--skip-preview"];

describe("the scanner", () => {
  it("finds a canary in plain text, URL-encoded, and in base64 at every offset, and any JWT", () => {
    const scanner = new LeakScanner();
    const canary = "canary/with+signs?&=1";
    scanner.watch("canary", canary);
    const forms = [
      canary,
      encodeURIComponent(canary),
      ...["", "a", "ab"].map((before) => Buffer.from(`${before}${canary} and more`).toString("base64")),
      ...["", "a", "ab"].map((before) => Buffer.from(`${before}${canary}`).toString("base64url")),
    ];
    for (const form of forms) scanner.scan("here", `nothing\nx${form}y\nnothing`);
    expect(scanner.leaks).toEqual(
      forms.map((form) => ({ secret: "canary", place: "here", line: `x${form}y` })),
    );

    const jwt = signAccessJwt({ keyId: "act_1", secret: "a secret of some length" }, 0, 1000);
    scanner.scan("there", `authorization: Bearer ${jwt}`);
    expect(scanner.leaks.at(-1)).toMatchObject({ secret: "a JWT", place: "there" });
  });
});

describe("no secret is printed or written in plain text", () => {
  it("with an account token, and with -v=9 only in lines that Pulumi itself prints", () =>
    listen(
      program(),
      async (api, stack, ear) => {
        const key = { keyId: api.accountKeyId, secret: api.accountKeySecret };
        const token = signAccessJwt(key, Date.now(), 3_600_000);
        ear.scanner.watch("account token", token);
        stack.environment = { SMOOCH_LOG: "debug", ACCOUNT_TOKEN: token };
        const options = `const provider = new smooch.SmoochProvider("p", { accountToken: process.env.ACCOUNT_TOKEN, baseUrl: "${api.url}" }); const options = { provider };`;
        const verbose = ["-v=9", "--logtostderr"];
        stack.program = program({ options });
        await ear.run("up", ...quiet, ...verbose);
        stack.program = program({ options, name: "Help", n: 2 });
        await ear.run("up", "--refresh", ...quiet, ...verbose);
        await ear.run("refresh", ...quiet, ...verbose);
        await ear.run("destroy", ...quiet, ...verbose);
        const unknown = ear.scanner.leaks.filter(
          ({ place, line }) =>
            !place.endsWith("-v=9 --logtostderr") ||
            !Object.values(printedByPulumi).some((known) => known.test(line)),
        );
        expect(unknown).toEqual([]);
        // Every exception must still be needed.
        for (const [name, known] of Object.entries(printedByPulumi)) {
          expect(
            ear.scanner.leaks.some(({ line }) => known.test(line)),
            name,
          ).toBe(true);
        }
      },
      { door: processDoor },
    ));
});

/** A program with this many keys and webhooks. */
const many = (count: number) => `
  const app = new smooch.SmoochApp("support", { metadata: { token: pulumi.secret("${secrets["metadata value"]}") } });
  for (let n = 0; n < ${count}; n++) {
    new smooch.SmoochKey("key" + n, { appId: app.id, keepers: { pw: pulumi.secret("${secrets.keeper}") } });
    new smooch.SmoochWebhook("hook" + n, { appId: app.id, target: pulumi.secret("${target}&n=" + n) });
  }`;

describe("no secret appears in an error", () => {
  it("for an input that is refused before any call", () =>
    listen(program(), async ({ url }, stack, ear) => {
      const secret = (text: string) => `pulumi.secret(${text})`;
      const value = JSON.stringify(secrets.keeper);
      const programs = [
        `new smooch.SmoochApp("support", { name: ${secret(`${value}.repeat(9)`)}, metadata: ${secret(`{ a: { b: ${value} }, c: [${value}] }`)}, settings: ${secret(`{ useAnimalNames: ${value}, maskCreditCardNumbers: [${value}] }`)} });`,
        `new smooch.SmoochApp("large", { metadata: ${secret(`{ large: ${value}.repeat(999) }`)} });`,
        `new smooch.SmoochKey("backend", { appId: ${secret(`[${value}]`)}, keepers: ${secret(value)}, rotateAfterDays: ${secret(value)} });`,
        `new smooch.SmoochWebhook("events", { appId: "5a0b1c2d3e4f5a6b7c8d9e0f", target: ${secret(`"ftp://" + ${value}`)}, triggers: ${secret(value)} });`,
      ];
      // Pulumi stops at the first resource that is refused.
      let output = "";
      for (const text of programs) {
        stack.program = text;
        output += await ear.run("preview");
      }
      for (const reason of [
        "name must not be longer than 100 characters",
        "metadata.a must be a string, a number or a boolean",
        "settings.useAnimalNames must be true or false",
        "metadata must not take more than 4096 bytes as JSON",
        "appId must be an id",
        "keepers must be a flat object",
        "rotateAfterDays must be a number",
        "target must be a URL that begins with http:// or https://, without spaces and backslashes",
        "triggers must be a list",
      ])
        expect(output).toContain(`has a problem: ${reason}`);
      expect(ear.scanner.leaks).toEqual([]);
      await fetch(`${url}/v1/apps`);
    }));

  it("for a trigger that is not valid", () =>
    listen(program(), async ({ url }, stack, ear) => {
      await fetch(`${url}/v1/apps`);
      stack.program = `new smooch.SmoochWebhook("events", { appId: "5a0b1c2d3e4f5a6b7c8d9e0f", target: "https://bot.example", triggers: pulumi.secret(["${secrets.keeper}"]) });`;
      await ear.run("preview");
      expect(ear.scanner.leaks).toEqual([]);
    }));

  it("for a refused call, whatever the status, from an API that quotes the request", () =>
    listen(
      program(),
      async ({ emulator }, stack, ear) => {
        const statuses = [400, 401, 402, 403, 404, 409, 413, 422];
        stack.program = many(statuses.length);
        // An API can quote only what it was sent, and a request to create a key contains no secret.
        const body = { error: { code: "bad_request", description: `${target} is refused` } };
        const rules = statuses.flatMap((status, after) =>
          ["createKey", "createWebhook"].map((operation) => ({
            operation,
            fault: "status" as const,
            status,
            ...(operation === "createWebhook" && { body }),
            after,
            times: 1,
          })),
        );
        emulator.setFaults({ rules });
        const output = await ear.run("up", "--continue-on-error", ...quiet);
        for (const status of statuses) expect(output).toContain(`(HTTP ${status})`);
        emulator.setFaults(undefined);
        await ear.run("up", ...quiet);
        const { keys, webhooks } = emulator.snapshot();
        expect([keys.length, webhooks.length]).toEqual([statuses.length, statuses.length]);
        await ear.run("destroy", ...quiet);
        expect(ear.scanner.leaks).toEqual([]);
      },
      { door: inlineDoor },
    ));

  it("under every fault", () =>
    listen(
      program(),
      async ({ emulator }, stack, ear) => {
        const faults = [
          { fault: "status", status: 500 },
          { fault: "status", status: 503, retryAfter: 1, body: "<h1>later</h1>" },
          { fault: "rate-limited", retryAfter: 1 },
          { fault: "not-json" },
          { fault: "latency", ms: 50 },
          { fault: "hang" },
          { fault: "refused" },
          { fault: "reset-before" },
          { fault: "reset-after" },
          { fault: "cut" },
        ] as const;
        const each = (operation: string) =>
          faults.map((fault, after) => ({ operation, ...fault, after, times: 1 }));
        stack.environment.SMOOCH_REQUEST_TIMEOUT = "2";
        stack.program = many(faults.length);
        emulator.setFaults({
          rules: [
            ...each("createKey"),
            ...each("createWebhook"),
            { fault: "stale-read", after: 3, times: 3 },
          ],
        });
        await ear.run("up", "--continue-on-error", ...quiet);
        emulator.setFaults({ rules: [...each("getKey"), ...each("getWebhook")] });
        await ear.run("refresh", ...quiet);
        emulator.setFaults({ rules: [...each("deleteKey"), ...each("deleteWebhook")] });
        await ear.run("destroy", "--continue-on-error", ...quiet);
        const kinds = new Set([...faults.map(({ fault }) => fault), "stale-read"]);
        expect(new Set(Object.keys(emulator.faultsMet))).toEqual(kinds);
        emulator.setFaults(undefined);
        await ear.run("destroy", ...quiet);
        expect(ear.scanner.leaks).toEqual([]);
      },
      { door: inlineDoor },
    ));

  it("nor in the state of an object that may or may not exist", () =>
    listen(many(1), async (api, stack, ear) => {
      const { emulator } = api;
      stack.environment.SMOOCH_REQUEST_TIMEOUT = "2";
      emulator.setFaults({
        rules: [
          { operation: ["createKey", "createWebhook"], fault: "reset-after" },
          { operation: ["listKeys", "listWebhooks"], fault: "status", status: 403 },
        ],
      });
      const output = await ear.run("up", "--continue-on-error", ...quiet);
      for (const kind of ["key", "webhook"])
        expect(output).toContain(`It is unknown whether this ${kind} exists.`);
      expect(stack.resources()).toHaveLength(3);
      expect(emulator.snapshot()).toMatchObject({ keys: [{}], webhooks: [{}] });
      emulator.setFaults(undefined);
      await ear.run("refresh", ...quiet);
      const stopped = await ear.run("up", ...quiet);
      const [key] = emulator.snapshot().keys;
      expect(stopped).toMatch(/may have made (key|webhook) \w+, which cannot be told apart from one/);
      expect(emulator.snapshot()).toMatchObject({ keys: [key], webhooks: [{}] });
      // The user, who knows that they belong to the stack, deletes them.
      const { apps, webhooks } = emulator.snapshot();
      await byHand(api, "DELETE", `/v1/apps/${apps[0]?.id}/keys/${key?.id}`);
      await byHand(api, "DELETE", `/v1/apps/${apps[0]?.id}/webhooks/${webhooks[0]?.id}`);
      await ear.run("up", ...quiet);
      expect(emulator.snapshot()).toMatchObject({ keys: [{}], webhooks: [{}] });
      await ear.run("destroy", ...quiet);
      expect(ear.scanner.leaks).toEqual([]);
    }));
});
