import type * as pulumi from "@pulumi/pulumi";
import { pickArgs, requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/** Arguments of `SmoochSwitchboardIntegration`. */
export interface SmoochSwitchboardIntegrationArgs {
  /**
   * Id of the app that the switchboard belongs to.
   * @change replaces the switchboard integration
   */
  appId: pulumi.Input<string>;
  /**
   * Id of the switchboard.
   * @change replaces the switchboard integration
   */
  switchboardId: pulumi.Input<string>;
  /**
   * The name that conversations are passed to it by: letters, digits, `-` and `_`, at most 128 characters.
   * @defaultValue the resource's name
   * @change in place
   */
  name?: pulumi.Input<string> | undefined;
  /**
   * Id of a custom integration of the app. Give either this or `integrationType`.
   * @change in place
   */
  integrationId?: pulumi.Input<string> | undefined;
  /**
   * Type of an integration that is not custom, such as `zd:agentWorkspace`, or the id of its OAuth client.
   * @change in place
   */
  integrationType?: pulumi.Input<string> | undefined;
  /**
   * Whether it receives the events of conversations that another integration has control of.
   * @defaultValue Smooch decides: its reference says `true`
   * @change in place
   */
  deliverStandbyEvents?: pulumi.Input<boolean> | undefined;
  /**
   * Id of the switchboard integration that it hands conversations over to when it names none.
   * @defaultValue none
   * @change in place
   */
  nextSwitchboardIntegrationId?: pulumi.Input<string> | undefined;
  /**
   * How many earlier messages it is told of when it is offered a conversation: 1 to 10.
   * @defaultValue none
   * @change in place
   */
  messageHistoryCount?: pulumi.Input<number> | undefined;
}

const inputs = [
  "appId",
  "switchboardId",
  "name",
  "integrationId",
  "integrationType",
  "deliverStandbyEvents",
  "nextSwitchboardIntegrationId",
  "messageHistoryCount",
] as const;

/**
 * A single integration of a switchboard that somebody else declares: Zendesk, or another stack. In a switchboard of
 * your own, declare it in `integrations` of the `SmoochSwitchboard` instead, which can also link integrations in a
 * circle and make one the default. Do not do both for one switchboard: `integrations` are all of its integrations.
 *
 * ```ts
 * const bot = new SmoochIntegration("bot", {
 *   appId: app.id,
 *   type: "custom",
 *   webhooks: [{ target, triggers: ["conversation:message"] }],
 * });
 * const switchboard = SmoochSwitchboard.get("switchboard", { appId: app.id });
 * new SmoochSwitchboardIntegration("bot", { appId: app.id, switchboardId: switchboard.id, integrationId: bot.id });
 * ```
 *
 * @credential Needs an account key or a key of the app.
 * @throws A switchboard has at most 10 (HTTP 400). The default one, and one that another hands over to, cannot be
 *   deleted: change the other first.
 * @source "Switchboard Integrations" in Smooch's [reference of
 * v2](https://developer.zendesk.com/api-reference/conversations/).
 */
export class SmoochSwitchboardIntegration extends SmoochResource {
  /** Id of the app that the switchboard belongs to. */
  declare readonly appId: pulumi.Output<string>;
  /** Id of the switchboard. */
  declare readonly switchboardId: pulumi.Output<string>;
  /** The name that conversations are passed to it by. */
  declare readonly name: pulumi.Output<string>;
  /** Id of the custom integration, if you declared it. */
  declare readonly integrationId: pulumi.Output<string | undefined>;
  /** The integration's type, if you declared it. */
  declare readonly integrationType: pulumi.Output<string | undefined>;
  /** Whether it receives the events of other integrations' conversations, if you declared it. */
  declare readonly deliverStandbyEvents: pulumi.Output<boolean | undefined>;
  /** Id of the switchboard integration that it hands conversations over to, if you declared it. */
  declare readonly nextSwitchboardIntegrationId: pulumi.Output<string | undefined>;
  /** How many earlier messages it is told of, if you declared it. */
  declare readonly messageHistoryCount: pulumi.Output<number | undefined>;

  /**
   * @param name The resource's name in the program.
   * @param args The switchboard and the integration.
   * @param options Pulumi's resource options.
   */
  constructor(
    name: string,
    args: SmoochSwitchboardIntegrationArgs,
    options: pulumi.CustomResourceOptions = {},
  ) {
    super(
      "switchboardIntegration",
      name,
      pickArgs(requireArgs(args, `SmoochSwitchboardIntegration "${name}"`), inputs),
      // The provider computes the default of `name`, because it knows the previous one.
      { plain: ["name"] },
      options,
    );
  }

  /**
   * Adopts an existing switchboard integration instead of creating one; the resource option `import` does the same. If
   * it differs from the arguments, the adoption is refused with a list of the differences. Nothing in Smooch is
   * changed.
   */
  static adopt(
    name: string,
    id: string,
    args: SmoochSwitchboardIntegrationArgs,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochSwitchboardIntegration {
    return new SmoochSwitchboardIntegration(name, args, { ...options, import: id });
  }

  /** Reads a switchboard integration without managing it. Fails when the switchboard has none with that id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: Pick<SmoochSwitchboardIntegrationArgs, "appId" | "switchboardId">,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochSwitchboardIntegration {
    return new SmoochSwitchboardIntegration(name, args, { ...options, id });
  }
}
