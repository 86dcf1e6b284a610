import type { ApiVersion } from "../../../src/smooch/api-version";

/** Triggers of the programs' webhooks; two of the lists differ only in their order. Undefined: the default. */
export const triggerChoices: Readonly<Record<ApiVersion, readonly (readonly string[] | undefined)[]>> = {
  v1: [undefined, ["message"], ["*"], ["message:appUser", "postback"], ["postback", "message:appUser"]],
  "v1.1": [undefined, ["message"], ["*"], ["client:add", "typing:appUser"], ["typing:appUser", "client:add"]],
  v2: [
    undefined,
    ["conversation:message"],
    ["user:merge"],
    ["conversation:message", "conversation:postback"],
    ["conversation:postback", "conversation:message"],
  ],
};
