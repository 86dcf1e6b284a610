import { type KindName, kindNames } from "../../kinds";
import type { Identified } from "../../provider/kind";
import { definitions } from "../../provider/kinds";
import type { ApiVersion } from "../../smooch/api-version";
import type { App } from "../../smooch/endpoints/app";
import { createdAt } from "../../smooch/ids";
import { type AppContents, objectsOf } from "../shared/account/contents";
import type { Finding } from "./findings";

/** An object in the account. */
export interface Seen {
  kind: KindName;
  id: string;
  app: App;
  name: string | null;
  target: string | null;
  triggers?: readonly string[];
  /** The API version used to read and delete it. */
  version: ApiVersion;
  /** The object in the form of each kind of resource that can own it. */
  as: Partial<Record<KindName, Identified>>;
}

/** All objects of the apps that were read. */
export function seenIn(apps: readonly AppContents[], version: ApiVersion): Seen[] {
  return apps.flatMap((contents) =>
    kindNames.flatMap((kind) =>
      objectsOf(contents, kind).map((object) => see(kind, object, contents.app, version)),
    ),
  );
}

function see(kind: KindName, object: Identified, app: App, version: ApiVersion): Seen {
  const { inventory, boundVersion } = definitions[kind];
  const { name, type, target, triggers } = inventory.describe(object);
  const other = inventory.alias?.view(object);
  return {
    kind,
    id: object.id,
    app,
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
  return { object: kind, id, app: { id: app.id, name: app.name }, name, target, createdAt: timeIn(id) };
}

export function timeIn(id: string): string | null {
  const created = createdAt(id);
  return created === undefined ? null : new Date(created).toISOString().replace(".000Z", "Z");
}

export function originIn(target: unknown): string | null {
  return typeof target === "string" && URL.canParse(target) ? new URL(target).origin : null;
}
