import { secretSignature, signatureKey } from "../kinds";
import type { Connection } from "./connection";
import { adoptInput, hasMark } from "./hidden";
import type { CheckFailure, Kind, Properties } from "./kind";
import { lifecycle } from "./lifecycle";
import { clean, pick } from "./values";
import { storedSettingsAdvice } from "./wayout";

/**
 * What Pulumi asks about the resources of one kind, in plain JSON: both of its protocols are adapted to this. It is the
 * kind's lifecycle over a connection. While a call runs, the process does not end.
 */
export function resourceCalls(kind: Kind, connection: Connection) {
  const rules = lifecycle(kind);
  const { host, lifeline, session } = connection;
  return {
    check(olds: Properties, news: Properties) {
      const { inputs, failures, warnings } = rules.check(session, connection.apiVersion(), olds, news);
      for (const warning of [...connection.newWarnings(), ...warnings]) connection.say(warning);
      // Only for creates: the object in the state may have been created with another credential, and an app key may
      // read an object to adopt.
      const creates = Object.keys(olds).length === 0 && inputs[adoptInput] === undefined;
      const scope = kind.needsAccountKey && creates ? connection.scopeFailures() : [];
      return { inputs, failures: [...failures, ...connection.failures(), ...scope].map(withoutValue) };
    },
    diff(id: string, olds: Properties, news: Properties) {
      // The state has what a run imports only at its end.
      const isBeingImported = hasMark(olds, "imported") && session.kept.get(id) === "adopted";
      if (!isBeingImported) connection.noteRecorded(id, news);
      const circumstances = { now: host.now(), version: connection.apiVersion(), isBeingImported };
      const { reason, ...result } = rules.diff(id, olds, news, circumstances);
      if (reason !== undefined) connection.say(reason, "info");
      return result;
    },
    create: (inputs: Properties) => lifeline.during(async () => rules.create(connection.context(), inputs)),
    /** Returns undefined if the object is gone. */
    read: (id: string, state: Properties) =>
      lifeline.during(async () => rules.read(connection.context(storedSettingsAdvice), id, state)),
    import: (id: string, address: Properties) =>
      lifeline.during(async () => rules.import(connection.context(), id, address)),
    update: (id: string, olds: Properties, news: Properties) =>
      lifeline.during(async () => rules.update(connection.context(), id, olds, news)),
    delete: (id: string, state: Properties) =>
      lifeline.during(async () => {
        connection.noteRecorded(id, state);
        await rules.delete(connection.context(storedSettingsAdvice), id, state);
      }),
  };
}

/** Pulumi prints the value of the property named in a failure, even if secret, so the reason names it instead. */
export function withoutValue({ property, reason }: CheckFailure): CheckFailure {
  return { property: "", reason: `${property} ${reason}`.trim() };
}

/** Marks secrets for the engine; the option `additionalSecretOutputs` does not cover imported resources. */
export function markSecrets(names: readonly string[], properties: Properties): Properties {
  const cleaned = clean(properties);
  const marked = Object.entries(pick(cleaned, names)).map(([name, value]) => [
    name,
    { [signatureKey]: secretSignature, value },
  ]);
  return { ...cleaned, ...Object.fromEntries(marked) };
}
