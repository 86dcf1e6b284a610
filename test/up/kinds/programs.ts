/** A custom integration of `app`, in a variable with its name. */
export const bot = (name = "bot", options = "{}") => `
  const ${name} = new smooch.SmoochIntegration("${name}", {
    appId: app.id,
    type: "custom",
    webhooks: [{ target: "https://bot.example/${name}", triggers: ["conversation:message"] }],
  }, ${options});`;
