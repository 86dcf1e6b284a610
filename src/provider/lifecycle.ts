import { badSkewMs, ifFound, SmoochError } from "../smooch/errors";
import type { ApiVersion } from "../smooch/generations/version";
import { isId } from "../smooch/ids";
import { adoptExisting, keepAdoption } from "./adopt";
import { type Checked, checkInputs } from "./check";
import type { Context, Session } from "./context";
import { createOnce } from "./create";
import { type DiffResult, diffProperties } from "./diff";
import {
  DamagedStateError,
  NotAnIdError,
  NotFoundError,
  UnresolvedError,
  WrongAccountError,
} from "./failures";
import { keepMarks, keepResource, markAdopted, splitHidden } from "./hidden";
import type { Identified, Kind, Properties } from "./kind";
import { findUnlessGone } from "./search";
import { allOutputs, isRecorded, toInputs, toOutputs, wasSeenBy } from "./state";
import { deleteUnresolved, findUnresolved, isUnresolved } from "./unresolved";
import { changedInputs, fixedInputs, pick } from "./values";

export interface Found {
  id: string;
  outputs: Properties;
  inputs: Properties;
}

/** The engine's rules for one kind, in plain JSON. */
export interface Lifecycle {
  check(session: Session, version: ApiVersion, olds: Properties, news: Properties): Checked;
  diff(
    id: string,
    olds: Properties,
    news: Properties,
    circumstances: { now: number; version: ApiVersion },
  ): DiffResult;
  create(context: Context, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  /** Undefined when the object is gone. */
  read(context: Context, id: string, state: Properties): Promise<Found | undefined>;
  update(context: Context, id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(context: Context, id: string, state: Properties): Promise<void>;
}

export function lifecycle<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
): Lifecycle {
  return {
    check(session, version, olds, news) {
      const { adoptId, resource, declared } = splitHidden(news);
      const adoption = keepAdoption(session, adoptId, Object.keys(olds).length > 0);
      const adopts = Object.keys(adoption).length > 0;
      const { inputs, ...found } = checkInputs(
        kind,
        declared,
        { version, olds },
        adopts ? adoptId : undefined,
      );
      return { inputs: { ...inputs, ...keepResource(resource), ...adoption }, ...found };
    },

    diff(id, olds, news, circumstances) {
      return isUnresolved(id)
        ? { changes: true, replaces: ["id"], deleteBeforeReplace: true }
        : diffProperties(kind, id, olds, splitHidden(news).declared, circumstances);
    },

    async create(context, properties) {
      const { adoptId, resource, declared } = splitHidden(properties);
      const remote =
        adoptId === undefined
          ? await createOnce(kind, context, declared, resource)
          : await adoptExisting(kind, context, adoptId, declared);
      const outputs = toOutputs(kind, declared, remote, context.credential);
      const marks = adoptId !== undefined && kind.writeOnly !== undefined ? markAdopted() : {};
      return { id: remote.id, outputs: { ...outputs, ...keepResource(resource), ...marks } };
    },

    read: advised(async (context, id, state) => {
      // Not where somebody only reads it by its id.
      if (isUnresolved(id) || isRecorded(kind, state)) context.journal.recorded(id);
      if (isUnresolved(id)) {
        const remote = await findUnresolved(kind, context, id, state);
        if (remote === undefined) return found(id, state, state);
        return found(remote.id, toOutputs(kind, toInputs(kind, state), remote, context.credential), state);
      }
      // Of one that is only read nothing is known but its address.
      const rest = isRecorded(kind, state) ? {} : kind.defaults?.(context.smooch.version, state);
      const address = addressOf(kind, id, { ...rest, ...state });
      const remote = await findUnlessGone(kind, context, id, address);
      if (remote === undefined) {
        if (!isRecorded(kind, state)) throw new NotFoundError(kind.noun, id);
        await requireBelievable(kind, context, id, address, state);
        return undefined;
      }
      context.session.see(id);
      const outputs = isRecorded(kind, state)
        ? toOutputs(kind, state, remote, context.credential)
        : allOutputs(kind, state, remote, context.credential);
      return found(id, outputs, state);
    }),

    async update(context, id, olds, news) {
      if (isUnresolved(id)) throw new UnresolvedError(kind.noun, id);
      const { resource, declared } = splitHidden(news);
      const address = addressOf(kind, id, declared);
      const change = changeToSend(kind, olds, declared, context.smooch.version);
      // Without a change to send this mends the state of an object that a failed create left behind.
      const remote =
        kind.update && Object.keys(change).length > 0
          ? await kind.update(context.smooch, id, address, change)
          : await kind.read(context.smooch, id, address);
      context.session.see(id);
      // What Smooch tells only when it makes an object stays as it was told, and what it never tells as it was given.
      const known = { ...pick(olds, [...kind.outputs, ...(kind.writeOnly ?? [])]), ...declared };
      const outputs = toOutputs(kind, known, remote, context.credential);
      return { ...outputs, ...keepResource(resource), ...keepMarks(olds) };
    },

    delete: advised(async (context, id, state) => {
      if (context.session.wasAdopted(id)) {
        // A replacement that Pulumi was told to make (`--replace`) adopted the very object it replaces.
        context.smooch.host.say(`pulumi-smooch: ${keptMessage(kind.noun, id)}`);
        return;
      }
      if (context.session.wasRecovered(id)) {
        // Only where Pulumi was told to replace it right after a run that was interrupted.
        context.smooch.host.say(
          `pulumi-smooch: ${kind.noun} ${id} was taken for what an interrupted run made, and was not replaced; run the same command again`,
        );
        return;
      }
      const address = addressOf(kind, id, state);
      if (isUnresolved(id)) {
        const nothing = await deleteUnresolved(kind, context, id, state);
        if (nothing) await requireBelievable(kind, context, id, address, state);
        return;
      }
      if (!wasSeenBy(state, context.credential) && !context.session.hasSeen(id)) {
        // Another credential saw it last: this one has to see it too, before its 404 means anything.
        if ((await findUnlessGone(kind, context, id, address)) === undefined) {
          return requireBelievable(kind, context, id, address, state);
        }
      }
      await ifFound(kind.delete(context.smooch, id, address));
    }),
  };

  /** With what the state knows of the resource itself. */
  function found(id: string, outputs: Properties, state: Properties): Found {
    const hidden = keepResource(splitHidden(state).resource);
    return {
      id,
      outputs: { ...outputs, ...hidden, ...keepMarks(state) },
      inputs: { ...toInputs(kind, outputs), ...hidden },
    };
  }
}

function keptMessage(noun: string, id: string): string {
  return `${noun} ${id} was adopted again and stays as it is; take the adoption out of the program to have it replaced`;
}

/** Pulumi runs `refresh` and `destroy` with the configuration that the state keeps (pulumi.md R2): a refused key may be an old one. */
function advised<T>(
  operation: (context: Context, id: string, state: Properties) => Promise<T>,
): (context: Context, id: string, state: Properties) => Promise<T> {
  return async (context, id, state) => {
    try {
      return await operation(context, id, state);
    } catch (error) {
      const isOldKey = error instanceof SmoochError && error.status === 401;
      if (!isOldKey || Math.abs(error.clockSkewMs) > badSkewMs) throw error;
      throw error.advise(
        "If the account key was changed: `pulumi refresh` and `pulumi destroy` still use the one of the last `pulumi up`. Run them with --run-program. Otherwise check smooch:accountKeyId, smooch:accountKeySecret and smooch:region: keys belong to one region.",
      );
    }
  };
}

/** The changed inputs; those no longer declared with the value that clears them, where there is one. */
function changeToSend<I extends object>(
  kind: Pick<Kind<I>, "inputs" | "sets" | "assumed" | "writeOnly" | "replaceOn" | "local" | "cleared">,
  olds: Properties,
  news: Properties,
  version: ApiVersion,
): Partial<I> {
  // What cannot be changed in place gets here only where nobody knows its old value: it counts as what is there.
  const fixed = [...kind.local, ...fixedInputs(kind, news, version)];
  const changed = changedInputs(kind, olds, news).filter((name) => !fixed.includes(name));
  const all = { ...kind.cleared, ...kind.inputs.parse(news) };
  const change: Partial<I> = {};
  for (const name in all) if (changed.includes(name)) change[name] = all[name];
  return change;
}

function addressOf<A extends object>(
  kind: Pick<Kind<object, A>, "address" | "noun">,
  id: string,
  state: Properties,
): A {
  if (!isUnresolved(id) && !isId(id)) throw new NotAnIdError(kind.noun, id);
  const parsed = kind.address.safeParse(state);
  if (parsed.success) return parsed.data;
  throw new DamagedStateError(
    kind.noun,
    id,
    parsed.error.issues.map((issue) => issue.path.join(".")).join(", "),
  );
}

/**
 * A 404 proves that an object is gone only to the credential that saw it, or where its parent is visible. To any
 * other it may be in an account that the credential does not see, and still be alive.
 */
async function requireBelievable<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  { smooch, credential }: Context,
  id: string,
  address: A,
  state: Properties,
): Promise<void> {
  if (wasSeenBy(state, credential)) return;
  const parent = await ifFound(Promise.resolve(kind.parent?.(smooch, address)));
  if (parent === undefined) throw new WrongAccountError(kind.noun, id);
}
