import { z } from "zod";
import { createdAt } from "../../smooch/ids";
import { signJwt, type TokenScope } from "../../smooch/jwt";
import { noCreationTimeError } from "../failures";
import type { Inventory } from "../inventory";
import type { Kind, Properties } from "../kind";
import { defaultName, name, nameArg, scalar } from "./fields";

const dayMs = 24 * 60 * 60 * 1000;

/** The inputs of every key, besides those that say where it belongs. */
const inputs = {
  name,
  keepers: z.record(z.string(), scalar, "must be a flat object").optional(),
  rotateAfterDays: z.number("must be a number").positive("must be more than 0").optional(),
};

/** The rules for every key that signs tokens; `address` are the inputs that say where it belongs. */
export function secretKeyRules<Address extends z.ZodRawShape>(address: Address) {
  const places = Object.keys(address);
  return {
    inputs: z.strictObject({ ...address, ...inputs }),
    defaults: defaultName,
    address: z.object(address),
    notReturned: [...places, "keepers", "rotateAfterDays"],
    outputs: ["secret"],
    requiredOutputs: ["secret"],
    immutableOutputs: ["secret"],
    secrets: ["secret"],
    replaceOn: [...places, "name", "keepers"],
    limit: 10,
    needsCreationTime: "rotateAfterDays",
    replacementDue,
    matchKey: (key: { name: string }): string => key.name,
    // The worst case would be a key that seems revoked but still works.
    verifyDeletion: true,
  };
}

/** The token that a key signs, as an output. */
export function derivedJwt(scope: Extract<TokenScope, "app" | "integration" | "account">) {
  return {
    jwt: (keyId: string, { secret }: Properties): string | undefined =>
      typeof secret === "string" ? signJwt({ keyId, secret }, { scope }) : undefined,
  };
}

/** How commands treat keys; `title` heads those that no stack owns. */
export function secretKeyInventory(title: string): Inventory<{ id: string; name: string }> {
  return {
    describe: ({ name }) => ({ name }),
    unowned: {
      title,
      fix: "Adopt those in use, and revoke the others with --revoke. If a stack is missing here, add it with --stack or --state.",
      deletedWith: "revoke",
    },
    exportArgs: ({ name }, context) => nameArg(name, context),
  };
}

const replacementDue: NonNullable<Kind["replacementDue"]> = ({
  id,
  inputs: { rotateAfterDays: limit },
  now,
}) => {
  const created = createdAt(id);
  if (typeof limit !== "number") return undefined;
  if (created === undefined) throw noCreationTimeError("rotateAfterDays");
  if (now - created < limit * dayMs) return undefined;
  const age = Math.floor((now - created) / dayMs);
  const reason = `key ${id} is ${age} days old, which is past its rotateAfterDays: a new one replaces it`;
  return { property: "rotateAfterDays", reason };
};
