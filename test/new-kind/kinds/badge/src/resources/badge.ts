import type * as pulumi from "@pulumi/pulumi";
import { requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/** Arguments of `SmoochBadge`. */
export interface SmoochBadgeArgs {
  /**
   * Id of the app whose badge it is.
   * @change replaces the badge
   */
  appId: pulumi.Input<string>;
  /**
   * Its color.
   * @change in place
   */
  color: pulumi.Input<"red" | "blue">;
}

/** The badge of an app, which has one at most. No API has it: it proves what a kind without ids needs. */
export class SmoochBadge extends SmoochResource {
  /** Id of the app whose badge it is. */
  declare readonly appId: pulumi.Output<string>;
  /** The badge's color. */
  declare readonly color: pulumi.Output<string>;

  constructor(name: string, args: SmoochBadgeArgs, options: pulumi.CustomResourceOptions = {}) {
    const { appId, color } = requireArgs(args, `SmoochBadge "${name}"`);
    super("badge", name, { appId, color }, {}, options);
  }
}
