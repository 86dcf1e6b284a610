import type * as pulumi from "@pulumi/pulumi";
import { requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/** Arguments of `SmoochRibbon`. */
export interface SmoochRibbonArgs {
  /** Id of the app that the ribbon belongs to. Changing this replaces the ribbon. */
  appId: pulumi.Input<string>;
  /** Its name. Default: the resource's name. Changing this replaces the ribbon. */
  name?: pulumi.Input<string> | undefined;
  /** Its color. Can be changed in place. */
  color: pulumi.Input<"red" | "blue">;
}

/** A ribbon of an app. No API has one: it proves what a new kind needs. */
export class SmoochRibbon extends SmoochResource {
  /** Id of the app that the ribbon belongs to. */
  declare readonly appId: pulumi.Output<string>;
  /** The ribbon's name. */
  declare readonly name: pulumi.Output<string>;
  /** The ribbon's color. */
  declare readonly color: pulumi.Output<string>;
  /** The ribbon's secret; a Pulumi secret. */
  declare readonly secret: pulumi.Output<string>;

  constructor(name: string, args: SmoochRibbonArgs, options: pulumi.CustomResourceOptions = {}) {
    const { appId, color } = requireArgs(args, `SmoochRibbon "${name}"`);
    super(
      "ribbon",
      name,
      { appId, name: args.name, color },
      { plain: ["name"], secret: ["secret"] },
      options,
    );
  }
}
