import { isChild, type KindName, kindNames, kinds, outsideApps } from "../../../src/kinds";
import type { Properties } from "../../../src/provider/kind";
import { definitions } from "../../../src/provider/kinds";
import type { ApiVersion } from "../../../src/smooch/api-version";
import type { Random } from "../../support/random";
import { appOf, type Declared, inside, isBeside, type Program } from "./program";
import { idOf } from "./references";
import { drawInputs, holderInputs } from "./schema-inputs";
import { declaresEntries, drawEntry, drawSwitchboard, possibleNext } from "./switchboards";

/** The kinds that the author generates by their definitions, with hints where those do not say enough. */
export const otherKinds = kindNames.filter(
  (kind) => !["app", "key", "webhook", "integration"].includes(kind),
);

/** The other kinds that a stack can manage. */
export function otherKindsFor(version: ApiVersion, credential: "account" | "service"): KindName[] {
  return otherKinds.filter(
    (kind) =>
      (definitions[kind].in?.includes(version) ?? true) &&
      (credential === "account" || !outsideApps.includes(kind)),
  );
}

/** Few, so that rotations and duplicates of others stay below the API's limits. */
const maxInOne = 3;

/** The places where one more object of the kind fits, as the inputs that name them. */
export function placesFor(kind: KindName, program: Program, before: Program): Properties[] {
  if (!isChild(kind)) return [{}];
  const { parent } = kinds[kind];
  const canHold = definitions[kind].holder?.canHold ?? (() => true);
  const places = program
    .filter((one) => one.kind === parent && canHold(one.inputs))
    .filter((one) => kind !== "switchboardIntegration" || !declaresEntries(one))
    .map(inside);
  // A menu can also be in an integration.
  const inner = holderInputs(kind).includes("integrationId") && parent !== "integration";
  if (inner) places.push(...program.filter((one) => one.kind === "integration").map(inside));
  return places.filter((place) => hasRoom(kind, place, program, before));
}

/** What an edit removes is deleted at its end, so it still takes the room of an only object. */
function hasRoom(kind: KindName, place: Properties, program: Program, before: Program): boolean {
  const isThere = (one: Declared) => one.kind === kind && isBeside(one, { name: "", kind, inputs: place });
  return definitions[kind].isSingleton
    ? ![...program, ...before].some(isThere)
    : program.filter(isThere).length < maxInOne;
}

/** New inputs for a resource in its place. */
export function drawOther(declared: Declared, random: Random, program: Program, isNew: boolean): Properties {
  const { name, kind, inputs: olds } = declared;
  const held = holderInputs(kind).filter((input) => olds[input] !== undefined);
  const place = Object.fromEntries(held.map((input) => [input, olds[input]]));
  const app = appOf(declared);
  const customs = program
    .filter((one) => one.inputs.type === "custom" && appOf(one) === app)
    .map((one) => one.name);
  switch (kind) {
    case "switchboard":
      return { ...place, ...drawSwitchboard(random, customs, isNew ? undefined : olds) };
    case "switchboardIntegration": {
      const next = possibleNext(declared, program);
      return {
        ...place,
        name: random.pick(["first", "second"]),
        ...drawEntry(random, customs),
        ...(next.length > 0 &&
          random.chance(0.5) && { nextSwitchboardIntegrationId: idOf(random.pick(next)) }),
      };
    }
    case "menu":
      return { ...place, ...drawInputs(kind, random, ["items"]), items: drawItems(random, 3) };
    case "template": {
      const message = { role: "appMaker", type: "text", text: random.pick(["Hello", "Welcome back"]) };
      return { ...place, name: uniqueName(name, random), message };
    }
    case "serviceAccount":
      return { name: uniqueName(name, random) };
    default:
      return { ...place, ...drawInputs(kind, random) };
  }
}

/** Smooch refuses two templates in an app, and two service accounts, with one name. */
function uniqueName(resource: string, random: Random): string {
  return `${resource}-${random.int(1, 3)}`;
}

/** Items of a menu, with submenus if there is a level left below. */
function drawItems(random: Random, levels: number): Properties[] {
  return Array.from({ length: random.int(1, 2) }, () => {
    const text = random.pick(["Talk to us", "Offers"]);
    const type = random.pick(levels > 1 ? ["link", "postback", "submenu"] : ["link", "postback"]);
    if (type === "submenu") return { type, text, items: drawItems(random, levels - 1) };
    return type === "link"
      ? { type, text, uri: `https://shop${random.int(1, 9)}.example` }
      : { type, text, payload: random.pick(["TALK", "OFFERS"]) };
  });
}
