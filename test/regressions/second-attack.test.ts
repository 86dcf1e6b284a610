import { expect, it } from "vitest";
import { processDoor } from "../support/door";
import { scenario } from "../support/stack";

const appId = "5a0b1c2d3e4f5a6b7c8d9e0f";

/** What people read at the end of a run: the errors, one by one. */
function errorsIn(output: string): string[] {
  const [, diagnostics = ""] = output.split("Diagnostics:");
  return diagnostics.split("\n").flatMap((line) => /^\s+error: (.+)/.exec(line)?.[1] ?? []);
}

it("functions and resources that cannot work report why in one line, in the preview", () =>
  scenario(async (_, start) => {
    const stack = start(
      `
      exports.app = smooch.getApp({ appId: "${appId}" });
      exports.keys = smooch.getKeys({ appId: "${appId}" }).apply((keys) => keys.length);
      exports.jwt = smooch.getKeyJwt({ appId: "${appId}", keyId: undefined });`,
      processDoor,
    );
    const refused = await stack.try("preview");
    expect(refused.code).not.toBe(0);
    expect(errorsIn(refused.output).sort()).toEqual([
      `Smooch refused to list keys of app ${appId}: There is no app with this id in the account (HTTP 404). Check the id and the account.`,
      `Smooch refused to read app ${appId}: There is no app with this id in the account (HTTP 404). Check the id and the account.`,
      "keyId must be an id: letters, digits, - and _",
    ]);
    stack.environment = {};
    const unset = await stack.try("preview");
    expect(errorsIn(unset.output).sort()).toEqual([
      expect.stringMatching(
        /^Smooch cannot be called: smooch:accountKeyId is missing: .*SMOOCH_ACCOUNT_KEY_SECRET\.$/,
      ),
      "keyId must be an id: letters, digits, - and _",
    ]);
    for (const { output } of [refused, unset]) {
      expect(output).not.toMatch(
        /PromiseRejectionHandledWarning|unhandled exception|pulumi refresh|\n\s+at /,
      );
    }

    stack.program = 'new smooch.SmoochKey("k");';
    const bare = await stack.try("preview");
    expect(errorsIn(bare.output)).toEqual(['SmoochKey "k" needs an object with arguments.']);
    expect(bare.output).not.toMatch(/TypeError|\n\s+at /);

    stack.program = `new smooch.SmoochKey("k", { appId: "${appId}" });`;
    stack.environment = {
      SMOOCH_ACCOUNT_KEY_ID: "app_5a0b1c2d3e4f5a6b7c8d9e10",
      SMOOCH_ACCOUNT_KEY_SECRET: "s3cret",
    };
    expect(errorsIn((await stack.try("preview")).output).join("\n")).toContain(
      'cannot be created with app_5a0b1c2d3e4f5a6b7c8d9e10, a key of an app: use an account key, whose tokens have the scope "account"',
    );
  }));
