/** A YAML program with an object of each kind and most functions. */
export function everything({ rotated, color }: { rotated: string; color: string }): string {
  return `resources:
  support:
    type: smooch:App
    properties: { settings: { maskCreditCardNumbers: true } }
  backend:
    type: smooch:Key
    properties: { appId: "\${support.id}", keepers: { rotated: "${rotated}" } }
  events:
    type: smooch:Webhook
    properties: { appId: "\${support.id}", target: "https://bot.example.com/smooch" }
  website:
    type: smooch:Integration
    properties: { appId: "\${support.id}", type: web, brandColor: "${color}" }
  sms:
    type: smooch:Integration
    properties: { appId: "\${support.id}", type: twilio, accountSid: AC1, authToken: plain-in-yaml, phoneNumberSid: PN1 }
outputs:
  appId: \${support.id}
  keyId: \${backend.id}
  secret: \${backend.secret}
  jwt: \${backend.jwt}
  found:
    fn::invoke: { function: "smooch:getApp", arguments: { appId: "\${support.id}" } }
  signed:
    fn::invoke:
      function: smooch:signJwt
      arguments: { keyId: "\${backend.id}", secret: "\${backend.secret}" }
      return: jwt`;
}
