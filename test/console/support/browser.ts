import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { findChromium } from "../../../scripts/chromium.mjs";
import { type RunningEmulator, type StartOptions, startEmulator } from "../../../src/emulator/index";

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

/** A window that keeps what its page requests and complains about. */
class Window {
  readonly #requested: string[] = [];
  readonly #complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly origin: string,
  ) {
    page.setDefaultTimeout(10_000);
    page.on("request", (request) => this.#requested.push(request.url()));
    page.on("console", (message) => {
      // A response with an error status is for the page to show.
      const isStatus = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !isStatus) this.#complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.#complaints.push(String(error)));
  }

  static async open(browser: Browser, origin: string, options: BrowserContextOptions): Promise<Window> {
    const context = await browser.newContext(options);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    return new Window(await context.newPage(), origin);
  }

  /** The page has asked no other server for anything, and nothing in it has failed. */
  check(): void {
    const isElsewhere = (url: string) => !url.startsWith("data:") && new URL(url).origin !== this.origin;
    expect(this.#requested.filter(isElsewhere)).toEqual([]);
    expect(this.#complaints).toEqual([]);
  }
}

/** One browser and one emulator for the tests of a file. */
export class ConsoleSuite {
  #browser: Browser | undefined;
  #emulator: RunningEmulator | undefined;
  readonly #windows: Window[] = [];

  get running(): RunningEmulator {
    if (this.#emulator === undefined) throw new Error("the emulator has not been started");
    return this.#emulator;
  }

  async start(options: StartOptions): Promise<void> {
    this.#emulator = await startEmulator({ console: true, checkTargets: false, ...options });
    this.#browser = await launch();
  }

  /** Opens a view in a window of its own. */
  async open(view = "", options: BrowserContextOptions = {}): Promise<Page> {
    return this.openAt(this.running, view, options);
  }

  /** The same for another emulator. */
  async openAt({ url }: RunningEmulator, view = "", options: BrowserContextOptions = {}): Promise<Page> {
    if (this.#browser === undefined) throw new Error("the browser has not been started");
    const window = await Window.open(this.#browser, url, options);
    this.#windows.push(window);
    await window.page.goto(`${url}/#/${view}`);
    return window.page;
  }

  /** Closes all windows; none may have done anything wrong. */
  async closeWindows(): Promise<void> {
    for (const window of this.#windows.splice(0)) {
      await window.page.context().close();
      window.check();
    }
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#emulator?.close();
  }
}

/** Starts a console for the tests of a suite. */
export function consoleSuite(options: StartOptions = {}): ConsoleSuite {
  const suite = new ConsoleSuite();
  beforeAll(() => suite.start(options));
  afterEach(() => suite.closeWindows());
  afterAll(() => suite.stop());
  return suite;
}
