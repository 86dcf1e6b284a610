import { z } from "zod";
import type { Channels } from "../../channel";
import { changeable, optional, output, required, secret, sharedChannels } from "../legacy/channels";
import { writeEventV1 } from "../legacy/event";
import { legacyGeneration } from "../legacy/index";

// legacy.md 5.2 and 5.3
const channels: Channels = {
  ...sharedChannels,
  line: {
    fields: {
      channelId: changeable(required),
      channelAccessToken: secret,
      channelSecret: changeable(secret),
      botName: output,
    },
  },
  whatsapp: {
    fields: {
      baseUrl: required,
      username: required,
      password: secret,
      hsmFallbackLanguage: changeable(optional),
      phoneNumber: output,
    },
  },
  frontendEmail: { fields: { fromAddress: optional, shortId: output, smoochAddress: output } },
};

/** The API as of its last v1 specification, October 2018 (legacy.md 0). */
export const v1 = legacyGeneration({
  version: "v1",
  settings: {
    wire: z.strictObject({
      maskCreditCardNumbers: z.boolean().optional(),
      useAnimalNames: z.boolean().optional(),
    }),
    names: ["maskCreditCardNumbers", "useAnimalNames"],
  },
  appReadsItself: false,
  hasWebhookFlags: false,
  integrations: { channels, hasNamesAndPages: false, fixedNames: [] },
  hasCredentialRequired: true,
  writeEvent: writeEventV1,
});
