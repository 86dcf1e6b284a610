import { z } from "zod";
import { kind } from "../kind";
import { name, scalar } from "./fields";

const maxMetadataBytes = 4096;

const flag = z.boolean("must be true or false").optional();

export const app = kind({
  noun: "app",
  inputs: z.strictObject({
    name,
    settings: z
      .strictObject({ maskCreditCardNumbers: flag, useAnimalNames: flag }, "must be an object")
      .optional(),
    metadata: z
      .record(z.string(), scalar, "must be a flat object")
      .refine(
        (metadata) => Buffer.byteLength(JSON.stringify(metadata)) <= maxMetadataBytes,
        `must not take more than ${maxMetadataBytes} bytes as JSON`,
      )
      .optional(),
  }),
  address: z.object({}),
  local: [],
  outputs: ["appToken"],
  secretOutputs: [],
  replaceOn: [],
  partial: ["settings"],
  sensitive: ["metadata"],
  cleared: { metadata: {} },
  create: (smooch, inputs) => smooch.apps.create(inputs),
  read: (smooch, id) => smooch.apps.get(id),
  siblings: (smooch) => smooch.apps.list(),
  likeness: (app) => app.name,
  update: (smooch, id, _, change) => smooch.apps.update(id, change),
  delete: (smooch, id) => smooch.apps.delete(id),
});
