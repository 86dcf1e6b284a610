import { z } from "zod";
import { kind } from "../kind";
import { id, name, scalar } from "./fields";

export const key = kind({
  noun: "key",
  inputs: z.strictObject({
    appId: id,
    name,
    keepers: z.record(z.string(), scalar, "must be a flat object").optional(),
  }),
  address: z.object({ appId: id }),
  local: ["appId", "keepers"],
  outputs: ["secret"],
  secretOutputs: ["secret"],
  replaceOn: ["appId", "name", "keepers"],
  limit: 10,
  create: (smooch, { appId, name }) => smooch.keys.create(appId, { name }),
  read: (smooch, id, { appId }) => smooch.keys.get(appId, id),
  siblings: (smooch, { appId }) => smooch.keys.list(appId),
  likeness: (key) => key.name,
  delete: (smooch, id, { appId }) => smooch.keys.delete(appId, id),
  parent: (smooch, { appId }) => smooch.apps.get(appId),
});
