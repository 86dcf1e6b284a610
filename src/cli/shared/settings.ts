import { z } from "zod";
import { isLoopback } from "../../loopback";
import { readSettings, type Settings } from "../../provider/settings";
import { credentialName } from "../../smooch/credentials";
import { Redactor } from "../../smooch/redact";
import { type Check, failed, ok, problem, warning } from "./check";
import { runPulumi } from "./pulumi";

type Environment = Readonly<Record<string, string | undefined>>;

const configuration = z.record(
  z.string(),
  z.object({ value: z.string().optional(), secret: z.boolean().optional() }),
);

/** The settings that `pulumi up` will use, or everything that is wrong with them. */
export async function checkSettings(
  folder: string,
  stack: string | undefined,
  environment: Environment,
): Promise<{ checks: Check[]; settings?: Settings }> {
  let configured: z.infer<typeof configuration>;
  try {
    configured = stack === undefined ? {} : await readConfiguration(folder, stack);
  } catch (error) {
    return { checks: [failed("settings", error)] };
  }

  const result = readSettings((name) => configured[name]?.value, environment);
  if ("settings" in result) {
    const { settings } = result;
    const message = `Settings: ${settings.apiVersion} at ${settings.baseUrl} as ${credentialName(settings.credential)}`;
    const warnings = result.warnings.map((line) => warning("settings", line));
    return { checks: [ok("settings", message), ...warnings, ...plainSecrets(configured)], settings };
  }
  const redactor = new Redactor();
  for (const { value, secret } of Object.values(configured)) if (secret) redactor.learn(value);
  const fix = "No stack is selected: to include a stack's configuration, add --stack <name>.";
  return {
    checks: result.failures.map(({ property, reason }) =>
      problem("settings", redactor.redact(`${property} ${reason}`), stack === undefined ? fix : undefined),
    ),
  };
}

/**
 * Warns about secrets in plain text, which anyone with access to the stack's file or state can read. Does not apply to
 * the emulator's keys.
 */
function plainSecrets(configured: z.infer<typeof configuration>): Check[] {
  if (isLoopback(configured["smooch:baseUrl"]?.value ?? "")) return [];
  return ["accountKeySecret", "accountToken"].flatMap((name): Check[] => {
    const { value, secret } = configured[`smooch:${name}`] ?? {};
    if (!value || secret) return [];
    return [
      warning(
        "settings",
        `smooch:${name} is stored in plain text in the stack's configuration and its state`,
        `Replace it in Smooch, and run \`pulumi config set --secret smooch:${name}\`, which asks for the new one.`,
      ),
    ];
  });
}

/** The same for a command that needs valid settings. */
export async function requireSettings(
  folder: string,
  stack: string | undefined,
  environment: Environment,
): Promise<Settings> {
  const { checks, settings } = await checkSettings(folder, stack, environment);
  if (settings !== undefined) return settings;
  const fixes = new Set(checks.map(({ fix }) => fix).filter((fix) => fix !== undefined));
  throw new Error([...checks.map(({ message }) => message), ...fixes].join("\n"));
}

async function readConfiguration(folder: string, stack: string): Promise<z.infer<typeof configuration>> {
  const text = await runPulumi(folder, ["config", "--json", "--show-secrets", `--stack=${stack}`]);
  try {
    return configuration.parse(JSON.parse(text));
  } catch {
    // The parser's message would quote the output, including secrets.
    throw new Error("`pulumi config` did not print the expected JSON");
  }
}
