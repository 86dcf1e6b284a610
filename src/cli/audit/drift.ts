import { definitions } from "../../provider/kinds";
import { toOutputs } from "../../provider/state";
import { changedInputs } from "../../provider/values";
import { isSecret, type StateResource } from "../shared/stack-state";
import type { Seen } from "./objects";

/** The managed properties that `pulumi refresh` would change. Secrets are not compared, because none are read here. */
export function driftOf({ kind: name, properties }: StateResource, object: Seen, seenBy: string): string[] {
  const remote = object.as[name];
  if (remote === undefined) return [];
  const kind = definitions[name];
  const shown = Object.entries(properties).filter(
    ([property, value]) => !kind.secrets.includes(property) && !isSecret(value),
  );
  const known = Object.fromEntries(shown);
  return changedInputs(kind, known, toOutputs(kind, known, remote, seenBy));
}
