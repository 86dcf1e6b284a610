import { type Language, mainFile } from "../project/files";
import { block, page } from "../project/readme";

/** What README.md of a new project says. */
export function writeReadme(name: string, language: Language, commands: readonly string[]): string {
  const main = mainFile(language);
  return page(
    `# ${name}`,
    `A Pulumi program that declares a Smooch app, a key for your server and a webhook: [${main}](${main}). It needs Node.js\n` +
      "and the [Pulumi CLI](https://www.pulumi.com/docs/install/), and for a start no account at Smooch.",
    "## Without an account",
    "Pulumi keeps what it knows in an account of its own, or on this machine: for that, run `pulumi login --local` first and\n" +
      "set `PULUMI_CONFIG_PASSPHRASE`. Then, from this folder:",
    block(commands),
    "`npm run emulator` is a Smooch API on this machine, and the stack `emulator` is set up for it: `Pulumi.emulator.yaml`.\n" +
      "It shows each call.",
    "What the emulator holds is gone when it stops, and Pulumi does not know that. After a restart:",
    block(["pulumi up --refresh"]),
    "And when you have seen enough:",
    block(["pulumi destroy"]),
    "## With a real account",
    "A stack of its own:",
    block([
      "pulumi stack init prod",
      "pulumi config set smooch:accountKeyId act_...",
      "pulumi config set --secret smooch:accountKeySecret              # asks for the value",
      "pulumi config set target https://your.server/smooch             # it has to answer",
      "pulumi config set smooch:region eu-1                            # only for an account in Europe",
      "pulumi config set smooch:baseUrl https://acme.zendesk.com/sc    # only for an account at Zendesk",
      "npx pulumi-smooch doctor --stack prod                           # looks whether all is well",
      "pulumi up",
    ]),
    "`pulumi stack select emulator` leads back. `pulumi destroy` deletes what the stack holds, the app's conversations\n" +
      "included: give an app in production the option `{ protect: true }`.",
    "## Tests",
    block(["npm test"]),
    "runs [program.test.mjs](program.test.mjs): the program against an emulator of its own, in a backend of its own. It needs\n" +
      "no account, no login and no `npm run emulator`.",
    "## More",
    "`npx pulumi-smooch --help`, and the documentation of [pulumi-smooch](https://www.npmjs.com/package/pulumi-smooch).",
  );
}
