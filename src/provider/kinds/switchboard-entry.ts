import { z } from "zod";
import type { CheckFailure, Properties } from "../kind";
import { flag, id } from "./fields";

export const nameForm = "1 to 128 characters: letters, digits, - and _";

/** The name of a switchboard's integration, by which conversations are passed to it. */
export const entryName = z.string("must be a string").regex(/^[\w-]{1,128}$/, `must have ${nameForm}`);

/** What an integration of a switchboard has besides its name and its successor. */
export const entryFields = {
  integrationId: id.optional(),
  integrationType: z.string("must be a string").min(1, "must not be empty").optional(),
  deliverStandbyEvents: flag.optional(),
  messageHistoryCount: z
    .int("must be a whole number")
    .min(1, "must be from 1 to 10")
    .max(10, "must be from 1 to 10")
    .optional(),
};

/** An integration is named by its id or by its type; `path` leads to these inputs. */
export function targetFailures(path: string, { integrationId, integrationType }: Properties): CheckFailure[] {
  if ((integrationId === undefined) !== (integrationType === undefined)) return [];
  const reason =
    integrationId === undefined
      ? "is required, unless integrationType is given"
      : "cannot be given together with integrationType";
  return [{ property: `${path}integrationId`, reason }];
}

/** The integration as an argument: a custom one has an id of the app's, any other is named by its type. */
export function targetArgs({
  integrationId,
  integrationType,
}: {
  integrationId?: string | undefined;
  integrationType?: string | undefined;
}): Properties {
  const isCustom = integrationType === undefined || integrationType === "custom";
  return isCustom ? { integrationId } : { integrationType };
}
