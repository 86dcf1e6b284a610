import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Entry, FileJournal, journalFolder } from "../../../src/provider/crash/journal";

const entry: Entry = {
  project: "shop",
  resource: "dev/backend",
  kind: "key",
  account: "act_1@api.smooch.io",
  engine: "127.0.0.1:1",
  address: { appId: "5a0b" },
  matchKey: "0123",
  from: 1000,
  requestedAt: 1000,
  patienceMs: 30_000,
};

const name = "0b5c";

describe("the journal's files", () => {
  let folder: string;
  beforeEach(() => {
    const parent = join(__dirname, "..", "..", ".work");
    mkdirSync(parent, { recursive: true });
    folder = join(mkdtempSync(join(parent, "journal-")), "creates");
  });
  afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

  it("outlive the process, and are accessible to their owner only", () => {
    const first = new FileJournal(folder);
    first.note(name, entry);
    expect(new FileJournal(folder).all()).toEqual([[name, entry]]);
    first.note(name, { ...entry, id: "app_1" });
    expect(readdirSync(folder)).toEqual([`${name}.json`]);
    expect(first.whereIs(name)).toBe(join(folder, `${name}.json`));
    expect(JSON.parse(readFileSync(first.whereIs(name), "utf8"))).toEqual({ ...entry, id: "app_1" });
    expect(statSync(first.whereIs(name)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const next = new FileJournal(folder);
    next.recorded("another");
    expect(next.all()).toEqual([[name, { ...entry, id: "app_1" }]]);
    next.recorded("app_1");
    expect(readdirSync(folder)).toEqual([]);
    expect(next.all()).toEqual([]);
  });

  it("are deleted when an entry is dropped", () => {
    const journal = new FileJournal(folder);
    journal.note(name, entry);
    journal.drop(name);
    expect(readdirSync(folder)).toEqual([]);
    expect(journal.all()).toEqual([]);
  });

  it("of creates whose result Pulumi received are deleted when it ends normally, and no others", () => {
    new FileJournal(folder).note("before", { ...entry, id: "5a0b" });
    let end = () => {};
    const journal = new FileJournal(folder, (callback) => {
      end = callback;
    });
    journal.note("told", { ...entry, id: "5a0c" });
    journal.note("told as well", { ...entry, id: "5a0d" });
    journal.note("under way", entry);
    expect(readdirSync(folder)).toHaveLength(4);
    end();
    const names = new FileJournal(folder).all().map(([name]) => name);
    expect(names.sort()).toEqual(["before", "under way"]);
  });

  it("that are damaged are ignored", () => {
    mkdirSync(join(folder, "0.json"), { recursive: true });
    writeFileSync(join(folder, "1.json.new"), JSON.stringify(entry));
    writeFileSync(join(folder, "a.json"), '{"from":');
    writeFileSync(join(folder, "b.json"), JSON.stringify({ ...entry, from: "yesterday" }));
    new FileJournal(folder).note(name, entry);
    expect(new FileJournal(folder).all()).toEqual([[name, entry]]);
  });

  it("are never written through a link", () => {
    const target = join(folder, "..", "target");
    mkdirSync(folder);
    writeFileSync(target, "mine");
    const journal = new FileJournal(folder);
    journal.note(name, entry);
    rmSync(journal.whereIs(name));
    symlinkSync(target, journal.whereIs(name));
    journal.note(name, { ...entry, id: "app_1" });
    expect(readFileSync(target, "utf8")).toBe("mine");
    expect(new FileJournal(folder).all()).toEqual([[name, { ...entry, id: "app_1" }]]);
  });

  it("are replaced by entries in memory if nothing can be written", () => {
    mkdirSync(join(folder, ".."), { recursive: true });
    writeFileSync(folder, "a file in the way");
    const journal = new FileJournal(folder);
    journal.note(name, { ...entry, id: "app_1" });
    expect(journal.all()).toEqual([[name, { ...entry, id: "app_1" }]]);
    journal.recorded("app_1");
    expect(journal.all()).toEqual([]);
  });

  it("are next to Pulumi's own files", () => {
    const own = join(homedir(), ".pulumi", "pulumi-smooch", "creates");
    expect(journalFolder({ PULUMI_HOME: "/p" })).toBe(join("/p", "pulumi-smooch", "creates"));
    expect(journalFolder({})).toBe(own);
    expect(journalFolder({ PULUMI_HOME: "" })).toBe(own);
  });
});
