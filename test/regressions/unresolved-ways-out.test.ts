import { expect, it } from "vitest";
import { dynamicDoor } from "../support/door";
import { byHand } from "../support/hand";
import { failingUp } from "../support/interrupted";
import { scenario } from "../support/stack";

const names = ["ours", "removed", "theirs"] as const;
type Name = (typeof names)[number];
const program = (options: Partial<Record<Name, string>> = {}) => `
  const app = new smooch.SmoochApp("support");
  exports.appId = app.id;
  ${names.map((name) => `exports.${name} = new smooch.SmoochKey("${name}", { appId: app.id }, ${options[name] ?? "{}"}).id;`).join("\n")}`;

it("a key whose create is unresolved stops up and destroy, which name it, and each way out ends in a clean preview", () =>
  scenario(async (api, start) => {
    const { emulator } = api;
    const stack = start(program(), dynamicDoor);
    stack.environment.SMOOCH_REQUEST_TIMEOUT = "1";
    const idOf = (name: Name) => emulator.snapshot().keys.find((key) => key.name === name)?.id;
    const namedIn = (output: string) =>
      names.filter((name) =>
        output.includes(
          `The response to an earlier request to create this key was lost. The request may have made key ${idOf(name)}, which cannot be told apart from one that somebody else made. Nothing was taken over or deleted. If it is yours, adopt it (option \`import\`) or delete it in Smooch; if not, forget the request with \`pulumi state delete <urn> --target-dependents\`. Then run the same command again.`,
        ),
      );

    // Every key is created, every response is lost, and no list can be read.
    emulator.setFaults({
      rules: [
        { operation: "createKey", fault: "reset-after", times: 3 },
        { operation: "listKeys", fault: "status", status: 503 },
      ],
    });
    const lost = await failingUp(stack);
    expect(lost.split("It is unknown whether this key exists.")).toHaveLength(3 + 1);
    emulator.setFaults(undefined);
    const before = emulator.snapshot();
    expect(before.keys).toHaveLength(3);
    const entries = names.map((name) => stack.resource(name).id);
    for (const id of entries) expect(id).toMatch(/^unresolved:/);

    await stack.refresh();
    expect(names.map((name) => stack.resource(name).id)).toEqual(entries);
    expect(await stack.preview()).toContain("+-3 to replace");
    // Without --continue-on-error, which makes Pulumi hang here (pulumi/pulumi#16373): one key is enough to stop it.
    const stopped = await stack.tryUp();
    expect(stopped.code, stopped.output).not.toBe(0);
    expect(namedIn(stopped.output)).not.toEqual([]);
    const { code, output } = await stack.try("destroy", "--yes", "--skip-preview", "--continue-on-error");
    expect(code).not.toBe(0);
    expect(namedIn(output)).toEqual(names);
    expect(emulator.snapshot()).toEqual(before);

    const [ours, removed, theirs] = names.map(idOf);
    const adopting = program({ ours: `{ import: "${ours}" }` });
    await byHand(api, "DELETE", `/v1/apps/${before.apps[0]?.id}/keys/${removed}`);
    await stack.run("state", "delete", stack.resource("theirs").urn, "--target-dependents", "--yes");
    // The entry is deleted, then the adoption fails: the next `up` must adopt, too.
    stack.program = adopting.replace('"ours", { appId: app.id }', '"ours", { appId: app.id, name: "other" }');
    expect((await stack.tryUp()).output).toContain(`key ${ours} cannot be adopted`);
    stack.program = adopting;
    await stack.up();
    const outputs = await stack.outputs();
    expect(outputs.ours).toBe(ours);
    expect(emulator.snapshot().keys.map(({ id }) => id)).toEqual(
      expect.arrayContaining([outputs.ours, outputs.removed, outputs.theirs, theirs]),
    );
    expect(emulator.snapshot().keys).toHaveLength(4);
    await stack.expectNoChange();
    stack.program = program();
    await stack.expectNoChange();
    await stack.destroy();
  }));
