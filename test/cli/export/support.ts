import type { Account, AppContents } from "../../../src/cli/shared/account/contents";
import { byPlural, childNames } from "../../../src/kinds";

export const appId = "5a0b1c2d3e4f5a6b7c8d9e0f";

/** An account with one app. */
export function accountOf(contents: Partial<AppContents> = {}, version: Account["version"] = "v1"): Account {
  const app = { id: appId, name: "Support" };
  const apps = [{ app, ...byPlural(childNames, () => []), ...contents }];
  return { version, seenBy: "act_1@api.smooch.io/v1", apps, outside: [] };
}
