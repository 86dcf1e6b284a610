import type { IntegrationArgs } from "./base";
import type {
  AppleIntegrationArgs,
  LineIntegrationArgs,
  TelegramIntegrationArgs,
  TwitterIntegrationArgs,
  ViberIntegrationArgs,
  WeChatIntegrationArgs,
} from "./chat";
import type { CustomIntegrationArgs } from "./custom";
import type { FrontendEmailIntegrationArgs, MailgunIntegrationArgs } from "./email";
import type { InstagramIntegrationArgs, MessengerIntegrationArgs, WhatsAppIntegrationArgs } from "./meta";
import type {
  AndroidIntegrationArgs,
  IosIntegrationArgs,
  UnityIntegrationArgs,
  WebIntegrationArgs,
} from "./sdk";
import type { MessageBirdIntegrationArgs, TwilioIntegrationArgs } from "./sms";

export type * from "./base";
export type * from "./chat";
export type * from "./custom";
export type * from "./email";
export type * from "./meta";
export type * from "./sdk";
export type * from "./sms";

/** Arguments of `SmoochIntegration`; they depend on `type`. */
export type SmoochIntegrationArgs =
  | AndroidIntegrationArgs
  | AppleIntegrationArgs
  | CustomIntegrationArgs
  | FrontendEmailIntegrationArgs
  | InstagramIntegrationArgs
  | IosIntegrationArgs
  | LineIntegrationArgs
  | MailgunIntegrationArgs
  | MessageBirdIntegrationArgs
  | MessengerIntegrationArgs
  | TelegramIntegrationArgs
  | TwilioIntegrationArgs
  | TwitterIntegrationArgs
  | UnityIntegrationArgs
  | ViberIntegrationArgs
  | WeChatIntegrationArgs
  | WebIntegrationArgs
  | WhatsAppIntegrationArgs;

/** Arguments for a channel that is newer than this package. Its own arguments go into `fields` and `secretFields`. */
export interface UntypedIntegrationArgs extends IntegrationArgs {
  /**
   * The channel's type, as the API in use calls it.
   * @change replaces the integration
   */
  type: string;
}
