import { describe, expect, it } from "vitest";
import { dynamicDoor } from "../support/door";
import { scenario } from "../support/stack";

describe("several accounts", () => {
  it("work in one program, are inherited by components, and change keys without replacing anything", () =>
    scenario(async ({ url, emulator }, start) => {
      const other = emulator.addAccount();
      const stack = start(
        `
        const config = new pulumi.Config();
        const other = new smooch.SmoochProvider("other", {
          accountKeyId: config.require("otherKeyId"),
          accountKeySecret: config.requireSecret("otherKeySecret"),
          baseUrl: "${url}",
          maxConcurrency: 2,
        });
        class Customer extends pulumi.ComponentResource {
          constructor(name, options) {
            super("customer:index:Customer", name, {}, options);
            this.app = new smooch.SmoochApp(name, {}, { parent: this });
            this.key = new smooch.SmoochKey(name, { appId: this.app.id }, { parent: this });
          }
        }
        const ours = new Customer("ours");
        const theirs = new Customer("theirs", { providers: [other] });
        Object.assign(exports, { ours: ours.app.id, theirs: theirs.app.id, theirKey: theirs.key.id });`,
        dynamicDoor,
      );
      await stack.configure({ otherKeyId: other.accountKeyId }, { otherKeySecret: other.accountKeySecret });
      await stack.up();
      const { ours, theirs, theirKey } = await stack.outputs();
      const owners = () => new Map(emulator.snapshot().apps.map(({ id, accountId }) => [id, accountId]));
      expect(owners()).toEqual(
        new Map([
          [ours, emulator.accountId],
          [theirs, other.accountId],
        ]),
      );
      expect(stack.stateFile()).not.toContain(other.accountKeySecret);

      const rotated = emulator.addAccountKey(other.accountId);
      emulator.revokeAccountKey(other.accountKeyId);
      await stack.configure(
        { otherKeyId: rotated.accountKeyId },
        { otherKeySecret: rotated.accountKeySecret },
      );
      const output = await stack.up();
      expect(output).toContain("~ 1 updated");
      expect(output).not.toContain("replaced");
      expect(emulator.snapshot().keys.map(({ id }) => id)).toContain(theirKey);
      await stack.expectNoChange("--refresh");
      await stack.destroy();
    }));
});

describe("a new account key", () => {
  it("works immediately with up; refresh and destroy name --run-program, and work with it", () =>
    scenario(async ({ url, emulator }, start) => {
      const stack = start(
        `
        const app = new smooch.SmoochApp("support");
        new smooch.SmoochKey("backend", { appId: app.id });`,
        dynamicDoor,
      );
      const configure = async ({
        accountKeyId,
        accountKeySecret,
      }: {
        accountKeyId: string;
        accountKeySecret: string;
      }) => {
        await stack.configure(
          { "smooch:accountKeyId": accountKeyId },
          { "smooch:accountKeySecret": accountKeySecret },
        );
      };
      stack.environment = { SMOOCH_BASE_URL: url };
      await configure(emulator);
      await stack.up();

      const second = emulator.addAccountKey();
      emulator.revokeAccountKey(emulator.accountKeyId);
      await configure(second);
      for (const command of ["refresh", "destroy"]) {
        const { code, output } = await stack.try(command, "--yes", "--skip-preview");
        expect(code).not.toBe(0);
        expect(output).toContain(
          "If the account key was changed: `pulumi refresh` and `pulumi destroy` still use the one of the last `pulumi up` or `pulumi import`. Run them with --run-program.",
        );
        expect(stack.resources()).toHaveLength(2);
      }
      await stack.refresh("--run-program");
      expect(await stack.up()).toContain("3 unchanged");

      const third = emulator.addAccountKey();
      emulator.revokeAccountKey(second.accountKeyId);
      await configure(third);
      await stack.destroy("--run-program");
    }));
});

describe("rotation by age", () => {
  const program = `
    const app = new smooch.SmoochApp("support");
    const key = new smooch.SmoochKey("backend", { appId: app.id, rotateAfterDays: 30 });
    exports.keyId = key.id;`;

  it("replaces a key that is too old, new before old, and gives the reason in the preview", () =>
    scenario(async ({ emulator }, start) => {
      const days = 24 * 60 * 60 * 1000;
      const stack = start(program);
      emulator.shiftClock(-31 * days);
      await stack.up();
      const { keyId } = await stack.outputs();
      emulator.shiftClock(0);

      const reason = `key ${keyId} is 31 days old, which is past its rotateAfterDays: a new one replaces it`;
      const preview = await stack.preview();
      expect(preview).toContain(reason);
      expect(preview).toContain("+-1 to replace");
      emulator.requests.length = 0;
      expect(await stack.up()).toContain(reason);
      expect(emulator.requests.map(({ method }) => method).filter((method) => method !== "GET")).toEqual([
        "POST",
        "DELETE",
      ]);
      expect(emulator.snapshot().keys.map(({ id }) => id)).toEqual([(await stack.outputs()).keyId]);
      await stack.expectNoChange();
      await stack.destroy();
    }));
});
