// The selective wall with 36 pictures: what it costs until the first of them, and how smoothly it runs.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Browser, journey, logIn } from './lib/browser.mjs';
import { City, demoCameras, missing, until } from './lib/city.mjs';
import { note, quantile } from './lib/figures.mjs';

const tiles = 36;

function many() {
  const names = demoCameras().map((camera) => camera.id);
  return Array.from({ length: tiles }, (_, index) => ({
    id: `camera-${String(index + 1).padStart(2, '0')}`, from: names[index % names.length], name: `화면 ${index + 1}`,
    analyse: index < 3,
  }));
}

/** Runs in the page: when each tile came and when it had its first picture. */
function watchTiles() {
  window.tileTimes = new Map();
  const look = () => {
    for (const tile of document.querySelectorAll('main button[aria-pressed]')) {
      const times = window.tileTimes.get(tile) ?? { came: performance.now(), shown: null };
      window.tileTimes.set(tile, times);
      if (times.shown !== null) continue;
      const has = [...tile.querySelectorAll('video, img, canvas')].some((one) => one.readyState >= 2 || one.naturalWidth > 16);
      if (has) times.shown = performance.now();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

describe('the selective wall', { skip: missing(), timeout: 150_000 }, () => {
  let city;
  let browser;
  let page;

  before(async () => {
    city = await City.start({ name: 'wall', cameras: many() });
    browser = await Browser.open();
    page = await browser.page(city, { width: 1920, height: 1080 });
    const operator = await city.as('operator');
    assert.equal((await operator.put('/api/v1/shift', {})).status, 200);
    assert.equal((await operator.put('/api/v1/wall', { slots: tiles })).status, 200);
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  const test = (name, file, body) => it(name, () => journey(`wall-${file}`, page, body));

  test('loads the first page quickly and with little', 'load', async () => {
    await page.goto('/');
    await page.locator('input[type=password]').waitFor();
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
    note('console.page.first_load_ms', paint, 1500);
    await logIn(page, 'operator', city.passwords.operator);
    await page.getByRole('navigation').first().waitFor();
  });

  test('shows 36 pictures', 'pictures', async () => {
    await page.addInitScript(watchTiles);
    await page.goto('/wall');
    const shown = () => page.evaluate(() => [...window.tileTimes.values()].filter((one) => one.shown !== null).length);
    await until(async () => (await shown()) >= tiles, { seconds: 45, what: '36 pictures' });
    const seen = await page.evaluate(() => {
      const times = [...window.tileTimes.values()];
      const first = Math.min(...times.map((one) => one.shown));
      const scripts = performance.getEntriesByType('resource').filter((one) => /\.js$/.test(new URL(one.name).pathname) && one.startTime < first);
      return { waits: times.map((one) => one.shown - one.came), bytes: scripts.reduce((sum, one) => sum + one.encodedBodySize, 0) };
    });
    note('console.wall.first_picture.p50_ms', quantile(seen.waits, 0.5));
    note('console.wall.first_picture.p95_ms', quantile(seen.waits, 0.95), 1000);
    note('console.page.script_kb_before_first_picture', seen.bytes / 1000, 600);
    assert.ok(seen.bytes <= 600_000, `${seen.bytes} bytes of scripts before the first picture`);
  });

  test('runs smoothly', 'smooth', async () => {
    const frames = await page.evaluate(() => new Promise((done) => {
      const times = [];
      let last = performance.now();
      const end = last + 6000;
      const step = (now) => {
        times.push(now - last);
        last = now;
        if (now < end) requestAnimationFrame(step);
        else done(times.slice(1));
      };
      requestAnimationFrame(step);
    }));
    note('console.wall.frame.p50_ms', quantile(frames, 0.5));
    note('console.wall.frame.p95_ms', quantile(frames, 0.95), 50);
    // Against the browser's own rhythm: without a screen it may be 30 a second.
    const usual = quantile(frames, 0.5);
    note('console.wall.dropped_frames_percent', (100 * frames.filter((one) => one > 1.5 * usual).length) / frames.length);
    const videos = await page.evaluate(() => [...document.querySelectorAll('video')].filter((one) => one.readyState >= 2).length);
    note('console.wall.videos', videos);
  });

  test('keeps every tile in its place while cameras come and go', 'places', async () => {
    const places = () => page.evaluate(() => [...document.querySelectorAll('main button[aria-pressed]')].map((tile) => {
      const { x, y } = tile.getBoundingClientRect();
      return `${Math.round(x)},${Math.round(y)}`;
    }));
    const before = await places();
    await page.waitForTimeout(2000);
    assert.deepEqual(await places(), before);
  });

  test('is led by keys: layouts, pins, the enlarged picture', 'keys', async () => {
    await page.keyboard.press('P');
    const operator = await city.as('operator');
    await until(async () => (await operator.get('/api/v1/wall')).json.pins.length === 1, { what: 'a pin' });
    await page.keyboard.press('3');
    await until(async () => (await page.locator('main button[aria-pressed]').count()) <= 10, { what: 'nine tiles' });
    await page.keyboard.press('Enter');
    await until(async () => (await operator.get('/api/v1/wall')).json.tiles.some((tile) => tile?.is_focused), { what: 'an enlarged picture' });
  });

  test('met no error and asked nobody but its own server', 'outside', () => {
    assert.deepEqual(page.outside, []);
    assert.deepEqual(page.said.filter((line) => /^error: (?!Failed to load resource)/.test(line)), []);
  });
});
