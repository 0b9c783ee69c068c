/** The real browser that tests of pages and of browser code use, where there is one. */
import { existsSync } from "node:fs";
import { chromium, type Page } from "playwright-core";

const CHROMIUM = process.env.STOCKBOOK_CHROMIUM ?? "/usr/bin/chromium";

/** Why there is no browser here; nothing where there is one. */
export const withoutBrowser: string | undefined = existsSync(CHROMIUM)
  ? undefined
  : `there is no ${CHROMIUM}`;

/** A browser that asks nobody for anything by itself. */
export async function openBrowser(): Promise<AsyncDisposable & { newPage(): Promise<Page> }> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    newPage: () => browser.newPage(),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
