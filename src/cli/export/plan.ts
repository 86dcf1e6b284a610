import type { KindName } from "../../kinds";
import { printable } from "../../printable";
import { checkInputs } from "../../provider/check";
import { markAdopted } from "../../provider/hidden";
import type { Identified, Properties } from "../../provider/kind";
import { definitions } from "../../provider/kinds";
import { toOutputs } from "../../provider/state";
import type { ApiVersion } from "../../smooch/api-version";
import { channelOf } from "../../smooch/channels";
import { type Account, type AppContents, oldestFirst } from "../shared/account/contents";
import { credentialsOf, declareApp, declareIntegration, declareWebhook } from "./declare";
import { configKey, identifier, numbered, slug } from "./names";

/** What a program will declare, and the state will hold. */
export interface Plan {
  groups: Group[];
  /** What is not in the program and why, and what to look at in it. Whole sentences. */
  notes: string[];
}

/** An app and what belongs to it. */
export interface Group {
  title: string;
  /** Undefined where the program does not declare it, and names it by its id. */
  app?: PlannedResource;
  appId: string;
  /** What the program calls the app. */
  variable: string;
  children: PlannedResource[];
}

export interface PlannedResource {
  kind: KindName;
  name: string;
  id: string;
  /** As the user writes them, without the app's id. */
  args: Properties;
  /** As the state holds them. */
  inputs: Properties;
  outputs: Properties;
  /** Credentials that Smooch keeps to itself, and where the program looks for them. */
  credentials: { field: string; key: string }[];
}

/** A resource before it has its name. */
interface Draft {
  kind: KindName;
  wanted: string;
  remote: Identified;
  /** Arguments by the resource's name, which is the default for some of them. */
  args: (name: string) => Properties;
  /** What Smooch calls it, where that counts. */
  inputs: Properties;
}

/** Decides on names and arguments. Pure: the same account always gives the same plan. */
export function makePlan(
  account: Account,
  isOwned: (kind: KindName, id: string) => boolean = () => false,
): Plan {
  const { version } = account;
  const notes: string[] = [];
  const apps = oldestFirst(account.apps.map((contents) => ({ id: contents.app.id, contents })));
  const drafts = apps.map(({ contents }) => draftApp(contents.app, version));
  const appNames = numbered(drafts.map(({ wanted }) => wanted));
  const children = apps.map(({ contents }, index) =>
    draftChildren(contents, String(appNames[index]), version, notes),
  );
  const wanted = children.flatMap((some) => some.map((draft) => draft.wanted));
  const names = numbered(wanted, appNames).values();
  const variables = numbered(
    appNames.map((name) => identifier(name, "App")),
    [],
    "",
  );

  const complete = (draft: Draft, name: string) => completed(draft, name, account, notes);
  const groups = apps.flatMap(({ contents: { app, isPartial = false } }, index): Group[] => {
    const [draft, name, variable] = [drafts[index], appNames[index], variables[index]];
    const rest = (children[index] ?? []).map((child) => ({ child, name: String(names.next().value) }));
    if (draft === undefined || name === undefined || variable === undefined) return [];
    const isDeclared = !isPartial && !isOwned("app", app.id);
    const planned = isDeclared ? complete(draft, name) : undefined;
    if (isDeclared && planned === undefined) return [];
    const kept = rest.flatMap(({ child, name }) =>
      isOwned(child.kind, child.remote.id) ? [] : (complete(child, name) ?? []),
    );
    if (planned === undefined && kept.length === 0) return [];
    return [
      {
        title: `${printable(app.name) || "(no name)"}: app ${printable(app.id)}`,
        ...(planned && { app: planned }),
        appId: app.id,
        variable,
        children: kept,
      },
    ];
  });
  return { groups: withKeys(groups), notes };
}

function draftApp(app: AppContents["app"], version: ApiVersion): Draft {
  const rest = declareApp(app, version);
  return {
    kind: "app",
    wanted: slug(app.name) || `app-${app.id}`,
    remote: app,
    args: (name) => ({ ...(app.name !== name && { name: app.name }), ...rest }),
    inputs: { name: app.name, ...rest },
  };
}

function draftChildren(
  { app, keys, webhooks, integrations }: AppContents,
  appName: string,
  version: ApiVersion,
  notes: string[],
): Draft[] {
  const appId = app.id;
  const prefixed = (text: string, fallback: string) => `${appName}-${slug(text) || fallback}`;
  return [
    ...oldestFirst(keys).map(
      (key): Draft => ({
        kind: "key",
        wanted: prefixed(key.name, `key-${key.id}`),
        remote: key,
        args: (name) => (key.name === name ? {} : { name: key.name }),
        inputs: { appId, name: key.name },
      }),
    ),
    ...oldestFirst(webhooks).map((webhook): Draft => {
      const args = declareWebhook(webhook, version);
      if (mayHoldToken(webhook.target)) {
        notes.push(
          `Webhook ${webhook.id}: its target has a query or a password, which stands in clear in the program and in import.json.`,
        );
      }
      return {
        kind: "webhook",
        wanted: prefixed(webhook.displayName || hostOf(webhook.target), `webhook-${webhook.id}`),
        remote: webhook,
        args: () => args,
        inputs: { appId, ...args, version: webhook.version, triggers: webhook.triggers },
      };
    }),
    ...oldestFirst(integrations).map((integration): Draft => {
      const args = declareIntegration(integration, version);
      const { displayName } = integration;
      return {
        kind: "integration",
        wanted: prefixed(typeof displayName === "string" ? displayName : integration.type, integration.type),
        remote: integration,
        args: () => args,
        inputs: { appId, ...args },
      };
    }),
  ];
}

/** A draft with its name; undefined, and a note, where the package could not manage it as it is. */
function completed(
  draft: Draft,
  name: string,
  { version, seenBy }: Account,
  notes: string[],
): PlannedResource | undefined {
  const kind = definitions[draft.kind];
  const { inputs, failures } = checkInputs(kind, draft.inputs, { version, olds: draft.inputs });
  const { type } = draft.inputs;
  const reasons = failures.map(({ property, reason }) => `${property} ${reason}`.trim());
  if (type === "custom") reasons.push("it has not exactly one webhook");
  if (reasons.length > 0) {
    const rest = draft.kind === "app" ? " with all that belongs to it" : "";
    notes.push(`Left out: ${draft.kind} ${draft.remote.id}${rest}: ${printable(reasons.join("; "), 300)}.`);
    return undefined;
  }
  const isChannel = draft.kind === "integration" && channelOf(type) !== undefined;
  return {
    kind: draft.kind,
    name,
    id: draft.remote.id,
    args: draft.args(name),
    inputs,
    outputs: {
      ...toOutputs(kind, inputs, draft.remote, seenBy),
      ...(kind.writeOnly !== undefined && markAdopted()),
    },
    credentials: isChannel
      ? credentialsOf(String(type), version).map((field) => ({
          field,
          key: configKey(name, `${String(type)}-${draft.remote.id}`, field),
        }))
      : [],
  };
}

/** Keys of the configuration are each used once. */
function withKeys(groups: Group[]): Group[] {
  const all = groups.flatMap(({ children }) => children.flatMap(({ credentials }) => credentials));
  const keys = numbered(
    all.map(({ key }) => key),
    [],
    "",
  );
  all.forEach((credential, index) => {
    credential.key = keys[index] ?? credential.key;
  });
  return groups;
}

function hostOf(target: string): string {
  return URL.canParse(target) ? new URL(target).hostname : "";
}

function mayHoldToken(target: string): boolean {
  if (!URL.canParse(target)) return false;
  const { search, username, password } = new URL(target);
  return search + username + password !== "";
}
