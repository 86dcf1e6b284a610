import type { ConsoleObject } from "../../emulator/console/contract";
import { Id } from "../parts/copy";
import { Problem } from "../parts/problem";
import { Text, Time } from "../parts/text";
import { Properties } from "../parts/tree";
import { useReveal } from "./reveal";

/** One object: what it is called, where it is, and its properties. */
export function ObjectCard({ object, isNew }: { object: ConsoleObject; isNew: boolean }) {
  const { id, name, createdAt, holders, properties, hasSecret } = object;
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
      <Properties properties={{ ...properties, ...secrets }} />
      {hasSecret && button}
      <Problem>{problem}</Problem>
    </li>
  );
}
