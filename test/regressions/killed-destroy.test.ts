import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { byHand } from "../support/hand";
import { journal, killUp } from "../support/interrupted";
import { scenario } from "../support/stack";

it("a destroy after a kill names what the interrupted run may have left, and does not touch it", () =>
  scenario(async (api, start) => {
    const { emulator } = api;
    const app = `const app = new smooch.SmoochApp("support"); exports.appId = app.id;`;
    const stack = start(app);
    await stack.up();
    const { appId } = await stack.outputs();
    stack.program = `${app} new smooch.SmoochKey("backend", { appId: app.id }); new smooch.SmoochApp("second");`;
    const hold = { operation: ["createKey", "createApp"], fault: "hang", applied: true } as const;
    await killUp(stack, { hold: [hold], requests: 2 });
    const left = emulator.snapshot().apps.find(({ name }) => name === "second")?.id;

    const output = await stack.destroy();
    const fileOf = (name: string) =>
      journal(stack).find(({ entry }) => entry.resource === `test/${name}`)?.file;
    const advice = "Check whether it exists (`pulumi-smooch audit`) and whose it is, then delete the file";
    expect(output).toContain(
      `pulumi-smooch: an interrupted run may have made the key in app ${appId} of resource test/backend. ${advice} ${fileOf("backend")}`,
    );
    expect(output).toContain(
      `pulumi-smooch: an interrupted run may have made the app of resource test/second. ${advice} ${fileOf("second")}`,
    );
    expect(emulator.snapshot().apps.map(({ id }) => id)).toEqual([left]);

    await byHand(api, "DELETE", `/v1/apps/${left}`);
    for (const { file } of journal(stack)) rmSync(file);
    stack.program = app;
    expect(await stack.up()).not.toContain("interrupted run");
    await stack.expectNoChange();
    expect(await stack.destroy()).not.toContain("interrupted run");
  }));
