// The program of every stack: it declares what the table has for the customer that the stack is named after.
const pulumi = require("@pulumi/pulumi");
const smooch = require("pulumi-smooch");
const customers = require("./customers.json");

const name = pulumi.getStack();
const customer = customers[name];
if (customer === undefined) throw new Error(`customers.json has no row for "${name}"`);

// With `protect: true` in the row, Pulumi refuses to delete the app, which would delete its conversations.
const app = new smooch.SmoochApp("app", customer.app, { protect: customer.protect === true });

const config = new pulumi.Config();

/** Declares the resources of one kind; returns them by name. Those that a row names by id are declared before it. */
function declare(Resource, rows = {}, dependsOn = []) {
  const declared = Object.entries(rows).map(([name, { id, credentials = {}, ...args }]) => {
    // The table contains no secrets: `credentials` says which configuration key has the value of which argument.
    const secrets = Object.entries(credentials).map(([field, key]) => [field, config.getSecret(key)]);
    const all = { appId: app.id, ...args, ...Object.fromEntries(secrets) };
    const resource =
      id === undefined
        ? new Resource(name, all, { dependsOn })
        : Resource.adopt(name, id, all, { dependsOn });
    return [name, resource];
  });
  return Object.fromEntries(declared);
}

const keys = declare(smooch.SmoochKey, customer.keys);
const webhooks = declare(smooch.SmoochWebhook, customer.webhooks);
const integrations = declare(smooch.SmoochIntegration, customer.integrations);
const channels = [...Object.values(webhooks), ...Object.values(integrations)];
declare(smooch.SmoochIntegrationKey, customer.integrationKeys, channels);
declare(smooch.SmoochSwitchboard, customer.switchboards, channels);
declare(smooch.SmoochMenu, customer.menus, channels);
declare(smooch.SmoochTemplate, customer.templates);

exports.appId = app.id;
/** What the customer's bot needs, by key: `pulumi stack output keys --show-secrets --stack <customer>`. */
exports.keys = Object.fromEntries(Object.entries(keys).map(([key, { id, jwt }]) => [key, { id, jwt }]));
