// The program of every stack: it declares what the table has for the customer that the stack is named after.
const pulumi = require("@pulumi/pulumi");
const { SmoochApp, SmoochIntegration, SmoochKey, SmoochWebhook } = require("pulumi-smooch");
const customers = require("./customers.json");

const name = pulumi.getStack();
const customer = customers[name];
if (customer === undefined) throw new Error(`customers.json has no row for "${name}"`);

// With `protect: true` in the row, Pulumi refuses to delete the app, which would delete its conversations.
const app = new SmoochApp("app", customer.app, { protect: customer.protect === true });

const config = new pulumi.Config();

/** Declares the resources of one kind; returns them by name. */
function declare(Resource, rows = {}) {
  const declared = Object.entries(rows).map(([name, { id, credentials = {}, ...args }]) => {
    // The table contains no secrets: `credentials` says which configuration key has the value of which argument.
    const secrets = Object.entries(credentials).map(([field, key]) => [field, config.getSecret(key)]);
    const all = { appId: app.id, ...args, ...Object.fromEntries(secrets) };
    return [name, id === undefined ? new Resource(name, all) : Resource.adopt(name, id, all)];
  });
  return Object.fromEntries(declared);
}

const keys = declare(SmoochKey, customer.keys);
declare(SmoochWebhook, customer.webhooks);
declare(SmoochIntegration, customer.integrations);

exports.appId = app.id;
/** What the customer's bot needs, by key: `pulumi stack output keys --show-secrets --stack <customer>`. */
exports.keys = Object.fromEntries(Object.entries(keys).map(([key, { id, jwt }]) => [key, { id, jwt }]));
