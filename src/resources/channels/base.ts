import type * as pulumi from "@pulumi/pulumi";

/** Arguments that integrations of all channels have in common. */
export interface IntegrationArgs {
  /**
   * Id of the Smooch app that the channel is connected to.
   * @change replaces the integration
   */
  appId: pulumi.Input<string>;
  /**
   * A display name, to tell integrations apart; 1 to 100 characters.
   * @apiVersions v1.1, v2
   * @change in place
   */
  displayName?: pulumi.Input<string> | undefined;
  /**
   * Id of the switchboard integration that responds first on this channel. If you remove it, the channel returns to the
   * default.
   * @apiVersions v2
   * @defaultValue the switchboard's default
   * @change in place
   */
  defaultResponderId?: pulumi.Input<string> | undefined;
  /**
   * Whether users are told when an AI wrote a message. If you turn it off, complying with AI regulations is up to you.
   * @apiVersions v2
   * @defaultValue `true` (Smooch)
   * @change in place
   */
  showAIDisclaimer?: pulumi.Input<boolean> | undefined;
  /**
   * Fields that are newer than this package, by their names in Smooch's API. They are sent unchanged when the
   * integration is created or they change, and are never compared with Smooch's values. Can be changed in place, as
   * far as Smooch allows it.
   */
  fields?: pulumi.Input<{ [name: string]: pulumi.Input<IntegrationFieldValue> }> | undefined;
  /** Credentials that are newer than this package, used like `fields` and kept secret in the state and in messages. */
  secretFields?: pulumi.Input<{ [name: string]: pulumi.Input<IntegrationFieldValue> }> | undefined;
}

/** Any JSON value. */
export type IntegrationFieldValue =
  | string
  | number
  | boolean
  | null
  | pulumi.Input<IntegrationFieldValue>[]
  | { [name: string]: pulumi.Input<IntegrationFieldValue> };
