import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type KindName, providerReference } from "./reference";

/**
 * A Smooch object as a Pulumi dynamic resource. Pulumi cannot import those: the option `import`
 * travels as an input instead, and the provider takes the object over when it is asked to create one.
 */
export abstract class SmoochResource extends pulumi.CustomResource {
  protected constructor(
    kind: KindName,
    type: string,
    name: string,
    inputs: pulumi.Inputs,
    outputs: { plain?: string[]; secret?: string[] },
    options: pulumi.CustomResourceOptions,
  ) {
    requireResolvable();
    const { plain = [], secret = [] } = outputs;
    const { import: adopted, ...others } = options;
    // Only what is named among the properties becomes a field of the resource (pulumi.md 1.1).
    const seeded = Object.fromEntries([...plain, ...secret].map((output) => [output, undefined]));
    super(
      `pulumi-nodejs:dynamic/smooch:${type}`,
      name,
      {
        ...seeded,
        ...inputs,
        ...(adopted !== undefined && { __adopt: adopted }),
        __resource: `${pulumi.getStack()}/${name}`,
        __provider: providerReference(kind),
      },
      pulumi.mergeOptions(others, { additionalSecretOutputs: secret }),
    );
  }
}

let resolvable = false;

/** Pulumi loads the provider from the program's folder, not from where this file lies (pulumi.md 1.9). */
function requireResolvable(): void {
  if (resolvable) return;
  try {
    // `require.resolve` with `paths` would find this very package by its own name, wherever they lead.
    createRequire(join(process.cwd(), "index.js")).resolve("pulumi-smooch/provider");
    resolvable = true;
  } catch {
    throw new pulumi.RunError(
      `pulumi-smooch cannot be found from ${process.cwd()}, where Pulumi will look for it: run \`npm install pulumi-smooch\` there.`,
    );
  }
}
