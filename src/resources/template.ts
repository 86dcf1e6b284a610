import type * as pulumi from "@pulumi/pulumi";
import { requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/** Arguments of `SmoochTemplate`. */
export interface SmoochTemplateArgs {
  /**
   * Id of the app that the template belongs to.
   * @change replaces the template
   */
  appId: pulumi.Input<string>;
  /**
   * The name that messages refer to the template by, 1 to 100 characters.
   * @defaultValue the resource's name
   * @change in place
   */
  name?: pulumi.Input<string> | undefined;
  /**
   * The message, as a bot would send it through the API: `role`, `type` and what that type needs. What Smooch adds to
   * it is no difference.
   * @change in place
   */
  message: pulumi.Input<{ [field: string]: unknown }>;
}

/**
 * A message template of an app: messages can refer to it by name instead of repeating it.
 *
 * ```ts
 * new SmoochTemplate("welcome", {
 *   appId: app.id,
 *   message: { role: "appMaker", type: "text", text: "Hello! How can we help?" },
 * });
 * ```
 *
 * @credential Needs an account key or a key of the app.
 * @source "Templates" in Smooch's [REST reference of v1 and v1.1](https://docs.smooch.io/rest/v1).
 */
export class SmoochTemplate extends SmoochResource {
  /** Id of the app that the template belongs to. */
  declare readonly appId: pulumi.Output<string>;
  /** The template's name. */
  declare readonly name: pulumi.Output<string>;
  /** The message. */
  declare readonly message: pulumi.Output<{ [field: string]: unknown }>;

  /**
   * @param name The resource's name in the program.
   * @param args The app, the name and the message.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochTemplateArgs, options: pulumi.CustomResourceOptions = {}) {
    const { appId, message } = requireArgs(args, `SmoochTemplate "${name}"`);
    // The provider computes the default of `name`, because it knows the previous one.
    super("template", name, { appId, name: args.name, message }, { plain: ["name"] }, options);
  }

  /**
   * Adopts an existing template instead of creating one; the resource option `import` does the same. If it differs from
   * the arguments, the adoption is refused with a list of the differences. Nothing in Smooch is changed.
   */
  static adopt(
    name: string,
    id: string,
    args: SmoochTemplateArgs,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochTemplate {
    return new SmoochTemplate(name, args, { ...options, import: id });
  }

  /** Reads a template without managing it. Fails when the app has no template with that id. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: { appId: pulumi.Input<string> },
    options: pulumi.CustomResourceOptions = {},
  ): SmoochTemplate {
    const { appId } = requireArgs(args, `SmoochTemplate "${name}"`);
    return new SmoochTemplate(name, { appId, message: {} }, { ...options, id });
  }
}
