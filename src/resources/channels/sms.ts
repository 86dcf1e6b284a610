import type * as pulumi from "@pulumi/pulumi";
import type { IntegrationArgs } from "./base";

/**
 * Text messages through Twilio. v2 needs exactly one of `phoneNumberSid` and `messagingServiceSid`.
 * ```ts
 * new SmoochIntegration("twilio", {
 *   appId: app.id,
 *   type: "twilio",
 *   accountSid: "AC0123456789abcdef0123456789abcdef",
 *   authToken: config.requireSecret("twilioAuthToken"),
 *   phoneNumberSid: "PN0123456789abcdef0123456789abcdef",
 * });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface TwilioIntegrationArgs extends IntegrationArgs {
  type: "twilio";
  /**
   * The Twilio account's SID, `AC…`, from Twilio's console.
   * @change replaces the integration
   */
  accountSid: pulumi.Input<string>;
  /**
   * The account's auth token, from Twilio's console.
   * @change replaces the integration
   * @secret
   */
  authToken: pulumi.Input<string>;
  /**
   * SID of the phone number, `PN…`, not the number itself.
   * @requiredIn v1 and v1.1
   * @change replaces the integration
   */
  phoneNumberSid?: pulumi.Input<string> | undefined;
  /**
   * SID of a Twilio messaging service, instead of a phone number.
   * @apiVersions v2
   * @change replaces the integration
   */
  messagingServiceSid?: pulumi.Input<string> | undefined;
}

/**
 * Text messages through MessageBird. After you create the integration, set up a flow for the number at MessageBird that
 * forwards to `https://app.smooch.io/api/messagebird/webhooks/{appId}/{integrationId}/{webhookSecret}`, as POST with
 * JSON.
 * ```ts
 * new SmoochIntegration("messagebird", {
 *   appId: app.id,
 *   type: "messagebird",
 *   accessKey: config.requireSecret("messagebirdAccessKey"),
 *   signingKey: config.requireSecret("messagebirdSigningKey"),
 *   originator: "31612345678",
 * });
 * ```
 * @apiVersions v1, v1.1, v2
 */
export interface MessageBirdIntegrationArgs extends IntegrationArgs {
  type: "messagebird";
  /**
   * The MessageBird account's API key.
   * @change replaces the integration
   * @secret
   */
  accessKey: pulumi.Input<string>;
  /**
   * The account's signing key, with which Smooch verifies that a delivery comes from MessageBird.
   * @apiVersions v1.1, v2
   * @requiredIn v2
   * @change replaces the integration
   * @secret
   */
  signingKey?: pulumi.Input<string> | undefined;
  /**
   * The phone number, digits only, including the country code.
   * @change replaces the integration
   */
  originator: pulumi.Input<string>;
}
