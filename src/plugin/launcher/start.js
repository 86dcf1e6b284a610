/** Starts the plugin, or says which version of Node.js it needs: this file runs on any. */
const needed = [20, 19];
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `pulumi-smooch needs Node.js ${needed.join(".")} or newer; \`node\` on PATH is ${process.versions.node}\n`,
  );
  process.exit(1);
}
require(`${__dirname}/index.js`);
