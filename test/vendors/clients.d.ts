// The vendor's clients have no types of their own. The tests call their methods by name (client.ts).

declare module "smooch-core-6" {
  const Smooch: new (options: object) => object;
  export default Smooch;
}

declare module "smooch-core-8" {
  const Smooch: new (options: object) => object;
  export default Smooch;
}

declare module "sunshine-conversations-client" {
  type Api = new (client: ApiClient) => object;
  type Model = { constructFromObject(fields: object): object };

  export class ApiClient {
    basePath: string;
    authentications: {
      basicAuth: { username?: string; password?: string };
      bearerAuth: { accessToken?: string };
    };
  }
  export const ActivitiesApi: Api;
  export const AppKeysApi: Api;
  export const AppsApi: Api;
  export const AttachmentsApi: Api;
  export const ClientsApi: Api;
  export const ConversationsApi: Api;
  export const CustomIntegrationApiKeysApi: Api;
  export const DevicesApi: Api;
  export const IntegrationsApi: Api;
  export const MessagesApi: Api;
  export const OAuthEndpointsApi: Api;
  export const ParticipantsApi: Api;
  export const SwitchboardActionsApi: Api;
  export const SwitchboardIntegrationsApi: Api;
  export const SwitchboardsApi: Api;
  export const UsersApi: Api;
  export const WebhooksApi: Api;
}
