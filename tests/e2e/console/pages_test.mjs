// Every page: no violation that axe-core finds, in both themes; keys listed and never double; pictures for people to look at.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { Browser, enter, journey } from './lib/browser.mjs';
import { City, everywhere, missing, root } from './lib/city.mjs';
import { fromWeb } from './lib/packages.mjs';

const axe = readFileSync(fromWeb.resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.BONGSU_SCREENSHOT_DIR ?? join(root, 'build/screenshots');
mkdirSync(pictures, { recursive: true });
const wantsAll = process.env.BONGSU_SCREENSHOTS === 'all';
const only = process.env.BONGSU_PAGES?.split(',');

/** Page, who looks at it, where it is. */
const pages = [
  ['control', 'operator', '/control'],
  ['wall', 'operator', '/wall'],
  ['map', 'operator', '/map'],
  ['playback', 'supervisor', '/playback?camera=plaza&camera=junction'],
  ['history', 'operator', '/history'],
  ['cameras', 'admin', '/cameras'],
  ['camera', 'admin', '/cameras/plaza'],
  ['camera-settings', 'admin', '/cameras/plaza/settings'],
  ['zones', 'supervisor', '/cameras/plaza/zones'],
  ['versions', 'admin', '/cameras/plaza/versions'],
  ['add-url', 'admin', '/cameras/~add/url'],
  ['add-scan', 'admin', '/cameras/~add/scan'],
  ['add-csv', 'admin', '/cameras/~add/csv'],
  ['groups', 'admin', '/cameras/~groups'],
  ['health', 'admin', '/cameras/~health'],
  ['system', 'admin', '/cameras/~system'],
  ['supervisor', 'supervisor', '/supervisor'],
  ['users', 'admin', '/users'],
  ['audit', 'auditor', '/audit'],
  ['account', 'operator', '/account'],
  ['docs', 'operator', '/docs'],
].filter(([name]) => !only || only.includes(name));

const looks = wantsAll
  ? ['ko', 'en'].flatMap((language) => ['dark', 'light'].flatMap((theme) => [[language, theme, 1366, 768], [language, theme, 3840, 2160]]))
  : [['ko', 'dark', 1366, 768]];

describe('every page', { skip: missing(), timeout: wantsAll ? 1_800_000 : 280_000 }, () => {
  let city;
  let browser;

  before(async () => {
    city = await City.start({ name: 'pages', cameras: ['plaza', 'junction', 'station', 'lawn-west', 'dusk', 'crossing'], rules: { 'lawn-west': everywhere } });
    const admin = await city.as('admin');
    await city.newUser(admin, 'auditor', 'city', [{ role: 'auditor', scope: '*' }]);
    const operator = await city.as('operator');
    await operator.put('/api/v1/shift', {});
    await city.incident(operator);
    browser = await Browser.open();
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  for (const [language, theme, width, height] of looks) {
    const look = `${language}-${theme}-${width}x${height}`;
    it(`is sound in ${look}`, async () => {
      const faults = [];
      const users = new Map();
      for (const [name, user, path] of pages) {
        if (!users.has(user)) {
          const page = await browser.page(city, { language, theme, width, height });
          await page.addInitScript(() => localStorage.setItem('bongsu.purpose', JSON.stringify({ state: { chosen: 'request:2026-0412' }, version: 0 })));
          await enter(page, city, user);
          users.set(user, page);
        }
        const page = users.get(user);
        page.said.length = 0;
        await page.goto(path);
        await journey(`pages-${name}-${look}`, page, async () => {
          await page.locator('main').waitFor();
          if (wantsAll) await page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined);
          await page.waitForTimeout(1000);
          await page.screenshot({ path: join(pictures, `${name}-${look}.png`) });
          if (name === 'map') {
            const shown = await page.locator('main canvas').first().evaluate((canvas) => canvas.parentElement.parentElement.clientHeight);
            if (shown < height / 2) faults.push(`map: it is ${shown} px high`);
          }
          if (height > 1000) return;
          await page.evaluate(axe);
          const check = async (options) => {
            const found = await page.evaluate((more) => window.axe.run(document, { resultTypes: ['violations'], iframes: false, ...more }), options);
            for (const { id, nodes } of found.violations) faults.push(`${name}: ${id}: ${nodes.map((node) => node.target.join(' ')).slice(0, 3).join('; ')}`);
          };
          await check({});
          // The other theme differs in colours alone.
          const other = theme === 'dark' ? 'light' : 'dark';
          await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), other);
          await page.waitForTimeout(250);
          await page.screenshot({ path: join(pictures, `${name}-${language}-${other}-${width}x${height}.png`) });
          await check({ runOnly: ['color-contrast'] });
          for (const line of page.said) if (/^error: (?!Failed to load resource)/.test(line)) faults.push(`${name}: ${line.slice(0, 300)}`);
          for (const line of page.outside) faults.push(`${name} asks ${line}`);
          await page.evaluate(() => document.activeElement?.blur());
          await page.keyboard.press('?');
          const dialog = page.getByRole('dialog').filter({ hasText: /단축키|Keyboard/ });
          await dialog.waitFor({ timeout: 4000 }).catch(() => faults.push(`${name}: ? shows no list of keys`));
          const listed = await dialog.locator('section').evaluateAll((groups) => groups.flatMap((group) => [...group.querySelectorAll('li .visually-hidden')].map((key) => key.textContent)));
          const twice = listed.filter((key, index) => listed.indexOf(key) !== index);
          if (twice.length > 0) faults.push(`${name}: keys that stand for two things: ${twice}`);
        });
      }
      for (const page of users.values()) await page.context().close();
      assert.equal(faults.join('\n'), '');
    });
  }
});
