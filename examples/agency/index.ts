import * as pulumi from "@pulumi/pulumi";
import { Customer } from "./customer";

const botUrl = new pulumi.Config().require("botUrl");

// To add a customer, add a line. Removing a line deletes the app with its conversations and revokes its key.
const table = [
  { name: "bakery", title: "Corner Bakery", animals: false },
  { name: "garage", title: "Main Street Garage", animals: false },
  { name: "zoo", title: "City Zoo", animals: true },
];

const entries = table.map(({ name, title, animals }) => {
  const customer = new Customer(name, { title, animals, target: `${botUrl}/${name}` });
  return [name, customer.access] as const;
});

/** What the bot needs, by customer. Run `pulumi stack output customers --show-secrets` to see it. */
export const customers = Object.fromEntries(entries);
