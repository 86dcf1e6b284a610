/** This package's own. Found by its name, because the compiled file and the source are at different depths. */
export const ownManifest: {
  version: string;
  engines: { node: string };
  peerDependencies: { "@pulumi/pulumi": string };
  dependencies: { "p-limit": string };
} = require("pulumi-smooch/package.json");
