import { z } from "zod";
import { type ApiVersion, apiVersions, asApiVersion } from "../../smooch/api-version";
import type { Webhook } from "../../smooch/endpoints/webhook";
import { deletedWebhookError } from "../failures";
import { deletable, type ExportContext } from "../inventory";
import { kind, type Properties } from "../kind";
import { withoutBlank } from "../values";
import { flag, id, name, targetUrl, webhookTriggers } from "./fields";
import { adviseOnTarget } from "./target";
import { defaultTriggers, validateTriggers } from "./triggers";

const version = z.enum(apiVersions, `must be ${apiVersions.join(", ")}`);

/**
 * A webhook's payload format is that of the API version that created it, so it is created, read, changed and deleted
 * through that version, whichever the rest of the stack uses (docs/api/legacy.md).
 */
export const webhook = kind({
  label: "webhook",
  inputs: z.strictObject({
    appId: id,
    target: targetUrl,
    triggers: webhookTriggers,
    version,
    includeFullUser: flag.optional(),
    includeClient: flag.optional(),
    displayName: name.optional(),
  }),
  defaults: ({ version: apiVersion, declared }) => {
    const own = versionIn(declared) ?? apiVersion;
    return { version: own, triggers: defaultTriggers[own] };
  },
  boundVersion: versionIn,
  since: { includeFullUser: "v1.1", includeClient: "v1.1", displayName: "v2" },
  validate: ({ triggers }, { version }) => validateTriggers("triggers", triggers, version),
  address: z.object({ appId: id, version }),
  notReturned: ["appId"],
  outputs: ["secret", "webhookId"],
  requiredOutputs: ["secret"],
  immutableOutputs: ["secret"],
  secrets: ["secret"],
  replaceOn: ["appId", "version"],
  // Smooch may refuse a second webhook with the same target in one app: reports differ (docs/api/observed.md).
  deleteBeforeReplace: (olds, news) => olds.target === news.target,
  // In v2, someone may have deleted the webhook but not its custom integration.
  replacementDue: ({ id, olds }) =>
    olds.target === ""
      ? {
          property: "target",
          reason: `the webhook of custom integration ${id} was deleted in Smooch: a new integration replaces this one`,
          deleteBeforeReplace: true,
        }
      : undefined,
  unorderedLists: ["triggers"],
  emptyValues: { displayName: "", includeFullUser: false, includeClient: false },
  limit: 10,
  advise: (error, { version }, alike: readonly Webhook[]) => {
    if (error.status !== 409) return adviseOnTarget(error);
    const older = alike.find((one) => one.version !== version);
    if (older !== undefined) {
      return `Webhook ${older.id}, made through API ${older.version}, has that target; the option retainOnDelete keeps one when \`version\` changes. Delete it in Smooch, or set \`version\` back to "${older.version}" and adopt it.`;
    }
    return alike.length > 0
      ? undefined
      : "A webhook of this app may have that target already: change or delete that one. It may be of another API version, kept by the option retainOnDelete.";
  },
  create: (smooch, { appId, version, ...webhook }) => smooch.in(version).webhooks.create(appId, webhook),
  read: (smooch, id, { appId, version }) => smooch.in(version).webhooks.get(appId, id),
  siblings: (smooch, { appId, version }) => smooch.in(version).webhooks.list(appId),
  matchKey: (webhook) => webhook.target,
  isHollow: (webhook) => webhook.target === "",
  async update(smooch, id, { appId, version }, { appId: _, version: __, ...change }) {
    const updated = await smooch.in(version).webhooks.update(appId, id, change);
    if (updated.target === "") throw deletedWebhookError(id);
    return updated;
  },
  delete: (smooch, id, { appId, version }) => smooch.in(version).webhooks.delete(appId, id),
  appOf: ({ appId }) => appId,
  inventory: {
    describe: ({ displayName, target, triggers }) => ({ name: displayName, target, triggers }),
    unowned: deletable("Live webhooks that no stack owns"),
    // In v2, its custom integration has the same id and can be declared instead.
    alias: {
      kind: "integration",
      version: "v2",
      covers: (integration) => "type" in integration && integration.type === "custom",
      view: viewAsIntegration,
    },
    exportArgs: declare,
    exportNote: ({ target }) =>
      mayHoldToken(target)
        ? "its target has a query or a password, which is stored in plain text in the exported files"
        : undefined,
  },
});

function viewAsIntegration(webhook: Webhook) {
  if (webhook.version !== "v2") return undefined;
  const { id, displayName, target, triggers, includeFullUser, includeClient } = webhook;
  const inner = { target, triggers, includeFullUser, includeFullSource: includeClient };
  return { id, type: "custom", displayName, webhooks: [inner] };
}

function declare(webhook: Webhook, { version: apiVersion }: ExportContext): Properties {
  const { target, triggers, displayName, includeFullUser, includeClient, version } = webhook;
  const isUsual = triggers.join() === defaultTriggers[version].join();
  const hasFlags = version !== "v1";
  return withoutBlank({
    target,
    ...(!isUsual && { triggers }),
    ...(version !== apiVersion && { version }),
    displayName,
    ...(hasFlags && includeFullUser && { includeFullUser }),
    ...(hasFlags && includeClient && { includeClient }),
  });
}

function mayHoldToken(target: string): boolean {
  if (!URL.canParse(target)) return false;
  const { search, username, password } = new URL(target);
  return search + username + password !== "";
}

function versionIn(inputs: object): ApiVersion | undefined {
  return "version" in inputs ? asApiVersion(inputs.version) : undefined;
}
