import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { idOutput, type KindName, onlyId, providerModule, providerReference, typeToken } from "../kinds";
import "./debuglog";
import { warnOfPlainSecrets } from "./plainsecrets";
import { suppressStackTraces } from "./stacks";

/**
 * A Smooch object as a Pulumi dynamic resource. Pulumi cannot import dynamic resources. Instead, the option `import`
 * is passed as an input, and the provider adopts the object when Pulumi asks it to create one.
 */
export abstract class SmoochResource extends pulumi.CustomResource {
  protected constructor(
    kind: KindName,
    name: string,
    inputs: pulumi.Inputs,
    outputs: { plain?: string[]; secret?: string[] },
    options: pulumi.CustomResourceOptions,
  ) {
    requireResolvable();
    warnOfPlainSecrets();
    const { plain = [], secret = [] } = outputs;
    const { import: adopted, ...others } = options;
    const outputNames = [...plain, ...secret];
    const undeclared = Object.keys(inputs).filter(
      (input) => inputs[input] === undefined && !outputNames.includes(input) && options.id === undefined,
    );
    // Pulumi only creates fields for properties that are listed when the resource is registered.
    const seededNames = options.id === onlyId ? [...outputNames, idOutput] : outputNames;
    const seeded = Object.fromEntries(seededNames.map((output) => [output, undefined]));
    const properties = {
      ...seeded,
      ...without(inputs, undeclared),
      ...(adopted !== undefined && { __adopt: adopted }),
      __resource: `${pulumi.getStack()}/${name}`,
      __provider: providerReference(kind),
    };
    const restoreStackTraces = suppressStackTraces();
    try {
      super(
        typeToken(kind),
        name,
        properties,
        pulumi.mergeOptions(others, { additionalSecretOutputs: secret }),
      );
    } catch (error) {
      restoreStackTraces();
      // Created without a stack, because users need the caller's line instead.
      if (error instanceof Error) Error.captureStackTrace(error, new.target);
      throw error;
    }
    restoreStackTraces();
    // Not managed, so never returned. Sharing one output saves Pulumi's work for each field of each resource.
    for (const input of undeclared)
      Object.defineProperty(this, input, { value: undefinedOutput, enumerable: true });
    if (options.id === onlyId) Object.defineProperty(this, "id", { value: Reflect.get(this, idOutput) });
  }
}

const undefinedOutput: pulumi.Output<undefined> = pulumi.output(undefined);

function without(inputs: pulumi.Inputs, names: readonly string[]): pulumi.Inputs {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name)));
}

let resolvable = false;

/**
 * Throws if Pulumi cannot load the provider, which it loads from the program's folder and not from where this file
 * is. For an inline program that is its project's folder, which is unknown here.
 */
function requireResolvable(): void {
  if (resolvable || !isRunByPulumi()) return;
  try {
    // `require.resolve` with `paths` would find this package itself by its name, whatever the paths.
    createRequire(join(process.cwd(), "index.js")).resolve(providerModule);
    resolvable = true;
  } catch {
    throw new pulumi.RunError(
      `pulumi-smooch cannot be found from ${process.cwd()}, where Pulumi will look for it: run \`npm install pulumi-smooch\` there.`,
    );
  }
}

/** Returns whether Pulumi's own runner started this process, in the program's folder. */
function isRunByPulumi(): boolean {
  return String(process.argv[1]).includes(join("@pulumi", "pulumi", "cmd", "run"));
}
