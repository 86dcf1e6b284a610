import { type ApiVersion, asApiVersion } from "../smooch/api-version";
import { type Identified, inputNames, type Kind, type Properties } from "./kind";
import { canonical, clean, isPlainObject, pick, storable } from "./values";

/**
 * Where the state keeps who saw the object last, and through which API version: `act_…@api.smooch.io/v2`. The
 * underscores hide it from Pulumi's display.
 */
const seenBy = "__seenBy";

/** What is kept of an object: the declared inputs with the values that Smooch has for them, and what it adds. */
export function toOutputs(
  kind: Pick<
    Kind,
    | "inputs"
    | "notReturned"
    | "writeOnly"
    | "outputs"
    | "immutableOutputs"
    | "partiallyManaged"
    | "unorderedLists"
  >,
  inputs: Properties,
  remote: Identified,
  credential: string,
): Properties {
  const actual = storable(remote);
  const kept = inputNames(kind)
    .filter((name) => inputs[name] !== undefined)
    .map((name) => [
      name,
      kind.notReturned.includes(name) || kind.writeOnly?.includes(name)
        ? inputs[name]
        : observed(kind, name, inputs[name], actual[name]),
    ]);
  const outputs = {
    ...pick(inputs, kind.outputs),
    ...clean(Object.fromEntries(kept)),
    ...pick(actual, kind.outputs),
    ...pick(inputs, kind.immutableOutputs ?? []),
  };
  return markSeen(outputs, credential);
}

/** Which outputs in the state Smooch contradicts, or no longer returns, although they never change: a line for each. */
export function describeKept(
  kind: Pick<Kind, "label" | "immutableOutputs" | "isHollow">,
  state: Properties,
  remote: Identified,
): string[] {
  if (kind.isHollow?.(remote)) return [];
  const actual = clean(remote);
  const kept = pick(state, kind.immutableOutputs ?? []);
  return Object.keys(kept)
    .filter((name) => actual[name] !== kept[name])
    .map((name) => {
      const returned = actual[name] === undefined ? `no ${name}, or only a masked one,` : `another ${name}`;
      return `Smooch now returns ${returned} for ${kind.label} ${remote.id}; the one in the state was kept`;
    });
}

/** The outputs that every object has and this one lacks; undefined where there are none. */
export function missingOutputs(kind: Pick<Kind, "requiredOutputs">, outputs: Properties): string | undefined {
  const missing = kind.requiredOutputs.filter((name) => outputs[name] === undefined);
  return missing.length > 0 ? missing.join(", ") : undefined;
}

/** What is kept of an object that nobody declared: all of it. */
export function allOutputs(
  kind: Pick<Kind, "inputs" | "notReturned" | "outputs">,
  state: Properties,
  remote: Identified,
  credential: string,
): Properties {
  return markSeen(
    { ...pick(state, kind.notReturned), ...pick(storable(remote), [...inputNames(kind), ...kind.outputs]) },
    credential,
  );
}

function observed(
  kind: Pick<Kind, "partiallyManaged" | "unorderedLists">,
  name: string,
  declared: unknown,
  actual: unknown,
): unknown {
  if (kind.partiallyManaged?.includes(name)) return declaredPart(declared, actual);
  if (isPlainObject(declared) && actual === undefined) return {};
  // An empty string says that nothing is wanted, and so does its absence.
  if (declared === "" && actual === undefined) return declared;
  // The declared order of a set is as true as any other.
  if (kind.unorderedLists?.includes(name) && canonical(declared, true) === canonical(actual, true))
    return declared;
  return actual;
}

/** Of objects the declared keys only, at any depth: the service adds others of its own. */
function declaredPart(declared: unknown, actual: unknown): unknown {
  if (Array.isArray(declared) && Array.isArray(actual) && declared.length === actual.length)
    return actual.map((item, index) => declaredPart(declared[index], item));
  if (!isPlainObject(declared) || !isPlainObject(actual ?? {})) return actual;
  const parts = Object.entries(pick(Object(actual), Object.keys(declared)));
  return Object.fromEntries(parts.map(([key, value]) => [key, declaredPart(declared[key], value)]));
}

export function toInputs(kind: Pick<Kind, "inputs">, outputs: Properties): Properties {
  return pick(outputs, inputNames(kind));
}

export function markSeen(state: Properties, credential: string): Properties {
  return { ...state, [seenBy]: credential };
}

export interface Sighting {
  /** Credential and address of the API: `act_…@api.smooch.io`. */
  identity: string;
  version: ApiVersion;
}

/** Reads a mark; undefined where there is none. */
export function readSighting(mark: unknown): Sighting | undefined {
  if (typeof mark !== "string") return undefined;
  const version = asApiVersion(mark.slice(mark.lastIndexOf("/") + 1));
  return version && { identity: identityOf(mark), version };
}

/** The credential and address of a mark that this process made. */
export function identityOf(mark: string): string {
  return mark.slice(0, mark.lastIndexOf("/"));
}

export function lastSighting(state: Properties): Sighting | undefined {
  return readSighting(state[seenBy]);
}

/** Whether these are the properties of an object that was there once, and not the bare inputs of a `get`. */
export function isRecorded(kind: Pick<Kind, "outputs">, properties: Properties): boolean {
  return [seenBy, ...kind.outputs].some((name) => properties[name] !== undefined);
}
