import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Journals } from "../../../src/cli/verify/journal";
import { newFolder } from "../../support/folder";

const run = {
  account: "act_5a0b1c2d3e4f5a6b7c8d9e0f@api.smooch.io",
  apiVersion: "v1",
  mark: "0123456789ab",
  address: "127.0.0.1:1",
} as const;
const app = () => ({ label: "app", path: "/v1/apps", envelope: "app" });
const key = () => ({ label: "key", path: "/v1/apps/5a0b/keys", envelope: "key" });

let home: string;
beforeEach(() => {
  home = newFolder("verify");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("the journal of a run", () => {
  it("is on disk before an object has an id, and goes with the last object", () => {
    const folder = join(home, "verify");
    const journals = new Journals(folder);
    const journal = journals.start(run);
    expect(journals.leftBy(run.account)).toEqual([]);
    const [first, second] = [app(), key()];
    journal.note(first);
    const file = join(folder, `${run.mark}.json`);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ ...run, entries: [app()] });
    journal.named(first, "5a0b1c2d3e4f5a6b7c8d9e0f");
    journal.note(second);
    const [left] = journals.leftBy(run.account);
    expect(left?.run).toEqual(run);
    expect(left?.open).toEqual([key(), { ...app(), id: "5a0b1c2d3e4f5a6b7c8d9e0f" }]);
    expect([statSync(folder).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
    journal.done(second);
    journal.done(first);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("belongs to one account, and anything else in the folder is ignored", () => {
    const journals = new Journals(home);
    journals.start(run).note(app());
    const odd = { ...run, entries: [{ ...app(), id: "../../etc" }] };
    for (const text of ["", "{}", JSON.stringify(odd)])
      writeFileSync(join(home, `odd${text.length}.json`), text);
    expect(journals.leftBy(run.account)).toHaveLength(1);
    expect(journals.leftBy("act_000000000000000000000000@api.smooch.io")).toEqual([]);
    expect(new Journals(join(home, "missing")).leftBy(run.account)).toEqual([]);
  });

  it("is in Pulumi's home folder", () => {
    Journals.of({ PULUMI_HOME: home }).start(run).note(app());
    expect(readdirSync(join(home, "pulumi-smooch", "verify"))).toEqual([`${run.mark}.json`]);
  });
});
