import { legacy } from "./legacy";

export const v1_1 = legacy({ version: "v1.1", tokenOnly: false, pagedIntegrations: true });
