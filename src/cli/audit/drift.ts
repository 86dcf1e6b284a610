import type { Properties } from "../../provider/kind";
import { definitions } from "../../provider/kinds";
import { toOutputs } from "../../provider/state";
import { changedInputs, isPlainObject } from "../../provider/values";
import { type ApiVersion, apiVersions } from "../../smooch/api-version";
import { isSecret, type StateResource } from "../shared/stack-state";
import type { Seen } from "./objects";

/** The managed properties that `pulumi refresh` would change. Secrets are not compared, because none are read here. */
export function driftOf({ kind: name, properties }: StateResource, object: Seen, seenBy: string): string[] {
  const remote = object.as[name];
  if (remote === undefined) return [];
  const kind = definitions[name];
  const known = shownPart(name, properties, object.version);
  return changedInputs(kind, known, toOutputs(kind, known, remote, seenBy));
}

/** The comparable properties: no secrets, and nothing that the API version in use does not return. */
function shownPart(name: StateResource["kind"], properties: Properties, version: ApiVersion): Properties {
  const { secrets, since = {}, inventory } = definitions[name];
  const isHidden = (path: string) =>
    apiVersions.indexOf(since[path] ?? "v1") > apiVersions.indexOf(version) ||
    inventory.isHidden?.(path, version) === true;
  const shown = Object.entries(properties).filter(
    ([property, value]) => !secrets.includes(property) && !isSecret(value) && !isHidden(property),
  );
  return Object.fromEntries(
    shown.map(([property, value]) => [
      property,
      isPlainObject(value)
        ? Object.fromEntries(Object.entries(value).filter(([inner]) => !isHidden(`${property}.${inner}`)))
        : value,
    ]),
  );
}
