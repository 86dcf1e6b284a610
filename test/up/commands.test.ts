import jwt from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { runPulumi } from "../support/cli";
import { runCommand } from "../support/command";
import { dynamicDoor, processDoor } from "../support/door";
import { scenario } from "../support/stack";

const program = `
  const app = new smooch.SmoochApp("support");
  const key = new smooch.SmoochKey("backend", { appId: app.id });
  new smooch.SmoochKey("bot", { appId: app.id });
  exports.jwt = key.jwt;`;

describe("pulumi-smooch with a stack", () => {
  it("token signs with the key of the given name", () =>
    scenario(async ({ emulator }, start) => {
      const stack = start(program, dynamicDoor);
      await stack.up();
      const { keys } = emulator.snapshot();
      const token = async (name: string, ...args: string[]) => {
        const { code, stdout, stderr } = await runCommand(stack, "token", "--stack", "test", ...args);
        expect([code, stderr]).toEqual([0, ""]);
        expect(stdout).toMatch(/^[\w.-]+\n$/);
        const key = keys.find((one) => one.name === name);
        const { header, payload } = jwt.verify(stdout.trim(), String(key?.secret), { complete: true });
        expect(header.kid).toBe(key?.id);
        return payload;
      };
      expect(await token("backend", "--resource", "backend")).toEqual({ scope: "app" });
      expect(await token("backend", "--resource", "backend", "--user-id", "ann")).toEqual({
        scope: "appUser",
        userId: "ann",
      });
      expect(await token("backend", "--resource", "backend", "--expires-in", "1h")).toMatchObject({
        scope: "app",
        exp: expect.any(Number),
      });
      expect(await token("bot", "--resource", "bot")).toEqual({ scope: "app" });

      expect(await runCommand(stack, "token", "--stack", "test")).toEqual({
        code: 1,
        stdout: "",
        stderr: "error: the stack has several keys; choose one with --resource: backend, bot\n",
      });
      expect(await runCommand(stack, "token", "--stack", "prod")).toEqual({
        code: 1,
        stdout: "",
        stderr: "error: pulumi stack export failed: no stack named 'prod' found\n",
      });
      expect(await runCommand(stack, "token", "--resource", "bot")).toMatchObject({ code: 2, stdout: "" });
      await runPulumi(stack.folder, ["stack", "select", "test"]);
      expect(await runCommand(stack, "token", "--resource", "backend")).toEqual({
        code: 0,
        stdout: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/),
        stderr: "Using the selected stack test.\n",
      });
      await stack.destroy();
    }));

  it("doctor reports all checks as ok, with settings from the environment or the stack's configuration", () =>
    scenario(async ({ url, accountKeyId, accountKeySecret }, start) => {
      const stack = start(program, processDoor);
      const healthy = {
        code: 0,
        stdout: expect.stringMatching(/^(ok {7}.+\n){8}$/),
        stderr: "",
      };
      expect(await runCommand(stack, "doctor")).toEqual(healthy);
      await runPulumi(stack.folder, ["stack", "select", "test"]);

      stack.environment = {};
      await stack.configure(
        { "smooch:baseUrl": url, "smooch:accountKeyId": accountKeyId, "smooch:apiVersion": "v2" },
        { "smooch:accountKeySecret": accountKeySecret },
      );
      const configured = await runCommand(stack, "doctor", "--stack", "test");
      expect(configured).toEqual(healthy);
      expect(configured.stdout).toContain(`Settings: v2 at ${url} as ${accountKeyId}`);

      await stack.configure(
        { "smooch:accountKeySecret": accountKeySecret, "smooch:baseUrl": "https://smooch.example.com" },
        {},
      );
      const warning =
        "smooch:accountKeySecret is stored in plain text in the stack's configuration and its state.";
      const plain = await runCommand(stack, "doctor", "--offline");
      expect(plain).toEqual({
        code: 0,
        stdout: expect.stringContaining(`warning  ${warning.slice(0, -1)}`),
        stderr: "Using the selected stack test.\n",
      });
      const preview = await runPulumi(stack.folder, ["preview"], stack.environment);
      const [, diagnostics = ""] = preview.output.replaceAll(/\s+/g, " ").split(" Diagnostics: ");
      expect(diagnostics.split(warning)).toHaveLength(2);
      expect(preview.output).not.toContain(accountKeySecret);

      await stack.configure(
        { "smooch:baseUrl": url },
        { "smooch:accountKeySecret": "canary-secret-that-is-wrong" },
      );
      const { code, stdout, stderr } = await runCommand(stack, "doctor", "--stack", "test", "--json");
      expect([code, stderr]).toEqual([1, ""]);
      expect(JSON.parse(stdout).checks).toContainEqual({
        name: "credentials",
        status: "problem",
        message: expect.stringContaining("(HTTP 401)"),
        fix: expect.stringContaining("Check smooch:accountKeyId and smooch:accountKeySecret."),
      });
    }));
});
