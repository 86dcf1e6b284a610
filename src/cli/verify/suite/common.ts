import { responds } from "../answers";
import type { Step } from "../step";

/** An id that no object has. */
export const missing = "{mark}{mark}";

/** Nothing answers there: the domain is reserved for that. */
export const deadTarget = "https://{mark}.invalid/";

/** An address of the user's, different for each number. */
export const target = (number: number) => `{target}${number}`;

/** The deletion of an object that the API can read by its id, and what comes after it. */
export function deletion(called: string, path: string, one: string): Step[] {
  return [
    { name: `${called}: delete`, method: "DELETE", path: one, documented: { status: "deleted" } },
    {
      name: `${called}: read the deleted one`,
      method: "GET",
      path: one,
      documented: { status: [404], code: "gone", source: "observed.md#a-404-can-have-many-sources" },
    },
    {
      name: `${called}: read a missing one`,
      method: "GET",
      path: `${path}/${missing}`,
      documented: { status: [404], code: "gone", source: "observed.md#a-404-can-have-many-sources" },
    },
    {
      name: `${called}: delete again`,
      method: "DELETE",
      path: one,
      question: responds(`A second DELETE (${called})`),
    },
  ];
}

/** They run only if the user gave a target. */
export function withTarget(steps: readonly Step[]): Step[] {
  return steps.map((step) => ({ ...step, needsTarget: true }));
}
