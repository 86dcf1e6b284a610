import type { Incoming } from "../route";
import type { Version } from "../version";
import { versions } from "../version";
import type { Generation } from "./generation";
import { v1 } from "./v1/index";
import { v1_1 } from "./v1_1/index";
import { v2 } from "./v2/index";

/** Every generation of the API that the emulator plays. */
export const generations: { readonly [V in Version]: Generation } = { v1, "v1.1": v1_1, v2 };

/** The generation that answers a request; what belongs to none is answered in the words of the first. */
export function findGeneration({ version = "v1" }: Incoming): Generation {
  return generations[version];
}

interface RouteDescription {
  readonly generation: Version;
  readonly operation: string;
  readonly method: string;
  /** For example `/v2/apps/{appId}`. */
  readonly path: string;
}

/** All that the emulator plays. */
export function listRoutes(): RouteDescription[] {
  return versions.flatMap((generation) =>
    generations[generation].routes.map(({ operation, method, path }) => ({
      generation,
      operation,
      method,
      path,
    })),
  );
}
