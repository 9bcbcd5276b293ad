// A grave incident while the page is in the background: it is heard until somebody acknowledges it, and the browser notifies.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Browser, enter, journey } from './lib/browser.mjs';
import { City, missing, until } from './lib/city.mjs';

const grave = {
  zones: [{ id: 'everywhere', points: [[0, 0], [1, 0], [1, 1], [0, 1]] }],
  rules: [{ id: 'grave', behaviour: 'intrusion', zones: ['everywhere'], gravity: 5 }],
};

describe('the alarm', { skip: missing(), timeout: 120_000 }, () => {
  let city;
  let browser;
  let page;

  before(async () => {
    city = await City.start({ name: 'alarm', cameras: ['lawn-west'], rules: { 'lawn-west': grave } });
    browser = await Browser.open();
    page = await browser.page(city);
    await page.context().grantPermissions(['notifications'], { origin: city.url });
    await page.addInitScript(() => {
      localStorage.setItem('bongsu.preferences', JSON.stringify({ state: { theme: 'dark', density: 'cosy', sound: true, notifications: true }, version: 0 }));
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
      window.heard = { tones: 0, titles: [] };
      const { start } = OscillatorNode.prototype;
      OscillatorNode.prototype.start = function counted(...when) {
        window.heard.tones += 1;
        return start.apply(this, when);
      };
      window.Notification = new Proxy(Notification, {
        construct(target, [title, options]) {
          window.heard.titles.push(`${title} / ${options.body}`);
          return new target(title, options);
        },
      });
    });
    await enter(page, city, 'operator');
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  const heard = () => page.evaluate(() => window.heard);

  it('sounds, notifies and falls silent', () =>
    journey('alarm', page, async () => {
      await until(async () => (await heard()).tones >= 6, { seconds: 60, what: 'the tones of gravity 5' });
      await until(async () => (await heard()).titles.length > 0, { seconds: 60, what: 'a notification' });
      const { titles } = await heard();
      assert.match(titles[0], /침입 \/ /, titles.join('\n'));
      const operator = await city.as('operator');
      const silent = async () => {
        for (const { id } of (await operator.get('/api/v1/incidents?state=new&limit=200')).json.incidents)
          await operator.post(`/api/v1/incidents/${id}/actions`, { action: 'acknowledge' });
        const { tones } = await heard();
        await page.waitForTimeout(5_500);
        return (await heard()).tones === tones;
      };
      await until(silent, { seconds: 60, what: 'silence after all were acknowledged' });
    }));
});
