import { type KindName, kindNames, parentInputs, rootName, rootOf } from "../../kinds";
import type { Identified, Properties } from "../../provider/kind";
import { definitions } from "../../provider/kinds";
import { nonEmptyString } from "../../provider/values";
import type { ApiVersion } from "../../smooch/api-version";
import type { App } from "../../smooch/endpoints/app";
import { createdAt } from "../../smooch/ids";
import { objectsOf } from "../shared/account/contents";
import type { Read } from "../shared/account/read";
import type { Finding } from "./findings";

/** An object in the account. */
export interface Seen {
  kind: KindName;
  id: string;
  /** Undefined for what is in no app. */
  app: App | undefined;
  /** The id of what directly holds it; undefined for what the account itself holds. */
  holderId: string | undefined;
  name: string | null;
  target: string | null;
  triggers?: readonly string[];
  /** The API version used to read and delete it. */
  version: ApiVersion;
  /** The object in the form of each kind of resource that can own it. */
  as: Partial<Record<KindName, Identified>>;
}

/** All objects that were read. */
export function seenIn({ apps, outside }: Pick<Read, "apps" | "outside">, version: ApiVersion): Seen[] {
  const inside = apps.flatMap((contents) =>
    kindNames
      .filter((kind) => rootOf(kind) === rootName)
      .flatMap((kind) => objectsOf(contents, kind).map((object) => see(kind, object, contents.app, version))),
  );
  return [...inside, ...outside.map(({ kind, object }) => see(kind, object, undefined, version))];
}

function see(kind: KindName, object: Identified, app: App | undefined, version: ApiVersion): Seen {
  const { inventory, boundVersion } = definitions[kind];
  const { name, type, target, triggers } = inventory.describe(object);
  const other = inventory.alias?.view(object);
  return {
    kind,
    id: object.id,
    app,
    holderId: nonEmptyString(holderOf(kind, { ...object, appId: app?.id })),
    name: name || type || null,
    target: originIn(target),
    ...(triggers && { triggers }),
    version: boundVersion?.(object) ?? version,
    as: { [kind]: object, ...(other && inventory.alias && { [inventory.alias.kind]: other }) },
  };
}

/** Describes an object for a finding: its app, name and creation time. */
export function describeSeen({
  kind,
  id,
  app,
  name,
  target,
}: Seen): Pick<Finding, "object" | "id" | "app" | "name" | "target" | "createdAt"> {
  return {
    object: kind,
    id,
    app: app ? { id: app.id, name: app.name } : null,
    name,
    target,
    createdAt: timeIn(id),
  };
}

function holderOf(kind: KindName, object: Properties): unknown {
  return object[parentInputs(kind).at(-1) ?? ""];
}

export function timeIn(id: string): string | null {
  const created = createdAt(id);
  return created === undefined ? null : new Date(created).toISOString().replace(".000Z", "Z");
}

export function originIn(target: unknown): string | null {
  return typeof target === "string" && URL.canParse(target) ? new URL(target).origin : null;
}
