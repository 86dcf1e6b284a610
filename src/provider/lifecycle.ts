import { idOutput, onlyId } from "../kinds";
import type { ApiVersion } from "../smooch/api-version";
import { ifFound } from "../smooch/errors";
import { isId } from "../smooch/ids";
import { adoptExisting, findOnly, keepAdoption, requireMatch } from "./adopt";
import { type Checked, checkInputs } from "./check";
import type { Context, Session } from "./context";
import { createRecoverably, forgetInterrupted, warnOfInterrupted } from "./crash/recovery";
import { isUnresolved, requireNoMatch } from "./create/unresolved";
import { type DiffResult, diffProperties } from "./diff";
import {
  damagedStateError,
  missingAddressError,
  missingOutputError,
  notAnIdError,
  notFoundError,
  PartialFailure,
  unresolvedError,
} from "./failures";
import { deleteUntilGone, readUnlessGone } from "./gone";
import { hasMark, keepMark, keepMarks, keepResource, mark, nameOf, splitInternalInputs } from "./hidden";
import type { Identified, Kind, Properties } from "./kind";
import {
  allOutputs,
  asDeclared,
  describeKept,
  isRecorded,
  missingOutputs,
  toInputs,
  toOutputs,
} from "./state";
import { changedInputs, fixedInputs, lastingInputs, pick, unknownValue } from "./values";
import { withWayOut } from "./wayout";

export interface Found {
  id: string;
  outputs: Properties;
  inputs: Properties;
}

/** The rules of the engine's protocol for one kind, in plain JSON. */
export interface Lifecycle {
  check(session: Session, version: ApiVersion, olds: Properties, news: Properties): Checked;
  diff(
    id: string,
    olds: Properties,
    news: Properties,
    circumstances: {
      now: number;
      version: ApiVersion;
      /** Whether this run has just imported the object: then it must be as the program declares it. */
      isBeingImported?: boolean;
    },
  ): DiffResult;
  create(context: Context, allInputs: Properties): Promise<{ id: string; outputs: Properties }>;
  /** Returns undefined if the object is gone. */
  read(context: Context, id: string, state: Properties): Promise<Found | undefined>;
  /** Reads an existing object that the stack is about to manage, given what its import id names besides the id. */
  import(context: Context, id: string, address: Properties): Promise<Found>;
  update(context: Context, id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(context: Context, id: string, state: Properties): Promise<void>;
}

export function lifecycle(kind: Kind): Lifecycle {
  return {
    check(session, version, olds, news) {
      const { adoptId, resource, inputs: declared } = splitInternalInputs(news);
      const isInState = Object.keys(olds).length > 0;
      const adoption = keepAdoption(session, resource, adoptId, isInState);
      const adopts = !isInState && Object.keys(adoption).length > 0;
      // A renamed resource keeps its original default name: a new one would rename an app and replace a key.
      const madeAs = splitInternalInputs(olds).resource || resource;
      const { inputs, warnings, ...found } = checkInputs(
        kind,
        declared,
        { version, olds },
        { adoptId: adopts ? adoptId : undefined, resourceName: nameOf(madeAs) },
      );
      const taken =
        adopts && adoptId !== unknownValue && found.failures.length === 0
          ? [
              `${isOnly(adoptId) ? `the ${kind.label}` : `${kind.label} ${adoptId}`} is adopted unchanged, not created`,
            ]
          : [];
      return {
        inputs: { ...inputs, ...keepResource(madeAs), ...adoption },
        warnings: [...taken, ...warnings],
        ...found,
      };
    },

    diff(id, olds, news, circumstances) {
      if (isUnresolved(id)) return { changes: true, replaces: ["id"], deleteBeforeReplace: true };
      const { inputs } = splitInternalInputs(news);
      if (!hasMark(olds, "imported")) return diffProperties(kind, id, olds, inputs, circumstances);
      const declared = asDeclared(kind, id, olds, inputs);
      if (circumstances.isBeingImported) requireMatch(kind, id, inputs, declared);
      const result = diffProperties(kind, id, declared, inputs, circumstances);
      if (result.changes !== false) return result;
      const reason = `${kind.label} ${id} is imported: its first update records what the program declares, and changes nothing in Smooch`;
      return { changes: true, reason };
    },

    async create(context, allInputs) {
      const { adoptId, resource, inputs } = splitInternalInputs(allInputs);
      const remote =
        adoptId === undefined
          ? await fill(context, await createRecoverably(kind, context, inputs, resource), inputs, resource)
          : await adopt(context, adoptId, inputs, resource);
      const outputs = toOutputs(kind, inputs, remote, context.credential);
      const marks = adoptId !== undefined && kind.writeOnly !== undefined ? mark("adopted") : {};
      const all = { ...outputs, ...keepResource(resource), ...marks };
      const missing = missingOutputs(kind, all);
      if (missing !== undefined) {
        const { message } = missingOutputError(kind.label, remote.id, missing, replaceIt);
        throw new PartialFailure(remote.id, all, message);
      }
      return { id: remote.id, outputs: all };
    },

    async read(context, id, state) {
      if (!isUnresolved(id) && !isRecorded(kind, state)) {
        const { remote, outputs } = await readUnmanaged(context, id, state);
        const all = isOnly(id) ? { ...outputs, [idOutput]: remote.id } : outputs;
        return found(remote.id, all, { ...state, ...mark("read") });
      }
      return withWayOut(kind, async () => {
        context.journal.recorded(id);
        await warnOfInterrupted(context, splitInternalInputs(state).resource);
        if (isUnresolved(id)) return found(id, state, state);
        const target = { id, address: addressOf(kind, id, state), state };
        const remote = await readUnlessGone(kind, context, target);
        if (remote === undefined) return undefined;
        context.session.markManaged(id);
        sayKept(context, state, remote);
        return found(id, toOutputs(kind, state, remote, context.credential), state);
      });
    },

    async import(context, importId, given) {
      const { resource, inputs: address } = splitInternalInputs(given);
      await warnOfInterrupted(context, resource);
      const rest =
        kind.findAddress && !isOnly(importId)
          ? await ifFound(kind.findAddress(context.smooch, importId, address))
          : {};
      if (rest === undefined) throw notFoundError(kind.label, importId);
      const { remote, outputs } = await readUnmanaged(context, importId, { ...address, ...rest });
      const { id } = remote;
      // Whatever this run deletes in its place, it is not this object.
      context.session.kept.set(id, "adopted");
      context.session.markManaged(id);
      const { version } = context.smooch;
      const declared = kind.inventory.exportArgs(remote, { version, resourceName: nameOf(resource) });
      const hidden = keepResource(resource);
      return {
        id,
        outputs: { ...outputs, ...hidden, ...mark("imported") },
        inputs: { ...address, ...rest, ...declared, ...hidden },
      };
    },

    async update(context, id, stored, news) {
      if (isUnresolved(id)) throw unresolvedError(kind.label, id);
      const { resource, inputs } = splitInternalInputs(news);
      const wasImported = hasMark(stored, "imported");
      if (wasImported) await forgetInterrupted(kind, context, resource);
      const olds = wasImported ? asDeclared(kind, id, stored, inputs) : stored;
      const address = addressOf(kind, id, inputs);
      const change = changeToSend(kind, olds, inputs, context.smooch.version);
      // With nothing to send, this repairs the state of an object after a failed create.
      const remote =
        kind.update && Object.keys(change).length > 0
          ? await kind.update(context.smooch, id, address, change)
          : await kind.read(context.smooch, id, address);
      context.session.markManaged(id);
      // Keeps outputs that Smooch only returns on creation, and inputs that it never returns.
      const known = { ...pick(olds, [...kind.outputs, ...lastingInputs(kind)]), ...inputs };
      sayKept(context, olds, remote);
      const outputs = toOutputs(kind, known, remote, context.credential);
      const missing = missingOutputs(kind, outputs);
      if (missing !== undefined) throw missingOutputError(kind.label, id, missing, replaceIt);
      const adopted =
        wasImported && kind.writeOnly !== undefined ? mark("adopted") : keepMark(stored, "adopted");
      return { ...outputs, ...keepResource(resource), ...adopted };
    },

    delete: (context, id, state) =>
      withWayOut(kind, async () => {
        await warnOfInterrupted(context, splitInternalInputs(state).resource);
        const kept = context.session.kept.get(id);
        if (kept !== undefined) {
          context.smooch.host.log(`pulumi-smooch: ${kind.label} ${id} ${whyKept[kept]}`);
          return;
        }
        const address = addressOf(kind, id, state);
        if (isUnresolved(id)) return requireNoMatch(kind, context, id, address, state);
        await deleteUntilGone(kind, context, { id, address, state });
        // The next one there may have the same id. The id of any other object stays owned: lists may be stale.
        if (kind.isSingleton) context.session.owned.delete(id);
      }),
  };

  async function adopt(
    context: Context,
    id: string,
    declared: Properties,
    resource: string,
  ): Promise<Identified> {
    const address = kind.address.parse(declared);
    const existing = isOnly(id) ? await findOnly(kind, context.smooch, address) : id;
    const remote = await adoptExisting(kind, context, existing, declared);
    await forgetInterrupted(kind, context, resource);
    return remote;
  }

  /** Sets the inputs of a new object that the API created without them. */
  async function fill(
    context: Context,
    made: Identified,
    inputs: Properties,
    resource: string,
  ): Promise<Identified> {
    if (!kind.createsEmpty || !kind.update) return made;
    const actual = { ...toOutputs(kind, inputs, made, context.credential), ...keepResource(resource) };
    const change = changeToSend(kind, actual, inputs, context.smooch.version);
    if (Object.keys(change).length === 0) return made;
    return kind
      .update(context.smooch, made.id, kind.address.parse(inputs), change)
      .catch(({ message }: Error) => {
        throw new PartialFailure(made.id, actual, message);
      });
  }

  /** Reads an object by id that the stack does not manage; only its address is known. */
  async function readUnmanaged(
    context: Context,
    given: string,
    state: Properties,
  ): Promise<{ remote: Identified; outputs: Properties }> {
    const { version } = context.smooch;
    const known = { ...kind.defaults?.({ version, declared: state }), ...state };
    const address = addressOf(kind, given, known, missingAddressError);
    const id = isOnly(given) ? await findOnly(kind, context.smooch, address) : given;
    const remote = await ifFound(kind.read(context.smooch, id, address));
    if (remote === undefined) throw notFoundError(kind.label, id);
    context.session.seen.add(id);
    const outputs = allOutputs(kind, known, remote, context.credential);
    const missing = missingOutputs(kind, outputs);
    if (missing === undefined) return { remote, outputs };
    const way = `so it cannot be read: create a new ${kind.label} instead.`;
    throw missingOutputError(kind.label, id, missing, way);
  }

  /** Whether an id stands for the only object there. */
  function isOnly(id: string | undefined): boolean {
    return kind.isSingleton === true && id === onlyId;
  }

  function sayKept({ smooch }: Context, state: Properties, remote: Identified): void {
    for (const line of describeKept(kind, state, remote)) smooch.host.log(`pulumi-smooch: ${line}`);
  }

  /**
   * Adds what the state records about the resource itself. An object that is only read has no inputs but its address.
   */
  function found(id: string, outputs: Properties, state: Properties): Found {
    const hidden = keepResource(splitInternalInputs(state).resource);
    const inputs = hasMark(state, "read") ? addressOf(kind, id, outputs) : toInputs(kind, outputs);
    return {
      id,
      outputs: { ...outputs, ...hidden, ...keepMarks(state) },
      inputs: { ...inputs, ...hidden },
    };
  }
}

const replaceIt = "and the state has none: replace the resource with `pulumi up --replace <urn>`.";

/** Why an object is not deleted. Happens only if Pulumi was told to replace the resource (`--replace`). */
const whyKept = {
  // The replacement adopted the same object.
  adopted: "was adopted again and stays as it is; remove the adoption from the program to have it replaced",
  // The replacement came right after an interrupted run.
  recovered:
    "was treated as the object of an interrupted run, so it was not replaced; run the same command again",
};

/**
 * The changed inputs; for those no longer declared, the value that clears them, if there is one. All inputs if one has
 * changed and the API replaces the whole object.
 */
function changeToSend(kind: Kind, olds: Properties, news: Properties, version: ApiVersion): object {
  // An input that cannot be changed in place only gets here if its old value is unknown: then it is assumed to be
  // unchanged.
  const fixed = [...kind.notReturned, ...fixedInputs(kind, news, version)];
  const changed = changedInputs(kind, olds, news).filter((name) => !fixed.includes(name));
  if (changed.length === 0) return {};
  const all = { ...kind.emptyValues, ...kind.inputs.parse(news) };
  const isSent = (name: string) => (kind.replacesWhole ? !fixed.includes(name) : changed.includes(name));
  return Object.fromEntries(Object.entries(all).filter(([name]) => isSent(name)));
}

function addressOf(kind: Kind, id: string, state: Properties, refusal = damagedStateError): object {
  if (!isUnresolved(id) && !isId(id)) throw notAnIdError(kind.label);
  const parsed = kind.address.safeParse(state);
  if (parsed.success) return parsed.data;
  throw refusal(kind.label, id, parsed.error.issues.flatMap(({ path }) => path).join(", "));
}
