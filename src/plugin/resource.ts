import type { KindName } from "../kinds";
import { markSecrets, resourceCalls } from "../provider/calls";
import type { Connection } from "../provider/connection";
import type { DiffResult } from "../provider/diff";
import { keepResource } from "../provider/hidden";
import type { CheckFailure, Kind, Properties } from "../provider/kind";
import { definitions } from "../provider/kinds";
import type { Found } from "../provider/lifecycle";
import { pick, unknownValue } from "../provider/values";
import { parseImportId } from "./import-id";
import type { Urn } from "./urn";

/** What Pulumi's engine asks a plugin about the resources of one kind; outputs and inputs have their secrets marked. */
export interface PluginResource {
  check(urn: Urn, olds: Properties, news: Properties): { inputs: Properties; failures: CheckFailure[] };
  diff(id: string, olds: Properties, news: Properties): DiffResult;
  create(inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  previewCreate(inputs: Properties): Properties;
  /** Returns undefined if the object is gone. */
  read(id: string, state: Properties): Promise<Found | undefined>;
  import(urn: Urn, importId: string): Promise<Found>;
  update(id: string, olds: Properties, news: Properties): Promise<Properties>;
  previewUpdate(olds: Properties, news: Properties): Properties;
  delete(id: string, state: Properties): Promise<void>;
  /** The outputs of an object whose create or update failed halfway. */
  toWire(id: string, outputs: Properties): Properties;
}

/** Adds what the Node.js classes do in the program: the resource's name, derived outputs and secret inputs. */
export function pluginResource(name: KindName, connection: Connection): PluginResource {
  const kind: Kind = definitions[name];
  const calls = resourceCalls(kind, connection);
  const derived = Object.keys(kind.derived ?? {});
  const marked = (properties: Properties) => markSecrets([...kind.secrets, ...derived], properties);
  const toWire = (id: string, outputs: Properties) => marked({ ...outputs, ...derive(kind, id, outputs) });
  const existing = ({ id, outputs, inputs }: Found): Found => ({
    id,
    outputs: toWire(id, outputs),
    inputs: marked(inputs),
  });
  return {
    check(urn, olds, news) {
      const resource = keepResource(`${urn.stack}/${urn.name}`);
      const { inputs, failures } = calls.check(olds, { ...news, ...resource });
      return { inputs: marked(inputs), failures };
    },
    diff(id, olds, news) {
      // What must be deleted before it is replaced must be so too if the user requests the replacement.
      const deleteBeforeReplace = kind.deleteBeforeReplace?.(olds, news) ?? false;
      const result = { deleteBeforeReplace, ...calls.diff(id, olds, news) };
      if (result.changes !== false || !isOfDynamicResource(derived, olds)) return result;
      const reason = `${kind.label} ${id} was a dynamic resource: this update only records that the plugin manages it`;
      connection.say(reason, "info");
      return { changes: true };
    },
    async create(inputs) {
      const { id, outputs } = await calls.create(inputs);
      return { id, outputs: toWire(id, outputs) };
    },
    previewCreate: (inputs) => {
      const unknown = [...kind.outputs, ...derived].map((output) => [output, unknownValue]);
      return marked({ ...Object.fromEntries(unknown), ...inputs });
    },
    async read(id, state) {
      const found = await calls.read(id, state);
      return found && existing(found);
    },
    async import(urn, importId) {
      const { id, address } = parseImportId(name, importId);
      const resource = keepResource(`${urn.stack}/${urn.name}`);
      return existing(await calls.import(id, { ...address, ...resource }));
    },
    async update(id, olds, news) {
      return toWire(id, await calls.update(id, olds, news));
    },
    previewUpdate: (olds, news) => marked({ ...pick(olds, [...kind.outputs, ...derived]), ...news }),
    delete: (id, state) => calls.delete(id, state),
    toWire,
  };
}

function derive({ derived = {} }: Kind, id: string, outputs: Properties): Properties {
  return Object.fromEntries(Object.entries(derived).map(([output, from]) => [output, from(id, outputs)]));
}

/** A dynamic resource stores how to load its provider, and no derived outputs. */
function isOfDynamicResource(derived: readonly string[], state: Properties): boolean {
  return state.__provider !== undefined || derived.some((output) => state[output] === undefined);
}
