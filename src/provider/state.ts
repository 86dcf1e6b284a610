import { type ApiVersion, apiVersions, asApiVersion, isOlder } from "../smooch/api-version";
import { type Identified, inputNames, type Kind, type Properties } from "./kind";
import { canonical, clean, isPlainObject, pick, storable } from "./values";

/**
 * Where the state records who last saw the object, and through which API version: `act_…@api.smooch.io/v2`. The
 * underscores hide it in Pulumi's display.
 */
const seenBy = "__seenBy";

/** The outputs to store: the declared inputs with their values in Smooch, and Smooch's own outputs. */
export function toOutputs(
  kind: Kind,
  inputs: Properties,
  remote: Identified,
  credential: string,
): Properties {
  const actual = storable(remote);
  const version = kind.boundVersion?.(inputs) ?? readSighting(credential)?.version;
  const isHidden = (path: string) => version !== undefined && isHiddenIn(kind, path, version, inputs);
  const kept = inputNames(kind)
    .filter((name) => inputs[name] !== undefined)
    .map((name) => [
      name,
      kind.notReturned.includes(name) || kind.writeOnly?.includes(name) || isHidden(name)
        ? inputs[name]
        : withHidden(observed(kind, name, inputs[name], actual[name]), inputs[name], (inner) =>
            isHidden(`${name}.${inner}`),
          ),
    ]);
  const outputs = {
    ...pick(inputs, kind.outputs),
    ...clean(Object.fromEntries(kept)),
    ...pick(actual, kind.outputs),
    ...pick(inputs, kind.immutableOutputs ?? []),
  };
  return markSeen(outputs, credential);
}

/**
 * Describes outputs that should never change but that Smooch returns differently, or no longer returns: one line for
 * each.
 */
export function describeKept(kind: Kind, state: Properties, remote: Identified): string[] {
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

/** The required outputs that are missing, as a list for messages; undefined if there are none. */
export function missingOutputs(kind: Pick<Kind, "requiredOutputs">, outputs: Properties): string | undefined {
  const missing = kind.requiredOutputs.filter((name) => outputs[name] === undefined);
  return missing.length > 0 ? missing.join(", ") : undefined;
}

/** The outputs to store for an object that is only read: all of them. */
export function allOutputs(
  kind: Kind,
  state: Properties,
  remote: Identified,
  credential: string,
): Properties {
  return markSeen(
    { ...pick(state, kind.notReturned), ...pick(storable(remote), [...inputNames(kind), ...kind.outputs]) },
    credential,
  );
}

/** The state of an imported object, of which everything is known, as if it had been adopted with these inputs. */
export function asDeclared(kind: Kind, id: string, state: Properties, inputs: Properties): Properties {
  const { data: address } = kind.address.safeParse(state);
  return toOutputs(kind, { ...inputs, ...address }, { ...state, id }, String(state[seenBy]));
}

/** Whether an API version does not return an input, which is a path with dots: what it was is still true. */
function isHiddenIn(kind: Kind, path: string, version: ApiVersion, inputs: Properties): boolean {
  const since = kind.since?.[path] ?? apiVersions[0];
  return isOlder(version, since) || kind.isHidden?.(path, version, inputs) === true;
}

/** Adds the hidden properties of an input that is an object. */
function withHidden(actual: unknown, declared: unknown, isHidden: (name: string) => boolean): unknown {
  if (!isPlainObject(declared) || !isPlainObject(actual)) return actual;
  return { ...actual, ...pick(declared, Object.keys(declared).filter(isHidden)) };
}

function observed(kind: Kind, name: string, declared: unknown, actual: unknown): unknown {
  const observe = kind.observe?.[name];
  if (observe !== undefined) return observe(declared, actual);
  if (kind.partiallyManaged?.includes(name)) return declaredPart(declared, actual);
  if (isPlainObject(declared) && actual === undefined) return {};
  // An empty string means the same as no value.
  if (declared === "" && actual === undefined) return declared;
  // Order does not matter here, so the declared one is kept.
  if (kind.unorderedLists?.includes(name) && canonical(declared, true) === canonical(actual, true))
    return declared;
  return actual;
}

/** Keeps only the declared keys of objects, at any depth, because Smooch adds others. */
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
  /** Credential and API address: `act_…@api.smooch.io`. */
  identity: string;
  version: ApiVersion;
}

/** Parses a mark; undefined if there is none. */
export function readSighting(mark: unknown): Sighting | undefined {
  if (typeof mark !== "string") return undefined;
  const version = asApiVersion(mark.slice(mark.lastIndexOf("/") + 1));
  return version && { identity: identityOf(mark), version };
}

/** The credential and address in a mark that this process made. */
export function identityOf(mark: string): string {
  return mark.slice(0, mark.lastIndexOf("/"));
}

export function lastSighting(state: Properties): Sighting | undefined {
  return readSighting(state[seenBy]);
}

/** Whether these are the stored properties of an object, and not just the inputs of a `get`. */
export function isRecorded(kind: Pick<Kind, "outputs">, properties: Properties): boolean {
  return [seenBy, ...kind.outputs].some((name) => properties[name] !== undefined);
}
