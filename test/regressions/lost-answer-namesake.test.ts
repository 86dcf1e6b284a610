import { expect, it, vi } from "vitest";
import { byHand } from "../support/hand";
import { failingUp } from "../support/interrupted";
import { scenario } from "../support/stack";
import { writes } from "../support/trio";

it("an app that another run creates while the response to ours is lost is neither taken over nor deleted", () =>
  scenario(async (api, start) => {
    const { emulator } = api;
    const stack = start(`exports.appId = new smooch.SmoochApp("support").id;`);
    stack.environment.SMOOCH_REQUEST_TIMEOUT = "3";
    emulator.setFaults({
      rules: [
        { operation: "createApp", fault: "status", status: 503, times: 1 },
        // Time for the other run.
        { operation: "listApps", fault: "latency", ms: 1500, times: 1 },
      ],
    });
    const running = failingUp(stack);
    await vi.waitFor(() => expect(emulator.faultsMet.status).toBe(1), { timeout: 60_000, interval: 20 });
    const { _id: theirs } = await byHand(api, "POST", "/v1/apps", { name: "support" });
    await byHand(api, "POST", `/v1/apps/${theirs}/keys`, { name: "theirs" });
    const before = emulator.snapshot();

    const named = `The request may have made app ${theirs}, which cannot be told apart from one that somebody else made. Nothing was taken over or deleted. If it is yours, adopt it (option \`import\`) or delete it in Smooch; if not, forget the request with \`pulumi state delete <urn> --target-dependents\`. Then run the same command again.`;
    expect(await running).toContain(`It is unknown whether this app exists. ${named}`);
    expect(stack.resource("support").id).toMatch(/^unresolved:/);
    const { code, output } = await stack.try("destroy", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(output).toContain(named);
    expect(emulator.snapshot()).toEqual(before);

    await stack.run("state", "delete", stack.resource("support").urn, "--target-dependents", "--yes");
    await stack.up();
    expect((await stack.outputs()).appId).not.toBe(theirs);
    await stack.expectNoChange();
    await stack.destroy();
    expect(emulator.snapshot()).toEqual(before);
    await byHand(api, "DELETE", `/v1/apps/${theirs}`);
  }));

it("a key whose create response was lost is recognised within the run, in an app of the stack, and not made twice", () =>
  scenario(async (api, start) => {
    const { emulator } = api;
    const stack = start(`
      const app = new smooch.SmoochApp("support");
      const first = new smooch.SmoochKey("first", { appId: app.id });
      const second = new smooch.SmoochKey("second", { appId: app.id }, { dependsOn: first });
      exports.keyIds = [first.id, second.id];`);
    emulator.setFaults({
      rules: [
        { operation: "createKey", fault: "status", status: 503, applied: true, times: 1 },
        { operation: "createKey", fault: "reset-after", times: 1 },
      ],
    });
    await stack.up();
    expect(emulator.faultsMet).toEqual({ status: 1, "reset-after": 1 });
    expect(emulator.snapshot().keys.map(({ id }) => id)).toEqual((await stack.outputs()).keyIds);
    expect(writes(api)).toEqual(["createApp", "createKey", "createKey"]);
    await stack.expectNoChange();
    await stack.destroy();
  }));
