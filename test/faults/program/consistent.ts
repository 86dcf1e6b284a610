import { ancestorsOf } from "../../../src/kinds";
import { type Declared, holdersOf, inside, type Program } from "./program";
import { referencesIn } from "./references";
import { repairLinks } from "./switchboards";

/**
 * The program as a person would leave it after an edit: what is in a removed resource is removed too, what is in a moved
 * one moves with it, and nothing refers to what is gone.
 */
export function consistent(program: Program): Program {
  const kept = new Map<string, Declared>();
  const depth = ({ kind }: Declared) => ancestorsOf(kind).length;
  // What holds others first: a menu can be in an integration.
  const ordered = [...program].sort(
    (one, other) => depth(one) - depth(other) || holdersOf(one).length - holdersOf(other).length,
  );
  for (const declared of ordered) {
    const holders = holdersOf(declared).map((name) => kept.get(name));
    const holder = holders.at(-1);
    if (holders.length > 0 && holder === undefined) continue;
    const inputs = { ...declared.inputs, ...(holder && inside(holder)) };
    kept.set(declared.name, { ...declared, inputs });
  }
  const settled = program.flatMap(({ name }) => kept.get(name) ?? []);
  return arrange(settled.map((declared) => repairLinks(declared, settled)));
}

/** Each resource after those that it refers to. */
function arrange(program: Program): Program {
  const arranged = new Set<Declared>();
  const add = (declared: Declared): void => {
    const names = referencesIn(declared.inputs);
    for (const other of program) if (names.includes(other.name)) add(other);
    arranged.add(declared);
  };
  program.forEach(add);
  return [...arranged];
}
