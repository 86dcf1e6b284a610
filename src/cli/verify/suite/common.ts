import { responds } from "../answers";
import type { Documented, Json, Step } from "../step";

/** An id that no object has. */
export const missing = "{mark}{mark}";

/** Nothing answers there: the domain is reserved for that. */
export const deadTarget = "https://{mark}.invalid/";

/** An address of the user's, different for each number. */
export const target = (number: number) => `{target}${number}`;

/** What a step is besides its call. */
export type Rest = Omit<Step, "name" | "method" | "path">;

/** Makes steps whose calls have this method. */
export function sender(method: Step["method"]) {
  return (name: string, path: string, rest?: Rest): Step => ({ name, method, path, ...rest });
}

export const get = sender("GET");
export const post = sender("POST");
export const put = sender("PUT");
export const patch = sender("PATCH");
export const remove = sender("DELETE");

export const refused: Documented = { status: [400] };
export const deleted: Documented = { status: "deleted" };
export const gone: Documented = { status: [404], code: "gone" };
export const goneAsObserved: Documented = { ...gone, source: "observed.md#a-404-can-have-many-sources" };

export function creates(body: Json): Documented {
  return { status: [201], body };
}

/** `source` as in `Documented`. */
export function shows(body: Json, source?: string): Documented {
  return { status: [200], body, ...(source !== undefined && { source }) };
}

/** Steps that fill something up to its limit, each with its number. */
export function numbered(from: number, to: number, make: (number: number) => Step): Step[] {
  return Array.from({ length: to - from + 1 }, (_, index) => make(from + index));
}

/** The deletion of an object that the API can read by its id, and what comes after it. */
export function deletion(called: string, path: string, one: string): Step[] {
  return [
    remove(`${called}: delete`, one, { documented: deleted }),
    get(`${called}: read the deleted one`, one, { documented: goneAsObserved }),
    get(`${called}: read a missing one`, `${path}/${missing}`, { documented: goneAsObserved }),
    remove(`${called}: delete again`, one, { question: responds(`A second DELETE (${called})`) }),
  ];
}

/** They run only if the user gave a target. */
export function withTarget(steps: readonly Step[]): Step[] {
  return steps.map((step) => ({ ...step, needsTarget: true }));
}
