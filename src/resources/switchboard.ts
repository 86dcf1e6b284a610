import type * as pulumi from "@pulumi/pulumi";
import { onlyId } from "../kinds";
import { requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/** An integration of a switchboard: who can take a conversation. */
export interface SmoochSwitchboardEntry {
  /** Id of a custom integration of the app. Give either this or `integrationType`. */
  integrationId?: pulumi.Input<string> | undefined;
  /** Type of an integration that is not custom, such as `zd:agentWorkspace`, or the id of its OAuth client. */
  integrationType?: pulumi.Input<string> | undefined;
  /**
   * Whether it receives the events of conversations that another integration has control of.
   * @defaultValue Smooch decides: its reference says `true`
   */
  deliverStandbyEvents?: pulumi.Input<boolean> | undefined;
  /**
   * Name of the integration that it hands conversations over to when it names none. Two can name each other.
   * @defaultValue none
   */
  next?: pulumi.Input<string> | undefined;
  /**
   * How many earlier messages it is told of when it is offered a conversation: 1 to 10.
   * @defaultValue none
   */
  messageHistoryCount?: pulumi.Input<number> | undefined;
}

/** Arguments of `SmoochSwitchboard`. */
export interface SmoochSwitchboardArgs {
  /**
   * Id of the app that the switchboard belongs to.
   * @change replaces the switchboard
   */
  appId: pulumi.Input<string>;
  /**
   * Whether the switchboard decides who receives events. While it is off, all integrations receive all of them. Turning
   * it on needs `defaultIntegration`.
   * @defaultValue `false` (Smooch)
   * @change in place
   */
  enabled?: pulumi.Input<boolean> | undefined;
  /**
   * Name of the integration that new conversations start with. It can be changed, but Smooch has no way to unset it.
   * @change in place
   */
  defaultIntegration?: pulumi.Input<string> | undefined;
  /**
   * The integrations by name, at most 10: letters, digits, `-` and `_`, at most 128 characters. If given, these are all
   * of them: others are removed from the switchboard. Leave it out if other stacks declare theirs with
   * `SmoochSwitchboardIntegration`.
   * @change in place
   */
  integrations?: pulumi.Input<{ [name: string]: pulumi.Input<SmoochSwitchboardEntry> }> | undefined;
}

/**
 * The switchboard of an app, which decides who has control of a conversation: a bot, agents, or another integration.
 * An app has one at most. One that exists already, as in apps that Zendesk made, is never overwritten by a create, but
 * adopted.
 *
 * Its integrations refer to each other by name, so that they can hand over in a circle. Everything is made in one
 * `pulumi up`, in the order that Smooch needs, and removed in one `pulumi destroy`, which deletes the switchboard with
 * its entries; the integrations themselves stay.
 *
 * ```ts
 * const bot = new SmoochIntegration("bot", {
 *   appId: app.id,
 *   type: "custom",
 *   webhooks: [{ target, triggers: ["conversation:message"] }],
 * });
 * const switchboard = new SmoochSwitchboard("switchboard", {
 *   appId: app.id,
 *   enabled: true,
 *   defaultIntegration: "bot",
 *   integrations: {
 *     bot: { integrationId: bot.id, next: "agents" },
 *     agents: { integrationType: "zd:agentWorkspace", next: "bot", messageHistoryCount: 10 },
 *   },
 * });
 * ```
 *
 * @credential Needs an account key or a key of the app.
 * @throws Smooch refuses a second switchboard in an app (HTTP 400).
 * @source "Switchboards" and "Switchboard Integrations" in Smooch's [reference of
 * v2](https://developer.zendesk.com/api-reference/conversations/).
 */
export class SmoochSwitchboard extends SmoochResource {
  /** Id of the app that the switchboard belongs to. */
  declare readonly appId: pulumi.Output<string>;
  /** Whether it is on, if you declared it. */
  declare readonly enabled: pulumi.Output<boolean | undefined>;
  /** Name of the integration that new conversations start with, if you declared it. */
  declare readonly defaultIntegration: pulumi.Output<string | undefined>;
  /** The integrations by name, if you declared them. */
  declare readonly integrations: pulumi.Output<
    { [name: string]: pulumi.Unwrap<SmoochSwitchboardEntry> } | undefined
  >;
  /** Ids of the switchboard's integrations by name, e.g. for `defaultResponderId` of a channel. */
  declare readonly integrationIds: pulumi.Output<{ [name: string]: string }>;

  /**
   * @param name The resource's name in the program.
   * @param args The app, and how the switchboard works.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochSwitchboardArgs, options: pulumi.CustomResourceOptions = {}) {
    const { appId, enabled, defaultIntegration, integrations } = requireArgs(
      args,
      `SmoochSwitchboard "${name}"`,
    );
    super(
      "switchboard",
      name,
      { appId, enabled, defaultIntegration, integrations },
      { plain: ["integrationIds"] },
      { deleteBeforeReplace: true, ...options },
    );
  }

  /**
   * Adopts the app's switchboard instead of creating one; the resource option `import: "only"` does the same. If it
   * differs from the arguments, the adoption is refused with a list of the differences. Nothing in Smooch is changed.
   *
   * ```ts
   * SmoochSwitchboard.adopt("switchboard", { appId: app.id });
   * ```
   */
  static adopt(
    name: string,
    args: SmoochSwitchboardArgs,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochSwitchboard {
    return new SmoochSwitchboard(name, args, { ...options, import: onlyId });
  }

  /** Reads the app's switchboard without managing it. Fails when the app has none. */
  static get(
    name: string,
    args: { appId: pulumi.Input<string> },
    options: pulumi.CustomResourceOptions = {},
  ): SmoochSwitchboard {
    return new SmoochSwitchboard(name, args, { ...options, id: onlyId });
  }
}
