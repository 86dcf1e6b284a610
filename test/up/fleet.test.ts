import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type RunningEmulator, startEmulator } from "../../src/emulator/index";
import { runProgram } from "../support/cli";
import { newFolder } from "../support/folder";
import { environmentFor } from "../support/stack";

const example = join(__dirname, "../../examples/fleet");

class Fleet {
  readonly folder = newFolder("fleet");

  constructor(private readonly emulator: RunningEmulator) {
    cpSync(example, this.folder, { recursive: true });
  }

  set customers(rows: Record<string, object>) {
    writeFileSync(join(this.folder, "customers.json"), JSON.stringify(rows));
  }

  run(...args: string[]) {
    return runProgram(this.folder, process.execPath, ["fleet.mjs", ...args], environmentFor(this.emulator));
  }

  log(customer: string): string {
    return readFileSync(join(this.folder, "logs", `${customer}.log`), "utf8");
  }
}

const names = Array.from({ length: 20 }, (_, index) => `customer-${String(index + 1).padStart(2, "0")}`);
const rows = Object.fromEntries(names.map((name) => [name, { app: { name }, keys: { backend: {} } }]));

it("a fleet of 20 customers continues after one fails, resumes with it alone, and is destroyed", async () => {
  const running = await startEmulator();
  const { emulator } = running;
  const fleet = new Fleet(running);
  try {
    fleet.customers = { ...rows, "customer-07": { app: { name: "customer-07", metadata: { "": "odd" } } } };
    const first = await fleet.run("up");
    expect(first.code, first.output).toBe(1);
    expect(first.output).toContain("up: 19 done, 1 failed, 0 not run\n");
    expect(first.output).toMatch(/\] customer-07: FAILED, see logs\/customer-07\.log: .*error:/);
    expect(fleet.log("customer-07")).toContain("metadata");
    const apps = () => emulator.snapshot().apps.map(({ name }) => name);
    expect(apps().sort()).toEqual(names.filter((name) => name !== "customer-07"));
    expect(emulator.snapshot().keys).toHaveLength(19);

    fleet.customers = rows;
    const second = await fleet.run("up", "--resume");
    expect(second.output).toContain("up: 1 done, 0 failed, 0 not run\n");
    expect(second.code).toBe(0);
    expect(apps().sort()).toEqual(names);

    const { "customer-20": _, ...others } = rows;
    fleet.customers = others;
    const unknown = await fleet.run("up", "--only", "customer-21");
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.output).toContain("stack customer-20 has no row in customers.json");
    expect(unknown.output).toContain("no such customer: customer-21\n");
    expect(await fleet.run("destroy", "--only", "customer-20")).toMatchObject({ code: 0 });
    expect(apps()).not.toContain("customer-20");

    const last = await fleet.run("destroy", "--parallel", "6");
    expect(last.output).toContain("destroy: 19 done, 0 failed, 0 not run\n");
    expect(emulator.isEmpty()).toBe(true);
  } finally {
    await running.close();
    rmSync(fleet.folder, { recursive: true, force: true });
  }
});
