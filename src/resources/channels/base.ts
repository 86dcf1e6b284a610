import type * as pulumi from "@pulumi/pulumi";

/** What integrations of all channels have in common. */
export interface IntegrationArgs {
  /** Id of the Smooch app that the channel is connected to. Changing this makes a new integration. */
  appId: pulumi.Input<string>;
  /**
   * A name by which people tell integrations apart, 1 to 100 characters. API versions: v1.1, v2. Can be changed
   * in place.
   */
  displayName?: pulumi.Input<string> | undefined;
  /**
   * Id of the switchboard integration that answers first on this channel. Default: the switchboard's own, to
   * which the channel returns when this is no longer given. Smooch does not give it back. API versions: v2. Can
   * be changed in place.
   */
  defaultResponderId?: pulumi.Input<string> | undefined;
  /**
   * Whether users are told when an AI wrote a message. Without it, what AI regulations demand is up to you.
   * Smooch's default: `true`. API versions: v2. Can be changed in place.
   */
  showAIDisclaimer?: pulumi.Input<boolean> | undefined;
  /**
   * Fields newer than this package, by their names in Smooch's API: sent as they are, on create and on change, and
   * never compared with what Smooch has. Can be changed in place, as far as Smooch allows it.
   */
  fields?: pulumi.Input<{ [name: string]: pulumi.Input<IntegrationFieldValue> }> | undefined;
  /** The same for credentials: kept secret, in the state as in messages. */
  secretFields?: pulumi.Input<{ [name: string]: pulumi.Input<IntegrationFieldValue> }> | undefined;
}

/** Anything that JSON can say. */
export type IntegrationFieldValue =
  | string
  | number
  | boolean
  | null
  | pulumi.Input<IntegrationFieldValue>[]
  | { [name: string]: pulumi.Input<IntegrationFieldValue> };
