import type { SmoochClient } from "../smooch/client";
import { asSmoochError } from "../smooch/errors";
import type { Context, Session } from "./context";
import { mismatchError, missingOutputError, noneToAdoptError, severalError } from "./failures";
import { adoptInput } from "./hidden";
import type { Identified, Kind, Properties } from "./kind";
import { missingOutputs, toOutputs } from "./state";
import { canonical, changedInputs, containsUnknown, isPlainObject } from "./values";

/**
 * The adoption input to keep, if any. A resource in the state has its object; if it is replaced, Pulumi checks the same
 * inputs again without olds, and the replacement must be a new object. With olds the input stays: they may be those of an
 * object that an earlier run deleted, and then Pulumi calls nothing but the create, which has to adopt.
 */
export function keepAdoption(
  session: Session,
  resource: string,
  adoptId: string | undefined,
  isInState: boolean,
): Properties {
  if (adoptId === undefined) return {};
  if (isInState) session.adoptedInState.set(resource, adoptId);
  else if (session.adoptedInState.get(resource) === adoptId) return {};
  // An object that the program adopts cannot be the result of a lost create.
  session.owned.add(adoptId);
  return { [adoptInput]: adoptId };
}

/** Reads the object and compares it with the declared inputs, without changing it. */
export async function adoptExisting(
  kind: Kind,
  { smooch, session, credential }: Context,
  id: string,
  inputs: Properties,
): Promise<Identified> {
  const remote = await readExisting(kind, smooch, id, kind.address.parse(inputs));
  const actual = toOutputs(kind, inputs, remote, credential);
  requireMatch(kind, id, inputs, actual);
  const missing = missingOutputs(kind, actual);
  if (missing !== undefined) {
    const way = `so it cannot be adopted: create a new ${kind.label} instead.`;
    throw missingOutputError(kind.label, id, missing, way);
  }
  session.markManaged(id);
  session.kept.set(id, "adopted");
  return remote;
}

/** The id of the only object of a kind that an app, say, has one of at most; throws if there is none. */
export async function findOnly(kind: Kind, smooch: SmoochClient, address: object): Promise<string> {
  const { items, unreadable } = await kind.siblings(smooch, address);
  const [first, ...others] = [...items, ...unreadable];
  if (first === undefined) throw noneToAdoptError(kind.label);
  if (others.length > 0)
    throw severalError(
      kind.label,
      [first, ...others].map(({ id }) => id),
    );
  return first.id;
}

/** Throws if an existing object is not as the program declares it; an input that is unknown in a preview may match. */
export function requireMatch(kind: Kind, id: string, inputs: Properties, actual: Properties): void {
  const differences = changedInputs(kind, inputs, actual).filter((name) => !containsUnknown(inputs[name]));
  if (differences.length === 0) return;
  throw mismatchError(
    kind.label,
    id,
    differences.flatMap((name) => describe(name, inputs[name], actual[name])),
  );
}

function readExisting(kind: Kind, smooch: SmoochClient, id: string, address: object): Promise<Identified> {
  return kind.read(smooch, id, address).catch((caught: unknown) => {
    const error = asSmoochError(caught);
    if (error.status !== 404) throw error;
    throw error.withAdvice(
      "There is nothing to adopt: check the id and the account. If it was adopted before and has been replaced since, remove the adoption from the program.",
    );
  });
}

/** The properties that differ, at any depth, without their values, because any of them may be secret. */
function describe(path: string, declared: unknown, actual: unknown): string[] {
  if (isPlainObject(declared) && isPlainObject(actual)) {
    const differing = Object.keys(declared).flatMap((name) =>
      describe(`${path}.${name}`, declared[name], actual[name]),
    );
    const hasMore = Object.keys(actual).some((name) => !Object.hasOwn(declared, name));
    return hasMore ? [...differing, `${path} has more entries in Smooch`] : differing;
  }
  if (canonical(declared) === canonical(actual)) return [];
  return [actual === undefined ? `${path} is not set in Smooch` : `${path} differs`];
}
