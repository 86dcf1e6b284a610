import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { failingUp, journal, killUp } from "../support/interrupted";
import { scenario } from "../support/stack";

it("a stack whose up was killed while it created an app never takes over another stack's app", () =>
  scenario(async ({ emulator }, start) => {
    const dev = start(`exports.appId = new smooch.SmoochApp("support").id;`);
    const prod = dev.sibling("prod");
    // Long enough for prod's app to fall into the time in which dev's last request could still have taken effect.
    dev.environment.SMOOCH_REQUEST_TIMEOUT = "60";
    await killUp(dev, { hold: [{ operation: "createApp", fault: "hang" }] });
    expect(emulator.snapshot().apps).toEqual([]);
    await prod.up();
    const { appId: prods } = await prod.outputs();

    const output = await failingUp(dev);
    const [left, ...others] = journal(dev);
    expect(others).toEqual([]);
    expect(output).toContain(
      `An interrupted run was creating this app, and may have made app ${prods}, which cannot be told apart from one that somebody else made. Nothing was taken over or deleted. If it is yours, delete it in Smooch or, unless the resource has an object already, adopt it (option \`import\`); if not, delete the file ${left?.file}. Then run the same command again.`,
    );
    expect(dev.resources()).toEqual([]);
    await dev.destroy();
    expect(emulator.snapshot().apps.map(({ id }) => id)).toEqual([prods]);

    rmSync(left?.file ?? "");
    await dev.up();
    const { appId: devs } = await dev.outputs();
    expect(emulator.snapshot().apps.map(({ id }) => id)).toEqual([prods, devs]);
    await dev.expectNoChange();
    await dev.destroy();
    expect(emulator.snapshot().apps.map(({ id }) => id)).toEqual([prods]);
    await prod.expectNoChange();
    await prod.destroy();
  }));
