// The map on tiles of the configuration: asked for by ranges, drawn, and left out with words when they are broken.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { Browser, enter, journey } from './lib/browser.mjs';
import { City, missing, until } from './lib/city.mjs';
import { waterArchive } from './lib/pmtiles.mjs';

/** The colour of the picture there, and those of the map's tokens: [r, g, b]. */
async function colours(page, x, y) {
  const picture = [...(await page.screenshot())];
  return page.evaluate(
    async ({ picture, x, y }) => {
      const canvas = document.createElement('canvas').getContext('2d');
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(picture)], { type: 'image/png' }));
      canvas.canvas.width = bitmap.width;
      canvas.canvas.height = bitmap.height;
      canvas.drawImage(bitmap, 0, 0);
      const pixel = [...canvas.getImageData(x, y, 1, 1).data.slice(0, 3)];
      const token = (name) => {
        canvas.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
      };
      return { pixel, water: token('--map-water'), land: token('--map-land') };
    },
    { picture, x, y },
  );
}

const isNear = (one, two) => one.every((value, index) => Math.abs(value - two[index]) <= 3);

describe('the map on tiles', { skip: missing(), timeout: 150_000 }, () => {
  let folder;
  let city;
  let browser;
  let tiles;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bongsu-tiles-'));
    tiles = join(folder, 'city.pmtiles');
    writeFileSync(tiles, 'not yet');
    city = await City.start({ name: 'map', cameras: ['plaza', 'junction'], prepare: (config) => (config.console.map_tiles = tiles) });
    const { center } = (await (await city.as('operator')).get('/api/v1/map')).json;
    writeFileSync(tiles, waterArchive(center));
    browser = await Browser.open();
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('asks for ranges and draws what is in them', async () => {
    const page = await browser.page(city);
    await journey('map-tiles', page, async () => {
      const answers = [];
      page.on('response', (response) => {
        if (response.url().endsWith('/api/v1/map/tiles')) answers.push([response.status(), response.request().headers().range]);
      });
      await enter(page, city, 'operator', '/map');
      await page.locator('canvas').first().waitFor();
      const box = await page.locator('canvas').first().boundingBox();
      const at = [Math.round(box.x + box.width * 0.75), Math.round(box.y + box.height * 0.3)];
      await until(async () => {
        const { pixel, water } = await colours(page, ...at);
        return isNear(pixel, water);
      }, { what: 'water where the tiles have it' });
      assert.ok(answers.length >= 2, JSON.stringify(answers));
      for (const [status, range] of answers) {
        assert.equal(status, 206);
        assert.match(range, /^bytes=\d+-\d+$/);
      }
      assert.equal(await page.getByText('PMTiles').count(), 0);
      assert.deepEqual(page.outside, []);
    });
  });

  for (const [what, broken] of [
    ['no archive', () => Buffer.from('this is no archive at all'.repeat(40))],
    ['a torn directory', (whole) => Buffer.concat([whole.subarray(0, 127), Buffer.alloc(whole.length - 127, 255)])],
    ['damaged tiles', (whole) => Buffer.concat([whole.subarray(0, whole.length - 20), Buffer.alloc(20, 255)])],
  ]) {
    it(`says in words that the file is broken and draws the GeoJSON: ${what}`, async () => {
      const { center } = (await (await city.as('operator')).get('/api/v1/map')).json;
      writeFileSync(tiles, broken(waterArchive(center)));
      const page = await browser.page(city);
      await journey('map-broken', page, async () => {
        await enter(page, city, 'operator', '/map');
        await page.getByText(/PMTiles.*GeoJSON/).waitFor();
        const box = await page.locator('canvas').first().boundingBox();
        const at = [Math.round(box.x + box.width * 0.75), Math.round(box.y + box.height * 0.3)];
        await until(async () => {
          const { pixel, water } = await colours(page, ...at);
          return !isNear(pixel, water);
        }, { what: 'the ground of the GeoJSON' });
      });
    });
  }

  it('draws the map below the picture of an open camera', async () => {
    const page = await browser.page(city);
    await journey('map-picture', page, async () => {
      await enter(page, city, 'operator', '/map?camera=plaza');
      const popup = page.locator('.maplibregl-popup');
      await popup.locator('video').waitFor();
      await until(() => popup.locator('video').evaluate((video) => video.currentTime > 0), { what: 'a picture' });
      // The camera looks down the map: what it sees is drawn below its place.
      const seen = async () => {
        const box = await popup.boundingBox();
        const { pixel } = await colours(page, Math.round(box.x + box.width / 2), Math.round(box.y + box.height + 65));
        return pixel;
      };
      await until(async () => !(await page.locator('.maplibregl-map').evaluate((map) => map.getAnimations({ subtree: true }).some((each) => each.playState === 'running'))), { what: 'a calm map' });
      const withPicture = await seen();
      await popup.locator('video').evaluate((video) => (video.style.visibility = 'hidden'));
      await until(async () => isNear(await seen(), withPicture), { what: 'the same map with and without the picture' });
    });
  });
});
