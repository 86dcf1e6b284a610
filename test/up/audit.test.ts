import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { Finding } from "../../src/cli/audit/findings";
import type { RunningEmulator } from "../../src/emulator/index";
import { runCommand } from "../support/command";
import { dynamicDoor } from "../support/door";
import { byHand } from "../support/hand";
import { LeakScanner } from "../support/leaks";
import { secrets, target } from "../support/listener";
import { scenario } from "../support/stack";

const inShort = (stdout: string) =>
  (JSON.parse(stdout).findings as Finding[]).map(({ kind, object, id, properties = [] }) =>
    [kind, object, id, ...properties].join(" "),
  );

function watch({ emulator, accountKeySecret }: RunningEmulator): LeakScanner {
  const scanner = new LeakScanner();
  const { keys, webhooks } = emulator.snapshot();
  for (const [name, value] of Object.entries(secrets)) scanner.watch(name, value);
  for (const { id, secret } of [...keys, ...webhooks]) scanner.watch(id, secret);
  scanner.watch("account key", accountKeySecret);
  return scanner;
}

const program = `
  const app = new smooch.SmoochApp("support", { metadata: { token: pulumi.secret("${secrets["metadata value"]}") } });
  const keepers = { pw: pulumi.secret("${secrets.keeper}") };
  for (const name of ["backend", "bot"]) new smooch.SmoochKey(name, { appId: app.id, keepers });
  new smooch.SmoochWebhook("events", { appId: app.id, target: pulumi.secret("${target}") });
  new smooch.SmoochWebhook("plain", { appId: app.id, target: "https://plain.example/${secrets["path of a target"]}" });
  new smooch.SmoochIntegration("telegram", { appId: app.id, type: "telegram", token: "${secrets.keeper}" });
  exports.appId = app.id;`;

describe("pulumi-smooch audit with a stack", () => {
  it("finds what no stack owns, deletes exactly that, and reports drift and missing objects", () =>
    scenario(
      async (api, start) => {
        const stack = start(program, dynamicDoor);
        await stack.up();
        const { appId } = await stack.outputs();
        const before = api.emulator.snapshot();
        const under = `/v1/apps/${appId}`;
        const key = await byHand(api, "POST", `${under}/keys`, { name: "by hand" });
        const hook = await byHand(api, "POST", `${under}/webhooks`, {
          target: `https://stray.example/${secrets["query of a target"]}`,
          triggers: ["message"],
        });
        const scanner = watch(api);
        const run = async (...args: string[]) => {
          const { code, stdout, stderr } = await runCommand(stack, "audit", "--stack", "test", ...args);
          scanner.scan(args.join(" "), stdout + stderr);
          return { code, stdout, stderr };
        };

        const strays = [`unowned key ${key._id}`, `unowned webhook ${hook._id}`];
        const first = await run("--json");
        expect([first.code, inShort(first.stdout)]).toEqual([3, strays]);
        const refused = await run("--revoke", "--delete");
        expect(refused).toMatchObject({ code: 2, stdout: "" });
        const done = await run("--revoke", "--delete", "--yes");
        expect(done.code, done.stderr).toBe(0);
        expect(done.stdout).toMatch(
          new RegExp(
            `Live keys that no stack owns: 1\\n[^]*key +${key._id} [^]*\\nDeleted webhook ${hook._id}\\n$`,
          ),
        );
        expect(api.emulator.snapshot()).toEqual(before);
        expect(await run()).toMatchObject({
          code: 0,
          stdout:
            "No problem: 1 app, 2 keys, 2 webhooks and 1 integration compared with 6 resources of test.\n",
        });
        await stack.expectNoChange();

        const { keys, webhooks } = before;
        const plain = webhooks.find((one) => one.target.includes("plain"));
        const gone = keys.find(({ name }) => name === "bot");
        await byHand(api, "DELETE", `${under}/keys/${gone?.id}`);
        await byHand(api, "PUT", `${under}/webhooks/${plain?.id}`, { triggers: ["postback"] });
        const exported = await stack.exported();
        writeFileSync(join(stack.folder, "prod.json"), exported);
        const changed = await run("--json");
        expect([changed.code, inShort(changed.stdout)]).toEqual([
          3,
          [`gone key ${gone?.id}`, `drift webhook ${plain?.id} triggers`],
        ]);
        const twice = await run("--state", "prod.json");
        expect(twice.stdout).toContain("Objects that more than one resource owns: 5");

        const fresh = stack.sibling("fresh");
        const empty = await runCommand(fresh, "audit", "--stack", "fresh", "--revoke", "--yes");
        expect(empty.code).toBe(1);
        expect(empty.stderr).toContain("error: Nothing was deleted: fresh owns nothing in this account");
        expect(api.emulator.snapshot().keys).toHaveLength(1);

        expect(scanner.leaks).toEqual([]);
        expect([...scanner.seen.values()].every((length) => length > 50)).toBe(true);
        await stack.destroy();
      },
      { accountKeySecret: secrets["account key secret"] },
    ));

  it("revokes nothing while an update creates a key that is not in the state yet", () =>
    scenario(async (api, start) => {
      const { emulator } = api;
      const stack = start(`
        const app = new smooch.SmoochApp("support");
        new smooch.SmoochKey("backend", { appId: app.id });`);
      emulator.setFaults({ rules: [{ operation: "createKey", fault: "hang", applied: true, times: 1 }] });
      stack.environment.SMOOCH_REQUEST_TIMEOUT = "300";
      const update = stack.up();
      await vi.waitFor(() => expect(emulator.snapshot().keys).toHaveLength(1), { timeout: 60_000 });
      const [key] = emulator.snapshot().keys;

      const { code, stdout, stderr } = await runCommand(
        stack,
        "audit",
        "--stack",
        "test",
        "--revoke",
        "--yes",
      );
      expect([code, stderr.split("\n").at(-2)]).toEqual([
        1,
        "error: Nothing was deleted: a create was interrupted or is in progress, and its object may be among these.",
      ]);
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(
        "backend; perhaps made by the create of test: backend",
      );
      expect(stdout).toContain("problem  Creates that were interrupted: 1\n  app ");
      // Now the pending response is lost, and the update finds the key that it created.
      await api.pause();
      await api.resume();
      await update;
      expect(emulator.snapshot().keys).toEqual([key]);
      expect((await runCommand(stack, "audit", "--stack", "test")).code).toBe(0);
      await stack.destroy();
    }));
});
