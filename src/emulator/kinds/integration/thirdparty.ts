import type { Identifiers } from "../../identifier";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Makes up what Smooch generates for a channel or gets from the third party when it is connected: the emulator calls no
 * third party.
 */
export function inventOutputs(type: string, fields: Fields, identifiers: Identifiers): Fields {
  const digits = (length: number) => identifiers.digits(length);
  switch (type) {
    case "telegram":
      return inventBot(fields, identifiers);
    case "viber":
      return { uri: `shop${digits(6)}`, accountId: `pa:${digits(15)}` };
    case "messenger":
      return { pageId: digits(15), pageName: "A Page" };
    case "instagram":
      return {
        businessName: "A Business",
        businessUsername: `business${digits(6)}`,
        pageId: digits(15),
        businessId: digits(17),
      };
    case "twitter":
      return { userId: digits(10), username: `shop${digits(6)}` };
    case "twilio":
      return fields.phoneNumberSid === undefined ? {} : inventNumber(`+1514555${digits(4)}`);
    case "messagebird":
    case "wechat":
      return { webhookSecret: identifiers.hexDigits(32) };
    case "whatsapp":
      return { phoneNumber: hasWhatsAppClient(fields) ? `+1514555${digits(4)}` : null };
    case "line":
      return { botName: "A Bot" };
    case "frontendEmail":
      return inventAddress(identifiers.hexDigits(8));
    default:
      return {};
  }
}

/** Computes the fields that depend on others, after every write. */
export function deriveFields(type: string, fields: Fields): Fields {
  // A real certificate says which environment it is for.
  if (type === "ios" && fields.certificate != null) return { production: true, ...fields };
  if (type === "line" && typeof fields.qrCodeUrl === "string") {
    return { ...fields, lineId: /([^/]+?)(\.\w+)?$/.exec(fields.qrCodeUrl)?.[1] };
  }
  return fields;
}

// A bot's token starts with the bot's id.
function inventBot({ token }: Fields, identifiers: Identifiers): Fields {
  const botId = /^(\d{1,15}):/.exec(String(token))?.[1] ?? identifiers.digits(9);
  return { username: `shop_${botId}_bot`, botId };
}

function inventNumber(phoneNumber: string): Fields {
  return { phoneNumber, name: phoneNumber };
}

function inventAddress(shortId: string): Fields {
  return { shortId, smoochAddress: `${shortId}@mail.smooch.io` };
}

function hasWhatsAppClient({ deploymentId, baseUrl }: Fields): boolean {
  return deploymentId !== undefined || baseUrl !== undefined;
}
