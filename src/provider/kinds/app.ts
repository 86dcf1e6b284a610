import { z } from "zod";
import { type ApiVersion, isOlder } from "../../smooch/api-version";
import type { App } from "../../smooch/endpoints/app";
import { type CheckFailure, kind, type Properties } from "../kind";
import { isPlainObject, withoutBlank } from "../values";
import { defaultName, flag, name, nameArg, scalar } from "./fields";

const maxMetadataBytes = 4096;

const optionalFlag = flag.optional();

/** The first API version with each of the inputs that v1 lacks. */
const since = {
  "settings.conversationRetentionSeconds": "v1.1",
  "settings.echoPostback": "v1.1",
  "settings.ignoreAutoConversationStart": "v1.1",
  "settings.multiConvoEnabled": "v2",
  "settings.appLocalizationEnabled": "v2",
  "settings.endSessionEnabled": "v2",
  "settings.disableConversationReopen": "v2",
} as const;

export const app = kind({
  label: "app",
  needsAccountKey: true,
  inputs: z.strictObject({
    name,
    settings: z
      .strictObject(
        {
          maskCreditCardNumbers: optionalFlag,
          useAnimalNames: optionalFlag,
          conversationRetentionSeconds: z
            .int("must be a whole number of seconds")
            .min(0, "must not be negative")
            .optional(),
          echoPostback: optionalFlag,
          ignoreAutoConversationStart: optionalFlag,
          multiConvoEnabled: optionalFlag,
          appLocalizationEnabled: optionalFlag,
          endSessionEnabled: optionalFlag,
          disableConversationReopen: optionalFlag,
        },
        "must be an object",
      )
      .optional(),
    metadata: z
      .record(z.string(), scalar, "must be a flat object")
      .refine(
        (metadata) => Buffer.byteLength(JSON.stringify(metadata)) <= maxMetadataBytes,
        `must not take more than ${maxMetadataBytes} bytes as JSON`,
      )
      .optional(),
  }),
  defaults: defaultName,
  address: z.object({}),
  notReturned: [],
  outputs: ["appToken"],
  requiredOutputs: [],
  secrets: [],
  since,
  validate: ({ settings: news }, { olds: { settings: olds }, isNew }) => ({
    failures: settingsFailures(olds, news, isNew),
  }),
  replaceOn: [],
  partiallyManaged: ["settings"],
  emptyValues: { metadata: {} },
  create: (smooch, inputs) => smooch.apps.create(inputs),
  read: (smooch, id) => smooch.apps.get(id),
  siblings: (smooch) => smooch.apps.list(),
  matchKey: (app) => app.name,
  update: (smooch, id, _, change) => smooch.apps.update(id, change),
  delete: (smooch, id) => smooch.apps.delete(id),
  inventory: {
    describe: ({ name }) => ({ name }),
    unowned: {
      title: "Apps that no stack owns",
      fix: "Adopt those you want to manage. This command never deletes an app: its users and conversations would be lost.",
    },
    exportArgs: (app, context) => ({
      ...nameArg(app.name, context),
      ...withoutBlank({ settings: chosenSettings(app, context.version), metadata: app.metadata }),
    }),
  },
});

/** The values of settings that were not set when the app was created. */
const defaultSettings: Readonly<Record<string, boolean | number>> = {
  maskCreditCardNumbers: true,
  useAnimalNames: false,
  conversationRetentionSeconds: 0,
  echoPostback: false,
  ignoreAutoConversationStart: false,
  multiConvoEnabled: false,
  appLocalizationEnabled: true,
  endSessionEnabled: false,
  disableConversationReopen: false,
};

function chosenSettings({ settings = {} }: App, version: ApiVersion): Properties {
  const first: Readonly<Record<string, ApiVersion>> = since;
  const chosen = Object.entries(defaultSettings).flatMap(([name, usual]) => {
    const actual = settings[name];
    const isKnown = !isOlder(version, first[`settings.${name}`] ?? "v1");
    return isKnown && actual !== usual ? [[name, actual] as const] : [];
  });
  return Object.fromEntries(chosen);
}

/** Rejects what Smooch would refuse: v2 cannot turn multi-conversation off again, and two settings depend on it. */
function settingsFailures(olds: unknown, news: unknown, isNew: boolean): CheckFailure[] {
  if (!isPlainObject(news)) return [];
  const failures: CheckFailure[] = [];
  if (news.multiConvoEnabled === false && isPlainObject(olds) && olds.multiConvoEnabled === true) {
    failures.push({ property: "settings.multiConvoEnabled", reason: "cannot be turned off again" });
  }
  for (const name of ["endSessionEnabled", "disableConversationReopen"]) {
    // An existing app may have it turned on although the program does not declare it.
    const lacksIt = news.multiConvoEnabled === false || (isNew && news.multiConvoEnabled === undefined);
    if (news[name] === true && lacksIt)
      failures.push({ property: `settings.${name}`, reason: "needs settings.multiConvoEnabled" });
  }
  return failures;
}
