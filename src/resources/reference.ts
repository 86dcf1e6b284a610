/** Names of the provider module's exports. */
export type KindName = "app" | "key" | "webhook" | "integration";

/**
 * The text that Pulumi writes into the state of every resource and runs to manage it. It is constant: no code is
 * serialized, so old stacks are always managed by the package that is installed. It never changes once released.
 */
export function providerReference(kind: KindName): string {
  return `exports.handler=()=>require("pulumi-smooch/provider").${kind}`;
}
