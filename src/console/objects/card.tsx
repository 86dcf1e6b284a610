import type { ConsoleObject, Revealed } from "../../emulator/console/contract";
import { Id } from "../parts/copy";
import { Problem } from "../parts/problem";
import { Text, Time } from "../parts/text";
import { Properties } from "../parts/tree";
import { useReveal } from "./reveal";

/** One object: what it is called, where it is, and its properties. */
export function ObjectCard({ object, isNew }: { object: ConsoleObject; isNew: boolean }) {
  const { id, name, createdAt, holders, hasSecret } = object;
  const { id: _, ...properties } = object.properties;
  const { secrets, button, problem } = useReveal(id);
  return (
    <li class={isNew ? "card new" : "card"}>
      <div class="card-head">
        <h4>
          <Text>{name ?? id}</Text>
        </h4>
        {createdAt !== undefined && <Time at={createdAt} />}
      </div>
      <Id>{id}</Id>
      {holders.length > 0 && (
        <p class="quiet">
          in <Text>{holders.join(" / ")}</Text>
        </p>
      )}
      <Properties properties={withSecrets(properties, secrets)} />
      {hasSecret && button}
      <Problem>{problem}</Problem>
    </li>
  );
}

/** Puts each secret where it was hidden. A secret inside an object has a path: `fields.token`. */
function withSecrets(properties: object, secrets: Revealed["secrets"] = {}): object {
  const shown = structuredClone(properties);
  for (const [path, secret] of Object.entries(secrets)) {
    const [last = "", ...holders] = path.split(".").reverse();
    const holder = holders.reduceRight((object: object, name) => Object(Reflect.get(object, name)), shown);
    Reflect.set(holder, last, secret);
  }
  return shown;
}
