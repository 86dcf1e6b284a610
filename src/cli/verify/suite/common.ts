import { responds } from "../answers";
import type { Step } from "../step";

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

/** The deletion of an object that the API can read by its id, and what comes after it. */
export function deletion(called: string, path: string, one: string): Step[] {
  const gone = { status: [404], code: "gone", source: "observed.md#a-404-can-have-many-sources" } as const;
  return [
    remove(`${called}: delete`, one, { documented: { status: "deleted" } }),
    get(`${called}: read the deleted one`, one, { documented: gone }),
    get(`${called}: read a missing one`, `${path}/${missing}`, { documented: gone }),
    remove(`${called}: delete again`, one, { question: responds(`A second DELETE (${called})`) }),
  ];
}

/** They run only if the user gave a target. */
export function withTarget(steps: readonly Step[]): Step[] {
  return steps.map((step) => ({ ...step, needsTarget: true }));
}
