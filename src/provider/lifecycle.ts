import { SmoochError } from "../smooch/errors";
import { type CheckFailure, checkInputs } from "./check";
import type { Context } from "./context";
import { createOnce } from "./create";
import { type DiffResult, diffProperties } from "./diff";
import type { Identified, Kind, Properties } from "./kind";
import { allOutputs, isRecorded, toInputs, toOutputs, wasSeenBy } from "./state";
import { changedInputs } from "./values";

/** The engine's rules for one kind, in plain JSON. */
export interface Lifecycle {
  check(news: Properties): { inputs: Properties; failures: CheckFailure[] };
  diff(olds: Properties, news: Properties): DiffResult;
  create(context: Context, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  /** Undefined when the object is gone. */
  read(
    context: Context,
    id: string,
    state: Properties,
  ): Promise<{ outputs: Properties; inputs: Properties } | undefined>;
  update(context: Context, id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(context: Context, id: string, state: Properties): Promise<void>;
}

export function lifecycle<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
): Lifecycle {
  return {
    check: (news) => checkInputs(kind, news),

    diff: (olds, news) => diffProperties(kind, olds, news),

    async create(context, properties) {
      const remote = await createOnce(kind, context, kind.inputs.parse(properties));
      context.session.see(remote.id);
      return { id: remote.id, outputs: toOutputs(kind, properties, remote, context.credential) };
    },

    async read(context, id, state) {
      const address = addressOf(kind, id, state);
      const remote = await readOrUndefined(kind, context, id, address);
      if (remote === undefined) {
        if (!isRecorded(kind, state)) throw new NotFoundError(kind.noun, id);
        if (!(await isBelievablyGone(kind, context, address, state)))
          throw new WrongAccountError(kind.noun, id);
        return undefined;
      }
      context.session.see(id);
      const outputs = isRecorded(kind, state)
        ? toOutputs(kind, state, remote, context.credential)
        : allOutputs(kind, address, remote, context.credential);
      return { outputs, inputs: toInputs(kind, outputs) };
    },

    async update(context, id, olds, news) {
      const address = addressOf(kind, id, news);
      const change = changeToSend(kind, olds, news);
      // Without a change to send this mends the state of an object that a failed create left behind.
      const remote =
        kind.update && Object.keys(change).length > 0
          ? await kind.update(context.smooch, id, address, change)
          : await kind.read(context.smooch, id, address);
      context.session.see(id);
      return toOutputs(kind, news, remote, context.credential);
    },

    async delete(context, id, state) {
      const address = addressOf(kind, id, state);
      if (!wasSeenBy(state, context.credential) && !context.session.hasSeen(id)) {
        // Another credential saw it last: this one has to see it too, before its 404 means anything.
        if ((await readOrUndefined(kind, context, id, address)) === undefined) {
          if (await isBelievablyGone(kind, context, address, state)) return;
          throw new WrongAccountError(kind.noun, id);
        }
      }
      try {
        await kind.delete(context.smooch, id, address);
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },
  };
}

/** The changed inputs; those no longer declared with the value that clears them, where there is one. */
function changeToSend<I extends object>(
  kind: Pick<Kind<I>, "inputs" | "sets" | "local" | "cleared">,
  olds: Properties,
  news: Properties,
): Partial<I> {
  const changed = changedInputs(kind, olds, news).filter((name) => !kind.local.includes(name));
  const all = kind.inputs.parse({ ...kind.cleared, ...news });
  const change: Partial<I> = {};
  for (const name in all) if (changed.includes(name)) change[name] = all[name];
  return change;
}

function addressOf<A extends object>(
  kind: Pick<Kind<object, A>, "address" | "noun">,
  id: string,
  state: Properties,
): A {
  const parsed = kind.address.safeParse(state);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => issue.path.join(".")).join(", ");
  throw new Error(
    `The state of ${kind.noun} ${id} is damaged: ${names} is missing or no text. Nothing was done. Mend it with \`pulumi stack export\` and \`pulumi stack import\`.`,
  );
}

async function readOrUndefined<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  { smooch }: Context,
  id: string,
  address: A,
): Promise<R | undefined> {
  try {
    return await kind.read(smooch, id, address);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/**
 * A 404 proves that an object is gone only to the credential that saw it, or where its parent is visible. To any
 * other it may be in an account that the credential does not see, and still be alive.
 */
async function isBelievablyGone<I extends object, A extends object, R extends Identified>(
  kind: Kind<I, A, R>,
  { smooch, credential }: Context,
  address: A,
  state: Properties,
): Promise<boolean> {
  if (wasSeenBy(state, credential)) return true;
  if (kind.parent === undefined) return false;
  try {
    await kind.parent(smooch, address);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof SmoochError && error.status === 404;
}

class NotFoundError extends Error {
  constructor(noun: string, id: string) {
    super(
      `Smooch has no ${noun} ${id}, or these credentials do not see it (HTTP 404). Check the id and the account.`,
    );
  }
}

class WrongAccountError extends Error {
  constructor(noun: string, id: string) {
    super(
      `Smooch does not know ${noun} ${id} (HTTP 404), but other credentials, or another API address, saw it last: it may be alive in an account that these do not see. Nothing was changed. Use the account it belongs to; if it is surely gone, remove it from the state with \`pulumi state delete\`.`,
    );
  }
}
