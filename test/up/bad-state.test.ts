import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { changed, damage, type Edit, failing, program } from "../support/damage";
import { dynamicDoor } from "../support/door";
import { stateOf } from "../support/fixture";
import { sharedStack } from "../support/shared-stack";
import { scenario } from "../support/stack";

const shared = sharedStack();
const dynamic = sharedStack({
  door: dynamicDoor,
  leave: async (stack) => {
    // It can be destroyed without `__seenBy` too.
    damage(stack, (all) => {
      for (const { outputs } of Object.values(all)) delete outputs.__seenBy;
    });
    await stack.destroy();
  },
});

const notBelieved = (name: string) =>
  `Smooch cannot find ${name} (HTTP 404), but it was last seen with other credentials or at another API address, so it may still exist in an account that these credentials cannot see. Nothing was changed.`;

describe("a state with missing outputs", () => {
  it("gets its secrets back with refresh and with up", async () => {
    const { stack } = dynamic;
    const { emulator } = stack.emulator;
    const withoutSecrets: Edit = ({ key, hook }) => {
      delete key.outputs.secret;
      delete hook.outputs.secret;
    };
    damage(stack, withoutSecrets);
    const secrets = () => ({
      secret: emulator.snapshot().keys[0]?.secret,
      hookSecret: emulator.snapshot().webhooks[0]?.secret,
    });
    await stack.refresh();
    await stack.expectNoChange();
    damage(stack, withoutSecrets);
    expect(await stack.up()).toContain("~ 2 updated");
    expect(await stack.outputs()).toMatchObject(secrets());
    for (const secret of Object.values(secrets())) expect(stack.stateFile()).not.toContain(secret);
    await stack.expectNoChange();
  });

  it("keeps inputs that Smooch does not store if the secret and __seenBy are both missing", async () => {
    const { stack } = shared;
    damage(stack, ({ key }) => {
      delete key.outputs.secret;
      delete key.outputs.__seenBy;
    });
    await stack.refresh();
    expect(await stack.preview()).not.toContain("to replace");
  });

  it("is repaired only by up if appId is missing or invalid, because the program knows it", async () => {
    const { stack } = shared;
    damage(stack, ({ key, hook }) => {
      delete key.outputs.appId;
      hook.outputs.appId = 5;
    });
    const { keyId, hookId } = await stack.outputs();
    for (const command of ["refresh", "destroy"]) {
      const output = await failing(stack, command);
      for (const name of [`key ${keyId}`, `webhook ${hookId}`]) {
        expect(output).toContain(
          `The state of ${name} is damaged: appId is missing or unreadable. Nothing was done. Repair it with \`pulumi stack export\` and \`pulumi stack import\`.`,
        );
      }
    }
    await stack.up();
    expect(await stack.refresh()).toContain("4 unchanged");
  });
});

describe("a state with values of the wrong type", () => {
  // The plugin needs one more update after it, which changes nothing in Smooch.
  it("is repaired by refresh", async () => {
    const { stack } = dynamic;
    damage(stack, ({ app, key, hook }) => {
      Object.assign(app.outputs, { name: 5, appToken: ["x"], __seenBy: {}, metadata: 7, more: null });
      Object.assign(key.outputs, { name: ["x"], secret: 7, __seenBy: [] });
      Object.assign(hook.outputs, { target: 5, triggers: "message", secret: true, __seenBy: 1 });
    });
    await stack.refresh();
    await stack.expectNoChange();
    const { secret } = await stack.outputs();
    expect(secret).toBe(stack.emulator.emulator.snapshot().keys[0]?.secret);
  });

  it("is repaired by refresh, even if the values are objects", async () => {
    const { stack } = shared;
    damage(stack, ({ key, hook }) => {
      key.outputs.name = { a: 1 };
      hook.outputs.target = { a: 1 };
    });
    await stack.refresh();
    await stack.expectNoChange();
  });

  it("does not lose an object because of an invalid mark", async () => {
    const { stack } = shared;
    damage(stack, ({ key }) => {
      key.outputs.__unresolved = true;
    });
    await stack.tryUp();
    const { keyId } = await stack.outputs();
    expect(stack.emulator.emulator.snapshot().keys.map(({ id }) => id)).toEqual([keyId]);
  });
});

describe("a state whose provider comes from another version", () => {
  it("loses nothing, explains the failure, and is repaired by up", async () => {
    const { stack } = dynamic;
    damage(stack, (all) => {
      for (const { inputs, outputs } of Object.values(all)) {
        inputs.__provider = outputs.__provider =
          'exports.handler=()=>require("pulumi-smooch/provider").channel';
      }
    });
    for (const command of ["refresh", "destroy"]) {
      expect(await failing(stack, command)).toContain(
        'This version of pulumi-smooch does not know "channel", which a newer one wrote into the state: upgrade pulumi-smooch.',
      );
    }
    await stack.up();
    expect(await stack.refresh()).toContain("4 unchanged");
  });
});

describe("an id that does not exist", () => {
  it("is named, and treated as another account's object if the state lacks __seenBy", async () => {
    const id = "5735dcf248011972d621dc01";
    const { stack } = shared;
    damage(stack, ({ app, key, hook }) => {
      app.id = id;
      delete app.outputs.__seenBy;
      for (const { inputs, outputs } of [key, hook]) {
        inputs.appId = outputs.appId = id;
        delete outputs.__seenBy;
      }
    });
    const { keyId, hookId } = await stack.outputs();
    for (const command of ["refresh", "destroy"]) {
      const output = await failing(stack, command);
      const names = [`key ${keyId}`, `webhook ${hookId}`, ...(command === "refresh" ? [`app ${id}`] : [])];
      for (const name of names) {
        expect(output).toContain(notBelieved(name));
      }
    }
    stack.program = changed;
    expect(await failing(stack, "up")).toMatch(
      new RegExp(`Smooch refused to update app ${id}: .+ \\(HTTP 404\\)\\. If it was deleted elsewhere, `),
    );
  });
});

describe("credentials of another account", () => {
  it("change nothing, and no object is treated as gone", async () => {
    const { stack } = shared;
    const { appId, keyId, hookId } = await stack.outputs();
    const { accountKeyId, accountKeySecret } = stack.emulator.emulator.addAccount();
    Object.assign(stack.environment, {
      SMOOCH_ACCOUNT_KEY_ID: accountKeyId,
      SMOOCH_ACCOUNT_KEY_SECRET: accountKeySecret,
    });
    for (const command of ["refresh", "destroy"]) {
      const output = await failing(stack, command);
      for (const name of [`key ${keyId}`, `webhook ${hookId}`]) {
        expect(output).toContain(notBelieved(name));
      }
    }
    stack.program = changed;
    expect(await failing(stack, "up")).toMatch(
      new RegExp(
        `Smooch refused to update app ${appId}: .+ \\(HTTP 404\\)\\. .+ check that the credentials belong to its account`,
      ),
    );
  });

  it("change nothing with dynamic resources either", async () => {
    const { stack } = dynamic;
    const { keyId, hookId } = await stack.outputs();
    const { accountKeyId, accountKeySecret } = stack.emulator.emulator.addAccount();
    Object.assign(stack.environment, {
      SMOOCH_ACCOUNT_KEY_ID: accountKeyId,
      SMOOCH_ACCOUNT_KEY_SECRET: accountKeySecret,
    });
    const output = await failing(stack, "destroy");
    for (const name of [`key ${keyId}`, `webhook ${hookId}`]) expect(output).toContain(notBelieved(name));
  });
});

describe("an API that returns HTML", () => {
  it.each([
    [
      200,
      "the response did not come from the API at <url> (HTTP 200). Check smooch:baseUrl, and that no proxy responds instead of the API.",
    ],
    [
      404,
      "<url> returned a body that is not JSON, which is not the API's error for a missing object (HTTP 404). Check smooch:baseUrl (host, subdomain and path), smooch:apiVersion, smooch:region and the credentials.",
    ],
  ])("with HTTP %i changes nothing", async (status, reason) => {
    const server = createServer((_, answer) => {
      answer.writeHead(status, { "content-type": "text/html" }).end("<html><h1>Welcome to nginx</h1></html>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { stack } = shared;
    const { appId, keyId, hookId } = await stack.outputs();
    stack.environment.SMOOCH_BASE_URL = url;
    stack.program = changed;
    const objects = [`key ${keyId}`, `webhook ${hookId}`];
    const outputs = {
      refresh: [...objects, `app ${appId}`],
      destroy: objects,
      up: [`app ${appId}`],
    };
    for (const [command, names] of Object.entries(outputs)) {
      const output = await failing(stack, command);
      for (const name of names) {
        const lines = output.split("\n").filter((line) => line.includes(reason.replace("<url>", url)));
        expect(lines.join("\n")).toMatch(
          new RegExp(`No usable response from Smooch to the request to (read|update|delete) ${name}`),
        );
      }
    }
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ["destroy", { operation: "deleteKey", fault: "not-json", applied: false }],
    ["refresh", { operation: "getKey", fault: "status", status: 404, body: "<h1>no backend</h1>" }],
    ["destroy", { operation: "deleteKey", fault: "status", status: 404, body: "<h1>no backend</h1>" }],
  ] as const)("instead of its usual response is not trusted (%s, %o)", async (command, fault) => {
    const { stack } = shared;
    stack.emulator.emulator.setFaults({
      rules: [fault, { operation: ["deleteApp", "deleteWebhook"], fault: "status", status: 500 }],
    });
    await stack.try(command, "--yes", "--skip-preview", "--target", "**::backend");
    expect(stack.resource("backend").id).toBe(stack.emulator.emulator.snapshot().keys[0]?.id);
  });
});

describe("the state that version 0.1.0 wrote", () => {
  it("can be refreshed, updated and destroyed", () =>
    scenario(async (api, start) => {
      const channel = `new smooch.SmoochIntegration("telegram", { appId: app.id, type: "telegram", token: "123456:t0ken" });`;
      const stack = start(program() + channel, dynamicDoor);
      await stack.imported(await stateOf("0.1.0", api));
      const { keys, webhooks } = api.emulator.snapshot();
      await stack.expectNoChange();
      expect(await stack.refresh()).toContain("5 unchanged");
      expect(await stack.outputs()).toMatchObject({
        secret: keys[0]?.secret,
        hookSecret: webhooks[0]?.secret,
      });
      stack.program = changed + channel;
      await stack.up();
      expect(api.emulator.snapshot()).toMatchObject({
        apps: [{ name: "Help" }],
        keys: [{ name: "backend" }],
        webhooks: [{ id: webhooks[0]?.id, triggers: ["*"] }],
      });
      expect(api.emulator.snapshot().keys[0]?.id).not.toBe(keys[0]?.id);
      await stack.expectNoChange();
      await stack.destroy();
    }));
});
