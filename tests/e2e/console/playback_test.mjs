// Stored pictures: seeking, speed, single pictures, search in a region, and a clip that ffprobe can play.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { Browser, enter, journey } from './lib/browser.mjs';
import { City, everywhere, missing, until } from './lib/city.mjs';
import { note, quantile } from './lib/figures.mjs';

const camera = 'lawn-west';
const wantedMs = 30_000;

describe('playback', { skip: missing(), timeout: 200_000 }, () => {
  let city;
  let browser;
  let page;
  let supervisor;
  let span;

  before(async () => {
    city = await City.start({ name: 'playback', cameras: [camera], rules: { [camera]: everywhere } });
    supervisor = await city.as('supervisor');
    supervisor.purpose = 'request:2026-0412';
    browser = await Browser.open();
    page = await browser.page(city);
    await page.addInitScript(() => {
      localStorage.setItem('bongsu.purpose', JSON.stringify({ state: { chosen: 'request:2026-0412' }, version: 0 }));
    });
    span = await until(async () => {
      const from = new Date(Date.now() - 600_000).toISOString();
      const to = new Date().toISOString();
      const { spans } = (await supervisor.get(`/api/v1/cameras/${camera}/recordings?from=${from}&to=${to}`)).json;
      return spans.find((one) => Date.parse(one.to) - Date.parse(one.from) >= wantedMs);
    }, { seconds: 90, what: 'half a minute of recording' });
    await enter(page, city, 'supervisor', `/playback?camera=${camera}&at=${new Date(Date.parse(span.from) + 12_000).toISOString()}`);
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  const test = (name, file, body) => it(name, () => journey(`playback-${file}`, page, body));
  const position = () => page.locator('video').first().evaluate((video) => video.currentTime);

  /** Milliseconds from the key to the first picture of another moment. */
  const seek = (key) => page.evaluate((key) => new Promise((done, failed) => {
    const video = document.querySelector('video');
    const before = video.currentTime;
    let begun = 0;
    setTimeout(() => failed(new Error(`no picture within 8 s after ${key}`)), 8000);
    const look = (now, { mediaTime }) => {
      if (begun > 0 && Math.abs(mediaTime - before) > 1) done(performance.now() - begun);
      else video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
    begun = performance.now();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { code: key, key, bubbles: true, cancelable: true }));
  }), key);

  test('shows the moment that the address names', 'first', async () => {
    await until(() => page.evaluate(() => document.querySelector('video')?.readyState >= 2), { what: 'a stored picture' });
    await page.getByRole('slider', { name: '시간축' }).waitFor();
  });

  test('jumps to another moment at once', 'seek', async () => {
    await page.keyboard.press('K');
    const times = [];
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowRight', 'ArrowLeft']) times.push(await seek(key));
    note('console.playback.seek.p50_ms', quantile(times, 0.5));
    note('console.playback.seek.max_ms', Math.max(...times), 500);
  });

  test('goes on and back by single pictures', 'step', async () => {
    await page.keyboard.press('K');
    const first = await position();
    await page.keyboard.press('.');
    await until(async () => (await position()) > first, { what: 'the next picture' });
    const second = await position();
    assert.ok(second - first < 0.3, `one picture on is ${second - first} s`);
    await page.keyboard.press(',');
    await until(async () => (await position()) < second, { what: 'the picture before' });
  });

  test('plays four times as fast', 'fast', async () => {
    const clock = page.getByLabel('시각으로 이동');
    const moment = async () => Date.parse((await clock.inputValue()).replace(' ', 'T'));
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowLeft');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('L');
    const from = await moment();
    await until(async () => (await moment()) >= from + 2000, { what: 'the clock running' });
    const [at, begun] = [await moment(), Date.now()];
    await page.waitForTimeout(2500);
    const speed = (await moment() - at) / (Date.now() - begun);
    await page.keyboard.press('K');
    assert.ok(speed > 2.5 && speed < 6, `the speed was ${speed}`);
  });

  test('finds motion', 'search', async () => {
    await page.keyboard.press('F');
    await page.getByRole('button', { name: '찾기', exact: true }).click();
    await page.getByText(/\d+곳 · \d+장 살펴봄/).waitFor({ timeout: 30_000 });
    assert.doesNotMatch(await page.getByText(/\d+곳 · \d+장 살펴봄/).textContent(), /^0곳/);
    await page.keyboard.press('Escape');
  });

  test('exports a clip that plays and whose hash is right', 'export', async () => {
    await page.goto(`/playback?camera=${camera}&at=${new Date(Date.parse(span.from) + 5000).toISOString()}`);
    await until(() => page.evaluate(() => document.querySelector('video')?.readyState >= 2), { what: 'a stored picture' });
    await page.keyboard.press('K');
    await page.keyboard.press('I');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('O');
    await page.keyboard.press('E');
    await page.getByRole('button', { name: '반출 만들기' }).click();
    const made = await until(async () => (await supervisor.get('/api/v1/exports')).json.exports.find((one) => one.state === 'ready'), { what: 'the export' });
    assert.equal(made.purpose, 'request:2026-0412');
    await page.getByText(made.sha256.slice(0, 8)).first().waitFor();
    const file = await supervisor.get(`/api/v1/exports/${made.id}/file`);
    assert.equal(createHash('sha256').update(file.bytes).digest('hex'), made.sha256);
    const path = join(city.folder, 'clip.mp4');
    writeFileSync(path, file.bytes);
    const seen = JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-count_frames', '-show_streams', '-of', 'json', path], { encoding: 'utf8' }));
    const video = seen.streams.find((one) => one.codec_type === 'video');
    assert.ok(Number(video.nb_read_frames) > 20, `${video.nb_read_frames} pictures`);
    assert.ok(Number(video.duration) >= 4 && Number(video.duration) <= 15, `${video.duration} s`);
  });

  test('met no error and asked nobody but its own server', 'outside', () => {
    assert.deepEqual(page.outside, []);
    assert.deepEqual(page.said.filter((line) => /^error: (?!Failed to load resource)/.test(line)), []);
  });
});
