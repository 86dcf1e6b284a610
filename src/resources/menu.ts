import type * as pulumi from "@pulumi/pulumi";
import { onlyId } from "../kinds";
import { requireArgs } from "./arguments";
import { SmoochResource } from "./resource";

/** An item of a menu: a link, a postback or a submenu. */
export interface SmoochMenuItem {
  /** `"link"`, `"postback"` or `"submenu"`. */
  type: pulumi.Input<"link" | "postback" | "submenu">;
  /** What users see. */
  text: pulumi.Input<string>;
  /** For a link: the URL that it opens. */
  uri?: pulumi.Input<string> | undefined;
  /** For a postback: what is sent to the app. */
  payload?: pulumi.Input<string> | undefined;
  /** For a submenu: 1 to 5 items. Submenus can be in the first two of three levels; some channels show fewer. */
  items?: pulumi.Input<pulumi.Input<SmoochMenuItem>[]> | undefined;
}

/** Arguments of `SmoochMenu`. */
export interface SmoochMenuArgs {
  /**
   * Id of the app that the menu belongs to.
   * @change replaces the menu
   */
  appId: pulumi.Input<string>;
  /**
   * Id of an integration: the menu then replaces the app's menu there.
   * @defaultValue the app's own menu
   * @change replaces the menu
   */
  integrationId?: pulumi.Input<string> | undefined;
  /**
   * 1 to 3 items, in order. The ids that Smooch gives them are no difference.
   * @change in place
   */
  items: pulumi.Input<pulumi.Input<SmoochMenuItem>[]>;
  /**
   * Whether users can also type; Facebook Messenger only.
   * @defaultValue `true` (Smooch)
   * @change in place
   */
  inputEnabled?: pulumi.Input<boolean> | undefined;
}

/**
 * The menu of an app, or of one of its integrations. Each has one at most: a menu that exists already is never
 * overwritten by a create, but adopted. Without an integration's menu, its channel shows the app's.
 *
 * Messenger and WeChat may show an old menu for a while.
 *
 * ```ts
 * new SmoochMenu("menu", {
 *   appId: app.id,
 *   items: [
 *     { type: "postback", text: "Talk to us", payload: "TALK" },
 *     { type: "submenu", text: "Shop", items: [{ type: "link", text: "Offers", uri: "https://shop.example/offers" }] },
 *   ],
 * });
 * ```
 *
 * @credential Needs an account key or a key of the app.
 * @source "Menu" and "Integration Menu" in Smooch's [REST reference of v1 and v1.1](https://docs.smooch.io/rest/v1).
 */
export class SmoochMenu extends SmoochResource {
  /** Id of the app that the menu belongs to. */
  declare readonly appId: pulumi.Output<string>;
  /** Id of the integration that the menu belongs to, if it is not the app's. */
  declare readonly integrationId: pulumi.Output<string | undefined>;
  /** The items. */
  declare readonly items: pulumi.Output<pulumi.Unwrap<SmoochMenuItem>[]>;
  /** Whether users can also type, if you declared it. */
  declare readonly inputEnabled: pulumi.Output<boolean | undefined>;

  /**
   * @param name The resource's name in the program.
   * @param args The app or integration, and the items.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: SmoochMenuArgs, options: pulumi.CustomResourceOptions = {}) {
    const { appId, integrationId, items, inputEnabled } = requireArgs(args, `SmoochMenu "${name}"`);
    super(
      "menu",
      name,
      { appId, integrationId, items, inputEnabled },
      {},
      { deleteBeforeReplace: true, ...options },
    );
  }

  /**
   * Adopts the menu that exists there instead of creating one; the resource option `import: "only"` does the same. If
   * it differs from the arguments, the adoption is refused with a list of the differences. Nothing in Smooch is
   * changed.
   */
  static adopt(name: string, args: SmoochMenuArgs, options: pulumi.CustomResourceOptions = {}): SmoochMenu {
    return new SmoochMenu(name, args, { ...options, import: onlyId });
  }

  /** Reads a menu without managing it. Fails when there is none. */
  static get(
    name: string,
    args: Pick<SmoochMenuArgs, "appId" | "integrationId">,
    options: pulumi.CustomResourceOptions = {},
  ): SmoochMenu {
    return new SmoochMenu(name, { ...args, items: [] }, { ...options, id: onlyId });
  }
}
