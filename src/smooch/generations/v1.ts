import { legacy } from "./legacy";

/** The API of the two documents this package began with; what came later it does not know (legacy.md 9.2). */
export const v1 = legacy({ version: "v1", tokenOnly: true, pagedIntegrations: false });
