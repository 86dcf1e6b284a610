import { expect } from "vitest";
import { compare, type Finding } from "../../src/cli/verify/compare";
import { inferProfile, settingAnswers } from "../../src/cli/verify/profile";
import type { Recording } from "../../src/cli/verify/recording";
import { emulate } from "../../src/cli/verify/reference";
import { Observations } from "../../src/cli/verify/runner";
import { recordedMark, recordedTarget } from "../../src/cli/verify/scrub";
import { wordsOf } from "../../src/cli/verify/step";
import { type Suite, suiteFor } from "../../src/cli/verify/suite";
import type { SmoochClient } from "../../src/smooch/client";
import { SmoochError } from "../../src/smooch/errors";
import { saysGone } from "../../src/smooch/foreign";
import { scripted } from "../smooch/endpoints/wire";

/** How the emulator differs from a recording: from docs/api, too, if the recording does. */
export async function compareWithEmulator(recording: Recording): Promise<Finding[]> {
  const { apiVersion, options } = recording;
  const suite = suiteFor(apiVersion, options);
  const all = [...suite.parts, ...suite.last];
  const seen = replay(recording, suite);
  const answers = settingAnswers(all, seen.answers);
  const profile = inferProfile(answers);
  const emulated = await emulate(apiVersion, suite, { ...options, names: new Map(recordedNames), profile });
  return compare(all, seen, emulated, [undefined, "api"].includes(answers.get("notFound")));
}

/** The same as if the exchanges had just happened. Throws if the suite does not have one of the steps. */
export function replay({ apiVersion, exchanges }: Recording, { parts, last }: Suite): Observations {
  const seen = new Observations(recordedNames);
  const steps = new Map([...parts, ...last].flatMap(({ steps }) => steps).map((step) => [step.name, step]));
  for (const { step: name, path, body, status, json, text } of exchanges) {
    const step = steps.get(name);
    if (step === undefined) throw new Error(`The suite has no step "${name}".`);
    const answer =
      json === undefined ? { status, body: text, isJson: false } : { status, body: json, isJson: true };
    seen.absorb(step, wordsOf(apiVersion), answer);
    seen.exchanges.push({ step, path, body, answer });
  }
  return seen;
}

/** The names that a run begins with. */
const recordedNames = [
  ["mark", recordedMark],
  ["target", recordedTarget],
] as const;

type Exchange = Recording["exchanges"][number];
type ClientCall = (smooch: SmoochClient, ids: Ids) => Promise<unknown>;
type Ids = [app: string, ...others: string[]];

const menu = { items: [{ type: "postback", text: "Buy", payload: "buy" }] };
const message = { role: "appMaker", type: "text", text: "Hello" };
const newWebhook = { target: "https://target.example/", triggers: ["*"] };
const name = "a name";

/** The client's call for a method and path, with a number for each id in it. */
const calls: Record<string, ClientCall> = {
  "POST apps": ({ apps }) => apps.create({ name }),
  "GET apps": ({ apps }) => apps.list(),
  "GET apps/1": ({ apps }, [app]) => apps.get(app),
  "PUT apps/1": ({ apps }, [app]) => apps.update(app, { name }),
  "DELETE apps/1": ({ apps }, [app]) => apps.delete(app),
  "POST apps/1/keys": ({ keys }, [app]) => keys.create(app, { name }),
  "GET apps/1/keys": ({ keys }, [app]) => keys.list(app),
  "GET apps/1/keys/2": ({ keys }, [app, id = ""]) => keys.get(app, id),
  "DELETE apps/1/keys/2": ({ keys }, [app, id = ""]) => keys.delete(app, id),
  "GET apps/1/keys/2/jwt": ({ keys }, [app, id = ""]) => keys.getJwt(app, id),
  "POST apps/1/webhooks": ({ webhooks }, [app]) => webhooks.create(app, newWebhook),
  "GET apps/1/webhooks": ({ webhooks }, [app]) => webhooks.list(app),
  "GET apps/1/webhooks/2": ({ webhooks }, [app, id = ""]) => webhooks.get(app, id),
  "PUT apps/1/webhooks/2": ({ webhooks }, [app, id = ""]) => webhooks.update(app, id, newWebhook),
  "DELETE apps/1/webhooks/2": ({ webhooks }, [app, id = ""]) => webhooks.delete(app, id),
  "POST apps/1/integrations": ({ integrations }, [app]) => integrations.create(app, { type: "web" }),
  "GET apps/1/integrations": ({ integrations }, [app]) => integrations.list(app),
  "GET apps/1/integrations/2": ({ integrations }, [app, id = ""]) => integrations.get(app, id),
  "PUT apps/1/integrations/2": ({ integrations }, [app, id = ""]) =>
    integrations.update(app, id, { type: "web", displayName: name }),
  "DELETE apps/1/integrations/2": ({ integrations }, [app, id = ""]) => integrations.delete(app, id),
  "POST apps/1/integrations/2/keys": ({ integrationKeys }, [appId, integrationId = ""]) =>
    integrationKeys.create({ appId, integrationId }, { name }),
  "GET apps/1/integrations/2/keys": ({ integrationKeys }, [appId, integrationId = ""]) =>
    integrationKeys.list({ appId, integrationId }),
  "GET apps/1/integrations/2/keys/3": ({ integrationKeys }, [appId, integrationId = "", id = ""]) =>
    integrationKeys.get({ appId, integrationId }, id),
  "DELETE apps/1/integrations/2/keys/3": ({ integrationKeys }, [appId, integrationId = "", id = ""]) =>
    integrationKeys.delete({ appId, integrationId }, id),
  "POST apps/1/switchboards": ({ switchboards }, [app]) => switchboards.create(app),
  "DELETE apps/1/switchboards/2": ({ switchboards }, [app, id = ""]) => switchboards.delete(app, id),
  "POST apps/1/switchboards/2/switchboardIntegrations": (
    { switchboardIntegrations },
    [appId, switchboardId = ""],
  ) => switchboardIntegrations.create({ appId, switchboardId }, { name, integrationId: "5a0b" }),
  "GET apps/1/switchboards/2/switchboardIntegrations": (
    { switchboardIntegrations },
    [appId, switchboardId = ""],
  ) => switchboardIntegrations.list({ appId, switchboardId }),
  "PUT apps/1/switchboards/2/switchboardIntegrations/3": (
    { switchboardIntegrations },
    [appId, switchboardId = "", id = ""],
  ) => switchboardIntegrations.update({ appId, switchboardId }, id, { name }),
  "DELETE apps/1/switchboards/2/switchboardIntegrations/3": (
    { switchboardIntegrations },
    [appId, switchboardId = "", id = ""],
  ) => switchboardIntegrations.delete({ appId, switchboardId }, id),
  "GET apps/1/menu": ({ menus }, [appId]) => menus.get({ appId }),
  "PUT apps/1/menu": ({ menus }, [appId]) => menus.put({ appId }, menu),
  "DELETE apps/1/menu": ({ menus }, [appId]) => menus.delete({ appId }),
  "GET apps/1/integrations/2/menu": ({ menus }, [appId, integrationId]) =>
    menus.get({ appId, integrationId }),
  "PUT apps/1/integrations/2/menu": ({ menus }, [appId, integrationId]) =>
    menus.put({ appId, integrationId }, menu),
  "DELETE apps/1/integrations/2/menu": ({ menus }, [appId, integrationId]) =>
    menus.delete({ appId, integrationId }),
  "POST apps/1/templates": ({ templates }, [app]) => templates.create(app, { name, message }),
  "GET apps/1/templates": ({ templates }, [app]) => templates.list(app),
  "GET apps/1/templates/2": ({ templates }, [app, id = ""]) => templates.get(app, id),
  "PUT apps/1/templates/2": ({ templates }, [app, id = ""]) => templates.update(app, id, { name }),
  "DELETE apps/1/templates/2": ({ templates }, [app, id = ""]) => templates.delete(app, id),
  "POST serviceaccounts": ({ serviceAccounts }) => serviceAccounts.create({}, { name }),
  "GET serviceaccounts": ({ serviceAccounts }) => serviceAccounts.list({}),
  "GET serviceaccounts/1": ({ serviceAccounts }, [id]) => serviceAccounts.get({}, id),
  "PUT serviceaccounts/1": ({ serviceAccounts }, [id]) => serviceAccounts.update({}, id, { name }),
  "DELETE serviceaccounts/1": ({ serviceAccounts }, [id]) => serviceAccounts.delete({}, id),
  "POST serviceaccounts/1/keys": ({ serviceAccountKeys }, [serviceAccountId]) =>
    serviceAccountKeys.create({ serviceAccountId }, { name }),
  "GET serviceaccounts/1/keys": ({ serviceAccountKeys }, [serviceAccountId]) =>
    serviceAccountKeys.list({ serviceAccountId }),
  "GET serviceaccounts/1/keys/2": ({ serviceAccountKeys }, [serviceAccountId, id = ""]) =>
    serviceAccountKeys.get({ serviceAccountId }, id),
  "DELETE serviceaccounts/1/keys/2": ({ serviceAccountKeys }, [serviceAccountId, id = ""]) =>
    serviceAccountKeys.delete({ serviceAccountId }, id),
};

/** What the client reaches through several calls, or never calls. */
const notSingle = [
  "GET apps/1/switchboards",
  "PUT apps/1/switchboards/2",
  "POST apps/1/integrations/2/menu",
  "GET apps/1/integrations/2/webhooks",
  "POST apps/1/integrations/2/webhooks",
  "PUT apps/1/integrations/2/webhooks/3",
  "GET serviceaccounts/1/keys/2/jwt",
];

/** Gives the response to the client, and expects it to read it, or to report the right failure. */
export async function expectUnderstood(recording: Recording, exchange: Exchange): Promise<void> {
  const { method, path, status, json, text = "" } = exchange;
  const [, version, rest = ""] = /^\/(v1|v1\.1|v2)\/([^?]*)/.exec(path) ?? [];
  // Some questions are about another API version.
  if (version !== recording.apiVersion) return;
  const ids: string[] = [];
  const shape = rest.replace(
    /(?<=\b(?:apps|keys|webhooks|integrations|switchboards|switchboardIntegrations|templates|serviceaccounts)\/)[^/]+/g,
    (id) => String(ids.push(id)),
  );
  const line = `${method === "PATCH" ? "PUT" : method} ${shape}`;
  if (notSingle.includes(line)) return;
  const call = calls[line];
  expect(call, `The replay has no call of the client for ${line}.`).toBeDefined();
  const response = { status, headers: {}, body: json === undefined ? text : JSON.stringify(json) };
  // A list ends with the next page; a call that the client repeats gets the same response.
  const last = { ...response, body: response.body.replaceAll('"hasMore":true', '"hasMore":false') };
  const { smooch } = scripted(recording.apiVersion, [response, ...Array(5).fill(last)]);
  const [app = "", ...others] = ids;
  const result = await call?.(smooch, [app, ...others]).catch((error: unknown) => error);
  if (status >= 200 && status < 300 && !(method !== "DELETE" && showsNothing(json))) {
    expect(result, exchange.step).not.toBeInstanceOf(Error);
    expect(Object(result).unreadable ?? [], exchange.step).toEqual([]);
    return;
  }
  expect(result, exchange.step).toBeInstanceOf(SmoochError);
  const code = Object(Object(json).error).code ?? Object(Object(json).errors?.[0]).code;
  const isNotFound = status === 200 || (status === 404 && saysGone(code));
  expect(result, exchange.step).toMatchObject({ isNotFound });
  if (status !== 404 && status !== 200) expect(result, exchange.step).toMatchObject({ status });
}

/** A menu without items counts as none. */
function showsNothing(json: unknown): boolean {
  return Object(json).menu?.items?.length === 0;
}
