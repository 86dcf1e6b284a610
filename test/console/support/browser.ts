import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { findChromium } from "../../../scripts/chromium.mjs";
import { type EmulatorOptions, type RunningEmulator, startEmulator } from "../../../src/emulator/index";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function launch(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error("no Chromium is installed");
  return chromium.launch({ executablePath, args: flags });
}

/** A page of the console, and all that it requested and complained about. */
export interface Opened {
  readonly page: Page;
  readonly requested: string[];
  readonly complaints: string[];
}

/** One browser and one emulator for the tests of a file. */
export class Console {
  #browser: Browser | undefined;
  #emulator: RunningEmulator | undefined;
  readonly #opened: Opened[] = [];

  get running(): RunningEmulator {
    if (this.#emulator === undefined) throw new Error("the emulator has not been started");
    return this.#emulator;
  }

  get url(): string {
    return String(this.running.consoleUrl);
  }

  async start(options: EmulatorOptions): Promise<void> {
    this.#emulator = await startEmulator({ console: true, checkTargets: false, ...options });
    this.#browser = await launch();
  }

  /** Opens a view in a window of its own. */
  async open(view = "", options: BrowserContextOptions = {}): Promise<Page> {
    if (this.#browser === undefined) throw new Error("the browser has not been started");
    const context = await this.#browser.newContext(options);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const opened: Opened = { page, requested: [], complaints: [] };
    page.on("request", (request) => opened.requested.push(request.url()));
    page.on("console", (message) => {
      if (message.type() === "error") opened.complaints.push(message.text());
    });
    page.on("pageerror", (error) => opened.complaints.push(String(error)));
    this.#opened.push(opened);
    await page.goto(`${this.url}#/${view}`);
    return page;
  }

  /** No page has asked another server for anything, or has failed. */
  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#emulator?.close();
    const { origin } = new URL(this.url);
    const elsewhere = this.#opened
      .flatMap(({ requested }) => requested)
      .filter((url) => !url.startsWith("data:") && new URL(url).origin !== origin);
    expect(elsewhere).toEqual([]);
    expect(this.#opened.flatMap(({ complaints }) => complaints)).toEqual([]);
  }
}

/** Starts a console for the tests of a suite. */
export function consoleSuite(options: EmulatorOptions = {}): Console {
  const console = new Console();
  beforeAll(() => console.start(options));
  afterAll(() => console.stop());
  return console;
}
