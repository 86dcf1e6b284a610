import type { Generation } from "./generation";
import { v1 } from "./v1/index";

/** Every generation of the API that the emulator plays. */
export const generations: { readonly [V in Generation["version"]]: Generation } = { v1 };

/** The generation that answers a path; what belongs to none is answered in the words of the first. */
export function findGeneration(path: string): Generation {
  const all: readonly Generation[] = Object.values(generations);
  return all.find(({ version }) => path.startsWith(`/${version}/`)) ?? v1;
}
