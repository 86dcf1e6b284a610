// Pulumi installs this folder from a git URL, and runs it as the plugin.
require("pulumi-smooch/plugin");
