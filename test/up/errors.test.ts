import { describe, expect, it } from "vitest";
import { dynamicDoor, processDoor } from "../support/door";
import { scenario } from "../support/stack";
import { names } from "../support/trio";

describe("bad input", () => {
  it("is reported by preview, all at once, with the name of each property", () =>
    scenario(async ({ emulator }, start) => {
      const stack = start(
        `
        new smooch.SmoochWebhook("events", { appId: "", target: "ftp://bot.example", triggers: ["message", "mesage:appUser"] });`,
        dynamicDoor,
      );
      const { code, output } = await stack.try("preview");
      expect(code).not.toBe(0);
      expect(output).toContain("resource 'events' has a problem: appId must not be empty");
      expect(output).toContain(
        "resource 'events' has a problem: target must be a URL that begins with http:// or https://, without spaces and backslashes",
      );
      expect(output).toContain("has a problem: triggers.1 is not a v1 trigger");

      stack.program = `new smooch.SmoochApp("support", { name: " ", metadata: { nested: { deep: 1 } }, nmae: "x", settings: { useAnimalNames: "yes" } });`;
      const app = await stack.try("preview");
      expect(app.output).toContain("has a problem: name must not be empty");
      expect(app.output).toContain("has a problem: metadata.nested must be a string, a number or a boolean");
      expect(app.output).toContain("has a problem: settings.useAnimalNames must be true or false");

      stack.enter(
        processDoor,
        `const { urn } = new smooch.SmoochApp("support");
        smooch.getKeyJwt({ appId: "5a0b", keyId: urn.apply(() => "..") });`,
      );
      const read = await stack.try("preview");
      expect(read.output).toContain("keyId must be an id: letters, digits, - and _");

      stack.enter(dynamicDoor, `new smooch.SmoochApp("support");`);
      stack.environment = {
        SMOOCH_ACCOUNT_KEY_ID: "act_1",
        SMOOCH_REGION: "mars",
        SMOOCH_REQUEST_TIMEOUT: "0",
      };
      const settings = await stack.try("preview");
      expect(settings.output).toContain(
        "has a problem: smooch:accountKeySecret is missing: run `pulumi config set --secret smooch:accountKeySecret` or set SMOOCH_ACCOUNT_KEY_SECRET",
      );
      expect(settings.output).toContain("has a problem: smooch:region is not a region; use us or eu-1");
      expect(settings.output).toContain(
        "has a problem: smooch:requestTimeout must be a whole number from 1 to 300",
      );

      expect(emulator.requests).toEqual([]);
      await fetch(`${stack.emulator.url}/v1/apps`);
    }));

  it("does not include values that are not known yet", () =>
    scenario(async (_, start) => {
      const stack = start(`
        const app = new smooch.SmoochApp("support");
        new smooch.SmoochWebhook("events", {
          appId: app.id,
          target: pulumi.interpolate\`https://bot.example/\${app.appToken}\`,
          triggers: [app.appToken.apply(() => "postback")],
        });`);
      expect(await stack.run("up", "--yes")).toContain("+ 3 to create");
      await stack.expectNoChange();
      await stack.destroy();
    }));
});

describe("the error of a refused call names what failed, the object, the reason and the next step", () => {
  it("for wrong credentials", () =>
    scenario(async (_, start) => {
      const stack = start(`new smooch.SmoochApp("support");`, dynamicDoor);
      stack.environment.SMOOCH_ACCOUNT_KEY_SECRET = "not-the-secret-of-this-key";
      const { code, output } = await stack.tryUp();
      expect(code).not.toBe(0);
      expect(output).toMatch(
        /Smooch refused to create an app: .+ \(HTTP 401\)\. Check smooch:accountKeyId and smooch:accountKeySecret, and smooch:baseUrl: keys belong to one region or host\./,
      );
      expect(stack.resources()).toEqual([]);
    }));

  it("for the plan's quota, the limit of keys, and a target that is taken", () =>
    scenario(
      async (_, start) => {
        const stack = start(`
          const app = new smooch.SmoochApp("one");
          new smooch.SmoochApp("two", {}, { dependsOn: app });`);
        const quota = await stack.tryUp();
        expect(quota.code).not.toBe(0);
        expect(quota.output).toMatch(
          /Smooch refused to create an app: .+ \(HTTP 402\)\. Delete an app that is no longer needed, or have the plan's quota raised\./,
        );
        expect(names(stack)).toEqual(["one"]);

        stack.program = `
          const app = new smooch.SmoochApp("one");
          for (let n = 0; n < 10; n++) new smooch.SmoochKey("key" + n, { appId: app.id });
          exports.appId = app.id;`;
        await stack.up();
        const { appId } = await stack.outputs();
        stack.program = `
          const app = new smooch.SmoochApp("one");
          for (let n = 0; n < 11; n++) new smooch.SmoochKey("key" + n, { appId: app.id });
          const first = new smooch.SmoochWebhook("first", { appId: app.id, target: "https://bot.example" });
          new smooch.SmoochWebhook("second", { appId: app.id, target: "https://bot.example" }, { dependsOn: first });`;
        const limit = await stack.tryUp("--continue-on-error");
        expect(limit.output).toContain(
          `Smooch refused to create a key in app ${appId}: the app already has 10 keys, the most Smooch allows (HTTP 400). Delete one, or declare it in another app.`,
        );
        expect(limit.output).toMatch(
          /Smooch refused to create a webhook in app \w+: .+ \(HTTP 409\)\. It looks like webhook \w+, which already exists: adopt that one if no other resource has it, or delete it if nothing uses it\./,
        );
        expect(stack.resources()).toHaveLength(12);
        await stack.destroy();
      },
      { maxApps: 1 },
    ));

  it("for a target that does not respond", () =>
    scenario(
      async (_, start) => {
        const stack = start(`
          const app = new smooch.SmoochApp("one");
          new smooch.SmoochWebhook("events", { appId: app.id, target: "http://127.0.0.1:9/nobody" });`);
        const { output } = await stack.tryUp();
        expect(output).toMatch(
          /Smooch refused to create a webhook in app \w+: .+ \(HTTP 400\)\. Smooch sends the target a HEAD request before it accepts it/,
        );
        expect(stack.resources()).toHaveLength(1);
        await stack.destroy();
      },
      { checkTargets: true },
    ));

  it("for an app that is gone, and a key of the wrong kind", () =>
    scenario(async (_, start) => {
      const stack = start(`new smooch.SmoochKey("backend", { appId: "5a0b1c2d3e4f5a6b7c8d9e0f" });`);
      expect((await stack.tryUp()).output).toMatch(
        /Smooch refused to create a key in app 5a0b1c2d3e4f5a6b7c8d9e0f: .+ \(HTTP 404\)\. /,
      );

      stack.program = `
        const app = new smooch.SmoochApp("one");
        const key = new smooch.SmoochKey("backend", { appId: app.id });
        Object.assign(exports, { keyId: key.id, secret: key.secret });`;
      await stack.up();
      const { keyId, secret } = await stack.outputs();
      const own = { ...stack.environment };
      Object.assign(stack.environment, { SMOOCH_ACCOUNT_KEY_ID: keyId, SMOOCH_ACCOUNT_KEY_SECRET: secret });
      const refused = await stack.try("destroy", "--yes", "--skip-preview");
      expect(refused.code).not.toBe(0);
      expect(refused.output).toMatch(/Smooch refused to \w+ key .+ \(HTTP 40[13]\)/);
      expect(stack.resources()).toHaveLength(2);
      stack.environment = own;
      await stack.destroy();
    }));
});
