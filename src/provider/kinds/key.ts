import { z } from "zod";
import { createdAt } from "../../smooch/ids";
import { signJwt } from "../../smooch/jwt";
import { NoCreationTimeError } from "../failures";
import { kind } from "../kind";
import { defaultName, id, name, nameArg, scalar } from "./fields";

const dayMs = 24 * 60 * 60 * 1000;

export const key = kind({
  label: "key",
  needsAccountKey: true,
  inputs: z.strictObject({
    appId: id,
    name,
    keepers: z.record(z.string(), scalar, "must be a flat object").optional(),
    rotateAfterDays: z.number("must be a number").positive("must be more than 0").optional(),
  }),
  defaults: defaultName,
  address: z.object({ appId: id }),
  notReturned: ["appId", "keepers", "rotateAfterDays"],
  outputs: ["secret"],
  requiredOutputs: ["secret"],
  immutableOutputs: ["secret"],
  secrets: ["secret"],
  derived: {
    jwt: (keyId, { secret }) => (typeof secret === "string" ? signJwt({ keyId, secret }) : undefined),
  },
  replaceOn: ["appId", "name", "keepers"],
  limit: 10,
  needsCreationTime: "rotateAfterDays",
  replacementDue: ({ id: keyId, inputs: { rotateAfterDays: limit }, now }) => {
    const created = createdAt(keyId);
    if (typeof limit !== "number") return undefined;
    if (created === undefined) throw new NoCreationTimeError("rotateAfterDays");
    if (now - created < limit * dayMs) return undefined;
    const age = Math.floor((now - created) / dayMs);
    const reason = `key ${keyId} is ${age} days old, which is past its rotateAfterDays: a new one replaces it`;
    return { property: "rotateAfterDays", reason };
  },
  create: (smooch, { appId, name }) => smooch.keys.create(appId, { name }),
  read: (smooch, id, { appId }) => smooch.keys.get(appId, id),
  siblings: (smooch, { appId }) => smooch.keys.list(appId),
  matchKey: (key) => key.name,
  delete: (smooch, id, { appId }) => smooch.keys.delete(appId, id),
  appOf: ({ appId }) => appId,
  // The worst case would be a key that seems revoked but still works.
  verifyDeletion: true,
  isRevoked: async (smooch, keyId, { appId }, { secret }) =>
    typeof secret === "string" && smooch.keys.isRefused(appId, { keyId, secret }),
  inventory: {
    describe: ({ name }) => ({ name }),
    unowned: {
      title: "Live keys that no stack owns",
      fix: "Adopt those in use, and revoke the others with --revoke. If a stack is missing here, add it with --stack or --state.",
      deletedWith: "revoke",
    },
    exportArgs: ({ name }, context) => nameArg(name, context),
  },
});
