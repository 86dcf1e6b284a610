import { dirname } from "node:path";

// This package is found by its name, because the compiled file and the source are at different depths.

export const packageFolder = dirname(require.resolve("pulumi-smooch/package.json"));

export const ownManifest: {
  version: string;
  engines: { node: string };
  peerDependencies: { "@pulumi/pulumi": string };
  dependencies: { "p-limit": string };
} = require("pulumi-smooch/package.json");
