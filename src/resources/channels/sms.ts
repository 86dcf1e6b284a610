import type * as pulumi from "@pulumi/pulumi";
import type { IntegrationArgs } from "./base";

/**
 * Text messages through Twilio. v2 needs exactly one of `phoneNumberSid` and `messagingServiceSid`.
 *
 * API versions: v1, v1.1, v2.
 */
export interface TwilioIntegrationArgs extends IntegrationArgs {
  type: "twilio";
  /** The Twilio account's SID, `AC…`, from Twilio's console. Changing this makes a new integration. */
  accountSid: pulumi.Input<string>;
  /** The account's auth token, from the same place. Secret. Changing this makes a new integration. */
  authToken: pulumi.Input<string>;
  /**
   * SID of the phone number, `PN…`, not the number itself. Required in v1 and v1.1. Changing this makes a new
   * integration.
   */
  phoneNumberSid?: pulumi.Input<string> | undefined;
  /**
   * SID of a Twilio messaging service, instead of a phone number. API versions: v2. Changing this makes a new
   * integration.
   */
  messagingServiceSid?: pulumi.Input<string> | undefined;
}

/**
 * Text messages through MessageBird. After you create the integration, set up a flow for the number at MessageBird
 * that forwards to `https://app.smooch.io/api/messagebird/webhooks/{appId}/{integrationId}/{webhookSecret}`, as POST
 * with JSON.
 *
 * API versions: v1, v1.1, v2.
 */
export interface MessageBirdIntegrationArgs extends IntegrationArgs {
  type: "messagebird";
  /** The MessageBird account's API key. Secret. Changing this makes a new integration. */
  accessKey: pulumi.Input<string>;
  /**
   * The account's signing key, with which Smooch verifies that a delivery comes from MessageBird. Secret. API
   * versions: v1.1, v2. Required in v2. Changing this makes a new integration.
   */
  signingKey?: pulumi.Input<string> | undefined;
  /** The phone number, digits only, including the country code. Changing this makes a new integration. */
  originator: pulumi.Input<string>;
}
