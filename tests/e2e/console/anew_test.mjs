// Pictures that are made anew before they are sent: what privacy masks hide leaves the server for nobody without the right,
// and a browser without H.265 plays, seeks and steps all the same.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { Browser, enter, journey } from './lib/browser.mjs';
import { City, film, missing, until } from './lib/city.mjs';
import { note } from './lib/figures.mjs';
import { fromWeb } from './lib/packages.mjs';

const WebSocket = fromWeb('ws');

const purpose = 'request:2026-0412';
const leftHalf = [[0, 0], [0.5, 0], [0.5, 1], [0, 1]];
const headSize = 24;

/** A folder of two films: one of the demo's, and the same as H.265. */
function films() {
  const folder = mkdtempSync(join(tmpdir(), 'bongsu-films-'));
  const make = (name, ...coder) => execFileSync('ffmpeg', ['-v', 'error', '-y', '-t', '20', '-i', film('plaza-sub.mp4'), ...coder, join(folder, name)]);
  make('plain.mp4', '-c', 'copy');
  make('hevc.mp4', '-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-x265-params', 'log-level=error:bframes=0:keyint=20:min-keyint=20');
  writeFileSync(join(folder, 'cameras.yaml'), 'cameras:\n  - {id: plain, name: 광장, main: plain.mp4}\n  - {id: hevc, name: 역, main: hevc.mp4}\n');
  return folder;
}

describe('pictures made anew', { skip: missing(), timeout: 240_000 }, () => {
  let folder;
  let city;
  let supervisor;
  let agency;
  let span;

  before(async () => {
    folder = films();
    city = await City.start({
      name: 'anew',
      footage: folder,
      cameras: [{ id: 'masked', from: 'plain', organisation: 'city', private_masks: [leftHalf] }, { id: 'hevc', organisation: 'city' }],
    });
    supervisor = await city.as('supervisor');
    supervisor.purpose = purpose;
    agency = await city.newUser(await city.as('admin'), 'police', 'city', [{ role: 'agency', scope: '*' }]);
    agency.purpose = purpose;
    span = await until(async () => {
      const times = [-600_000, 0].map((ms) => new Date(Date.now() + ms).toISOString());
      const { spans } = (await supervisor.get(`/api/v1/cameras/hevc/recordings?from=${times[0]}&to=${times[1]}`)).json;
      return spans.find((one) => Date.parse(one.to) - Date.parse(one.from) >= 20_000);
    }, { seconds: 90, what: 'a recording' });
  });
  after(async () => {
    await city?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const at = (seconds) => new Date(Date.parse(span.from) + seconds * 1000).toISOString();

  /** Decodes with ffmpeg, as a stranger would: how many pictures, and the brightest pixel of each half. */
  function look(bytes) {
    const file = join(folder, 'sent.mp4');
    writeFileSync(file, bytes);
    const size = [64, 36];
    const args = ['-v', 'error', '-i', file, '-vf', `scale=${size.join(':')}:flags=area,format=gray`, '-f', 'rawvideo', '-'];
    const grey = execFileSync('ffmpeg', args, { maxBuffer: 1 << 28 });
    const brightest = [0, 0];
    grey.forEach((value, index) => {
      const x = index % size[0];
      const half = x < size[0] / 2 - 1 ? 0 : 1;
      brightest[half] = Math.max(brightest[half], value);
    });
    return { pictures: grey.length / (size[0] * size[1]), left: brightest[0], right: brightest[1] };
  }

  function assertMasked(bytes, what) {
    const seen = look(bytes);
    assert.ok(seen.pictures > 0, `${what}: no picture`);
    assert.ok(seen.left < 40, `${what}: the hidden half shows ${seen.left}`);
    assert.ok(seen.right > 80, `${what}: the other half is black, too`);
  }

  /** What a live socket sends in some seconds: {info, file}. */
  const live = (caller, camera, seconds) => new Promise((done, failed) => {
    const path = `/api/v1/cameras/${camera}/live?role=main&purpose=${encodeURIComponent(caller.purpose)}`;
    const socket = new WebSocket(`${city.url.replace('http', 'ws')}${path}`, { headers: { cookie: caller.cookie, origin: city.url } });
    const parts = [];
    let info;
    socket.once('open', () => socket.send(JSON.stringify({ type: 'can', hevc: true })));
    socket.on('message', (data, isBinary) => {
      if (isBinary) parts.push(data.subarray(headSize));
      else if (JSON.parse(data.toString()).type === 'stream') info = JSON.parse(data.toString());
    });
    socket.once('error', failed);
    setTimeout(() => {
      socket.close();
      done({ info, file: Buffer.concat(parts) });
    }, seconds * 1000);
  });

  it('hide the masked area in live video', async () => {
    const { info, file } = await live(supervisor, 'masked', 4);
    assert.equal(info.note, 'masked');
    assertMasked(file, 'live');
    const open = await live(agency, 'masked', 3);
    assert.equal(open.info.note, '');
    assert.ok(look(open.file).left > 80);
  });

  it('hide it in stored video, slow and fast, and in the copy that is taken out', async () => {
    const piece = await supervisor.get(`/api/v1/cameras/masked/media?from=${at(3)}&to=${at(7)}`);
    assert.equal(piece.headers['bongsu-media-note'], 'masked');
    assertMasked(piece.bytes, 'media');
    assertMasked((await supervisor.get(`/api/v1/cameras/masked/media?keys_only=true&from=${at(0)}&to=${at(15)}`)).bytes, 'key pictures');
    assert.ok(look((await agency.get(`/api/v1/cameras/masked/media?from=${at(3)}&to=${at(7)}`)).bytes).left > 80);
    const body = { camera: 'masked', from: at(2), to: at(8), format: 'mp4' };
    const { id } = (await supervisor.post('/api/v1/exports', body)).json;
    const made = await until(async () => (await supervisor.get('/api/v1/exports')).json.exports.find((one) => one.id === id && one.state !== 'making'), { seconds: 60, what: 'the export' });
    assert.equal(made.state, 'ready', made.words);
    assert.equal(made.masked, true);
    assertMasked((await supervisor.get(`/api/v1/exports/${id}/file`)).bytes, 'export');
  });

  it('let a browser without H.265 play, seek and step', async () => {
    const browser = await Browser.open();
    const page = await browser.page(city);
    await page.addInitScript((purpose) => {
      localStorage.setItem('bongsu.purpose', JSON.stringify({ state: { chosen: purpose }, version: 0 }));
      const native = MediaSource.isTypeSupported.bind(MediaSource);
      MediaSource.isTypeSupported = (mime) => !/hvc1|hev1/.test(mime) && native(mime);
    }, purpose);
    await journey('anew-hevc', page, async () => {
      await enter(page, city, 'supervisor', `/playback?camera=hevc&at=${at(5)}`);
      const video = page.locator('video').first();
      const moment = () => video.evaluate((one) => one.currentTime);
      await until(() => video.evaluate((one) => one.readyState >= 2), { what: 'a picture of H.265' });
      await page.getByText(/H\.264/).first().waitFor();
      await page.keyboard.press('K');
      await page.waitForTimeout(500);
      const first = await moment();
      await page.keyboard.press('.');
      await until(async () => (await moment()) > first, { what: 'the next picture' });
      assert.ok((await moment()) - first < 0.3);
      const begun = Date.now();
      const before = await moment();
      await page.keyboard.press('ArrowRight');
      await until(async () => (await moment()) > before + 4 && (await video.evaluate((one) => !one.seeking && one.readyState >= 2)), { what: 'the picture five seconds on' });
      note('console.playback.seek_hevc_ms', Date.now() - begun);
    });
    await browser.close();
  });
});
