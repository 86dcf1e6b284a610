import type { Properties } from "../../../src/provider/kind";
import { isPlainObject } from "../../../src/provider/values";
import type { Random } from "../../support/random";
import { appOf, type Declared, isBeside, type Program, without } from "./program";
import { idOf, isReference, referencesIn } from "./references";

/** Entries of a switchboard that declares all of them; entries that are resources have other names. */
const entryNames = ["bot", "agents", "sales"] as const;

export function isInlineEntry(name: string): boolean {
  return entryNames.some((own) => own === name);
}

/** Whether the switchboard declares its entries itself, so that none is a resource. */
export function declaresEntries({ inputs }: Pick<Declared, "inputs">): boolean {
  return inputs.integrations !== undefined;
}

/** A switchboard whose entries may hand over in circles; `olds` are its inputs before an edit. */
export function drawSwitchboard(random: Random, customs: readonly string[], olds?: Properties): Properties {
  const isInline = olds === undefined ? random.chance(0.7) : declaresEntries({ inputs: olds });
  if (!isInline) return random.chance(0.5) ? { enabled: false } : {};
  const names = entryNames.filter(() => random.chance(0.7));
  if (names.length === 0) names.push(random.pick(entryNames));
  const entries = names.map((name) => {
    const others = names.filter((other) => other !== name);
    const next = others.length > 0 && random.chance(0.6) && { next: random.pick(others) };
    return [name, { ...drawEntry(random, customs), ...next }];
  });
  // Smooch has no way to unset it.
  const hasDefault = olds?.defaultIntegration !== undefined || random.chance(0.7);
  return {
    integrations: Object.fromEntries(entries),
    ...(hasDefault && { defaultIntegration: random.pick(names) }),
    ...(hasDefault && random.chance(0.7) && { enabled: random.chance(0.7) }),
  };
}

/** Who takes the conversations of an entry, and what it is told. */
export function drawEntry(random: Random, customs: readonly string[]): Properties {
  return {
    ...(customs.length > 0 && random.chance(0.6)
      ? { integrationId: idOf(random.pick(customs)) }
      : drawType(random)),
    ...(random.chance(0.5) && { deliverStandbyEvents: random.chance(0.5) }),
    ...(random.chance(0.4) && { messageHistoryCount: random.int(1, 10) }),
  };
}

function drawType(random: Random): Properties {
  return { integrationType: random.pick(["zd:agentWorkspace", "zd:answerBot"]) };
}

/** The entries to which this one can hand over, if it is to be made after them. */
export function possibleNext(one: Declared, program: Program): string[] {
  const leadsToOne = (name: string): boolean => {
    const next = program.find((other) => other.name === name)?.inputs.nextSwitchboardIntegrationId;
    return name === one.name || (isReference(next) && leadsToOne(next.idOf));
  };
  return program
    .filter((other) => other.kind === one.kind && isBeside(other, one))
    .map(({ name }) => name)
    .filter((name) => !leadsToOne(name));
}

/** Without links to integrations that are not in the app, and to entries that are not in the switchboard. */
export function repairLinks(declared: Declared, program: Program): Declared {
  const { kind, inputs } = declared;
  switch (kind) {
    case "switchboard": {
      if (!isPlainObject(inputs.integrations)) return declared;
      const entries = Object.entries(inputs.integrations).map(([name, entry]) => [
        name,
        isPlainObject(entry) ? repaired(entry) : entry,
      ]);
      return { ...declared, inputs: { ...inputs, integrations: Object.fromEntries(entries) } };
    }
    case "switchboardIntegration": {
      const [next] = referencesIn(inputs.nextSwitchboardIntegrationId);
      const isThere = program.some((other) => other.name === next && isBeside(other, declared));
      const linked = isThere ? inputs : without(inputs, "nextSwitchboardIntegrationId");
      return { ...declared, inputs: repaired(linked) };
    }
    default:
      return declared;
  }

  function repaired(entry: Properties): Properties {
    const app = appOf(declared);
    const isInApp = (name: string) => program.some((other) => other.name === name && appOf(other) === app);
    if (referencesIn(entry.integrationId).every(isInApp)) return entry;
    return { ...without(entry, "integrationId"), integrationType: "zd:agentWorkspace" };
  }
}
