/** The objects of Smooch in one vocabulary for all API generations. */

export type Metadata = Record<string, string | number | boolean>;
export type AppSettings = Record<string, boolean | number | undefined>;

export interface NewApp {
  name: string;
  settings?: AppSettings | undefined;
  metadata?: Metadata | undefined;
}
export type AppChange = { [Property in keyof NewApp]?: NewApp[Property] | undefined };
export interface App extends NewApp {
  id: string;
  appToken?: string | undefined;
}

export interface NewKey {
  name: string;
}
export interface Key extends NewKey {
  id: string;
  secret: string;
}

export interface NewWebhook {
  target: string;
  triggers: string[];
}
export type WebhookChange = { [Property in keyof NewWebhook]?: NewWebhook[Property] | undefined };
export interface Webhook extends NewWebhook {
  id: string;
  secret: string;
}
