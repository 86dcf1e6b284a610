import { z } from "zod";
import type { Api } from "../api";
import type { Endpoint } from "../endpoint";
import { requireFit } from "../fit";
import { inApp } from "../place";
import { type SingletonForm, singletonIn } from "../singleton";

export interface Badge {
  color: "red" | "blue";
}
export type BadgeChange = { [Property in keyof Badge]?: Badge[Property] | undefined };

const wire = z.object({ color: z.enum(["red", "blue"]) });

const form: SingletonForm<Badge, BadgeChange> = {
  read: (badge) => requireFit(wire, badge),
  write: (body) => ({ body }),
};

const badge: Endpoint<Badge, typeof form> = { label: "badge", forms: { v1: form, "v1.1": form, v2: form } };

export const badges = (api: Api) => singletonIn(api, badge, ({ appId }: { appId: string }) => inApp(appId));
