import { type Command, Option } from "commander";
import type { Action } from "../audit/act";
import type { Audit } from "../audit/audit";
import type { Comparison } from "../audit/compare";
import type { Finding } from "../audit/findings";
import { appOption, repeatable } from "../shared/account/option";
import { folderOption } from "../shared/pulumi";

interface AuditFlags {
  readonly stack: readonly string[];
  readonly state: readonly string[];
  readonly app: readonly string[];
  readonly cwd: string;
  readonly json: boolean;
  readonly revoke: boolean;
  readonly delete: boolean;
  readonly only: readonly string[];
  readonly yes: boolean;
}

const examples = `
Name every stack that manages something in the account: whatever none of them owns is reported as unowned. Without
--stack and --state, only the selected stack is compared, and nothing can be revoked or deleted. The exit status is 0
if there is no problem, 3 if there is one, 1 if the audit failed, and 2 for wrong usage.

Examples:
  $ pulumi-smooch audit --stack dev --stack prod         with the settings of stack dev
  $ pulumi-smooch audit --stack prod --state bots.json   made elsewhere: pulumi stack export --file bots.json
  $ pulumi-smooch audit --stack prod --json              one line for scripts
  $ pulumi-smooch audit --stack prod --revoke            lists the keys that no stack owns, asks, and revokes them
  $ pulumi-smooch audit --stack prod --revoke --only app_5a0b1c2d3e4f5a6b7c8d9e0f --yes`;

/** `pulumi-smooch audit`: compares an account with the stacks that own its objects. */
export function addAuditCommand(program: Command): void {
  program
    .command("audit")
    .description(
      "Compare an account with stacks: find live keys and other objects that no stack owns, drift and leftovers.",
    )
    .addOption(
      repeatable("--stack <name>", "a Pulumi stack; the first one provides the settings; repeatable"),
    )
    .addOption(
      repeatable(
        "--state <file>",
        "the output of `pulumi stack export` for another stack, - for standard input; repeatable",
      ),
    )
    .addOption(appOption())
    .addOption(folderOption())
    .option("--json", "print one line of JSON when done", false)
    .option("--revoke", "revoke the keys that no stack owns, after asking", false)
    .option("--delete", "delete everything else that no stack owns, except apps, after asking", false)
    .addOption(
      repeatable("--only <id>", "with --revoke or --delete: restrict it to this listed object; repeatable"),
    )
    .addOption(new Option("--yes", "with --revoke or --delete: do not ask").default(false))
    .addHelpText("after", examples)
    .action(run);
}

async function run(given: AuditFlags, command: Command): Promise<void> {
  requireUsable(given, command);
  const flags = await withSelectedStack(given, command);
  const { Audit } = await import("../audit/audit.js");
  const { writeReport } = await import("../audit/report.js");
  const audit = await Audit.prepare(flags);
  const comparison = await audit.look();
  const { findings, compared } = comparison;
  let actions: Action[] = [];
  try {
    if (!flags.json)
      console.log(
        writeReport(comparison, audit.names, { width: process.stdout.columns ?? 80, now: Date.now() }),
      );
    if (flags.revoke || flags.delete) actions = await act(audit, comparison, flags);
  } finally {
    if (flags.json) console.log(JSON.stringify({ ...audit.subject, compared, findings, actions }));
  }
  process.exitCode = statusOf(comparison, actions);
}

function requireUsable(flags: AuditFlags, command: Command): void {
  const acts = flags.revoke || flags.delete;
  if (acts && flags.stack.length + flags.state.length === 0) {
    command.error(
      "error: --revoke and --delete require --stack or --state for every stack that manages something in the account: what none of them owns is deleted",
    );
  }
  if (!acts && (flags.yes || flags.only.length > 0)) {
    command.error("error: --yes and --only require --revoke or --delete");
  }
  if (acts && !flags.yes && !process.stdin.isTTY) {
    command.error("error: stdin is not a terminal: review the list, then pass --yes");
  }
}

/** The selected stack is enough for reading; deleting requires stacks that the user named. */
async function withSelectedStack(flags: AuditFlags, command: Command): Promise<AuditFlags> {
  if (flags.stack.length + flags.state.length > 0) return flags;
  const { chooseStack } = await import("../shared/workspace.js");
  const stack = await chooseStack(flags.cwd, undefined);
  if (stack !== undefined) return { ...flags, stack: [stack] };
  return command.error(
    "error: no stack is selected: use --stack or --state for every stack that manages something in the account",
  );
}

async function act(audit: Audit, comparison: Comparison, flags: AuditFlags): Promise<Action[]> {
  const { chooseTargets, deleteAll, listTargets, toLine } = await import("../audit/act.js");
  const { confirm } = await import("../audit/confirm.js");
  const options = { ...flags, ownKeyId: audit.ownKeyId };
  const { targets, kept } = chooseTargets(comparison, options);
  if (kept.length > 0) {
    const ids = kept.map(({ id }) => id).join(", ");
    console.error(
      `Kept, because these stacks own nothing else in the same apps: ${ids}. To delete them, name them with --only.`,
    );
  }
  if (targets.length === 0) return [];
  if (!flags.yes && !(await confirm(targets))) {
    console.error("Nothing was deleted.");
    return [];
  }
  // Minutes may have passed, and an update may have run.
  const now = await audit.lookAgain(targets);
  const still = new Set(listTargets(now, options).map(({ id }) => id));
  const tell = flags.json ? console.error : console.log;
  return deleteAll(
    audit.witness,
    targets,
    ({ id }) => still.has(id),
    (action) => tell(toLine(action)),
  );
}

/** The exit status depends on the problems that remain. */
function statusOf({ findings }: Comparison, actions: readonly Action[]): number {
  if (actions.some(({ result }) => result === "failed")) return 1;
  const done = new Set(actions.flatMap(({ id, result }) => (result === "kept" ? [] : [id])));
  const isLeft = ({ severity, kind, id }: Finding) =>
    severity === "problem" && !(kind === "unowned" && id !== null && done.has(id));
  return findings.some(isLeft) ? 3 : 0;
}
