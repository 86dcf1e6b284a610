import * as pulumi from "@pulumi/pulumi";
import { SmoochApp, SmoochIntegration } from "pulumi-smooch";

const config = new pulumi.Config();
const app = new SmoochApp("support");

// Text messages. Pulumi always stores `authToken` as a secret.
const sms = new SmoochIntegration("sms", {
  appId: app.id,
  type: "twilio",
  displayName: "SMS",
  accountSid: config.require("twilioAccountSid"),
  authToken: config.requireSecret("twilioAuthToken"),
  phoneNumberSid: config.require("twilioPhoneNumberSid"),
});

// WhatsApp. In API v2, the phone number itself is set up with Zendesk, not here.
const whatsapp = new SmoochIntegration("whatsapp", {
  appId: app.id,
  type: "whatsapp",
  displayName: "WhatsApp",
  hsmFallbackLanguage: "en_US",
});

// The messenger for a web site. It also offers the other two channels, in this order.
const web = new SmoochIntegration("web", {
  appId: app.id,
  type: "web",
  displayName: "Our site",
  businessName: "Example Ltd",
  brandColor: "00838f",
  originWhitelist: ["https://www.example.com"],
  integrationOrder: [whatsapp.id, sms.id],
});

export const appId = app.id;
// The site starts the messenger with this id: Smooch.init({ integrationId }).
export const webIntegrationId = web.id;
export const smsIntegrationId = sms.id;
export const whatsappIntegrationId = whatsapp.id;
