import { type Comparison, compare, type View } from "../../../src/cli/audit/compare";
import type { AppContents } from "../../../src/cli/shared/account/contents";
import { toStack } from "../../../src/cli/shared/stack-state";
import { byPlural, childNames, type KindName, typeToken } from "../../../src/kinds";
import type { Entry } from "../../../src/provider/crash/journal";

export const appId = "5a0b1c2d3e4f5a6b7c8d9e0f";
export const seenBy = "act_1@api.smooch.io/v1";
export const ciphertext = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:canary",
};

export const urnOf = (kind: KindName, name: string, stack = "dev") =>
  `urn:pulumi:${stack}::shop::${typeToken(kind)}::${name}`;

/** A resource as `pulumi stack export` prints it. */
export function resource(
  kind: KindName,
  name: string,
  id: string,
  outputs: object,
  more: object = {},
  stack = "dev",
) {
  const own = kind === "app" ? {} : { appId };
  return {
    urn: urnOf(kind, name, stack),
    custom: true,
    type: typeToken(kind),
    id,
    inputs: { ...own, ...outputs },
    outputs: { __seenBy: seenBy, ...own, ...outputs },
    provider: `urn:pulumi:${stack}::shop::pulumi:providers:pulumi-nodejs::default::1`,
    ...more,
  };
}

export function exportOf(resources: object[], pending_operations?: object[]): string {
  return JSON.stringify({ version: 3, deployment: { resources, pending_operations } });
}

/** The contents of an empty app. */
export const nothing = byPlural(childNames, () => []);

/** Compares an account that has the app "Support" with the stack "dev". */
export function compareWith(
  contents: Partial<AppContents>,
  resources: object[],
  { pending = [], ...more }: Partial<View> & { pending?: object[] } = {},
): Comparison {
  const app = { id: appId, name: "Support" };
  return compare({
    account: {
      listed: [app],
      apps: [{ app, ...nothing, ...contents }],
      outside: [],
      unread: [],
    },
    version: "v1",
    seenBy: `act_1@api.smooch.io/${more.version ?? "v1"}`,
    stacks: [toStack("dev", exportOf(resources, pending))],
    appFilter: [],
    interrupted: [],
    ...more,
  });
}

/** The findings of a comparison, each as a short string. */
export function found({ findings }: Comparison): string[] {
  return findings.map(({ severity, kind, object, id, left, properties = [] }) =>
    [severity, kind, left, object, id, ...properties].filter((part) => part != null).join(" "),
  );
}

/** A create that a run on this machine may have left behind. */
export function interrupted(more: Partial<Entry>): Entry {
  return {
    project: "shop",
    resource: "dev/backend",
    kind: "key",
    account: "act_1@api.smooch.io",
    engine: "127.0.0.1:1",
    address: { appId },
    matchKey: "0123",
    from: 1,
    requestedAt: 1,
    patienceMs: 30_000,
    ...more,
  };
}
