import { expect, it } from "vitest";
import { resourceCalls } from "../../src/provider/calls";
import { Connection } from "../../src/provider/connection";
import { MemoryJournal } from "../../src/provider/crash/journal";
import { definitions } from "../../src/provider/kinds";
import { apiVersions } from "../../src/smooch/api-version";
import { World } from "../support/world";

/** Records which objects Pulumi's state is known to have. */
class Recorded extends MemoryJournal {
  readonly ids: string[] = [];
  override recorded(id: string): void {
    this.ids.push(id);
  }
}

/** What Pulumi asks about keys in a process that has just started. */
function newProcess(world: World) {
  const journal = new Recorded();
  const said: [string, string | undefined][] = [];
  const host = { ...world.host, log: (line: string, severity?: "info") => said.push([line, severity]) };
  const connection = new Connection({}, host, journal);
  const { keyId, secret } = world.credential();
  const config: Record<string, string> = {
    "smooch:accountKeyId": keyId,
    "smooch:accountKeySecret": secret,
    "smooch:apiVersion": world.version,
  };
  connection.configure((name) => config[name]);
  return { keys: resourceCalls(definitions.key, connection), recorded: journal.ids, said };
}

it.each(apiVersions)(
  "with API %s an imported object is in the state, and may differ, only after the run that imports it",
  async (version) => {
    const world = new World({}, version);
    const { id: appId } = await world.client().apps.create({ name: "Shop" });
    const { id } = await world.client().keys.create(appId, { name: "backend" });
    const importing = newProcess(world);
    const { outputs, inputs } = await importing.keys.import(id, { appId });
    expect(importing.keys.diff(id, outputs, inputs)).toEqual({ changes: true });
    const reason = `pulumi-smooch: key ${id} is imported: its first update records what the program declares, and changes nothing in Smooch`;
    expect(importing.said).toEqual([[reason, "info"]]);
    const other = { ...inputs, name: "other" };
    expect(() => importing.keys.diff(id, outputs, other)).toThrow(`key ${id} cannot be adopted, because`);
    expect(importing.recorded).toEqual([]);

    const next = newProcess(world);
    expect(next.keys.diff(id, outputs, other)).toMatchObject({ replaces: ["name"] });
    expect([next.recorded, next.said]).toEqual([[id], []]);
    const { __imported, ...updated } = outputs;
    expect(importing.keys.diff(id, updated, inputs)).toEqual({ changes: false });
    expect(importing.recorded).toEqual([id]);
  },
);
