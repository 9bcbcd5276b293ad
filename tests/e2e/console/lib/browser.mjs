// Chromium on the console's page, and what remains of a test that fails: a picture, the page's own messages, the server's log.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { chromium as program, out } from './city.mjs';
import { fromWeb } from './packages.mjs';

const { chromium } = fromWeb('playwright-core');

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser with pages of its own for each user. */
export class Browser {
  static async open() {
    const browser = new Browser();
    browser.browser = await chromium.launch({ executablePath: program, headless: true, args: flags });
    return browser;
  }

  /** Options: `language` ko or en, `theme` dark or light, `width`, `height`. */
  async page(city, { language = 'ko', theme = 'dark', width = 1366, height = 768 } = {}) {
    const context = await this.browser.newContext({
      ignoreHTTPSErrors: true,
      baseURL: city.url,
      locale: language === 'ko' ? 'ko-KR' : 'en-GB',
      timezoneId: 'Asia/Seoul',
      viewport: { width, height },
      acceptDownloads: true,
    });
    await context.addInitScript(
      ([theme, language]) => {
        if (!localStorage.getItem('bongsu.preferences'))
          localStorage.setItem('bongsu.preferences', JSON.stringify({ state: { theme, density: 'cosy', sound: false, notifications: false }, version: 0 }));
        if (!localStorage.getItem('bongsu.language')) localStorage.setItem('bongsu.language', language);
      },
      [theme, language],
    );
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    page.said = [];
    page.on('pageerror', (error) => page.said.push(`error: ${error.stack ?? error}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) page.said.push(`${message.type()}: ${message.text()}`);
    });
    page.outside = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^(https?|wss?):$/.test(url.protocol) && url.host !== new URL(city.url).host) page.outside.push(request.url());
    });
    return page;
  }

  async close() {
    await this.browser.close();
  }
}

/** The body of a test: when it fails, a picture of `page` stays, with what it said. */
export async function journey(name, page, body) {
  try {
    await body(page);
  } catch (error) {
    const file = join(out, name);
    await page.screenshot({ path: `${file}.png` }).catch(() => undefined);
    writeFileSync(`${file}.page.log`, [page.url(), ...page.said].join('\n'));
    error.message = `${error.message}\n  picture: ${file}.png, messages of the page: ${file}.page.log, logs of the programs: ${out}/*.server.log`;
    throw error;
  }
}

/** Logs in through the form, as a person does. */
export async function logIn(page, user, password, path = '/') {
  await page.goto(path);
  await page.locator('input[autocomplete=username]').fill(user);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
}

/** Logs in without the form: for tests about something else. */
export async function enter(page, city, user, path = '/', password = city.passwords[user]) {
  const answer = await page.context().request.post(`${city.url}/api/v1/session`, { data: { user, password } });
  if (!answer.ok()) throw new Error(`login of ${user}: ${answer.status()} ${await answer.text()}`);
  await page.goto(path);
  await page.locator('main').waitFor();
}
