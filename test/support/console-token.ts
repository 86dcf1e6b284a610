/** The token that the console's page contains. */
export async function consoleToken(consoleUrl = ""): Promise<string> {
  const page = await (await fetch(consoleUrl)).text();
  return /<meta name="console-token" content="([^"]+)"/.exec(page)?.[1] ?? "";
}
