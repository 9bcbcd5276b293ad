// One incident replayed scene by scene: the recorded picture, what the rules saw and said, moved by the keyboard.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';

import { Browser, enter, journey } from './lib/browser.mjs';
import { City, everywhere, missing, until } from './lib/city.mjs';
import { fromWeb } from './lib/packages.mjs';

const camera = 'lawn-west';
const axe = readFileSync(fromWeb.resolve('axe-core/axe.min.js'), 'utf8');

describe('replay', { skip: missing(), timeout: 200_000 }, () => {
  let city;
  let browser;
  let page;
  let supervisor;
  let incident;
  let replay;

  before(async () => {
    city = await City.start({ name: 'replay', cameras: [camera], rules: { [camera]: everywhere } });
    supervisor = await city.as('supervisor');
    incident = await city.incident(supervisor);
    // So long that there are scenes and pictures after its begin.
    replay = await until(async () => {
      const { json } = await supervisor.get(`/api/v1/incidents/${incident.id}/replay`);
      return json.steps?.filter(({ time }) => Date.parse(time) > Date.parse(incident.started) + 3000).length > 5 && json;
    }, { seconds: 60, what: 'scenes after the begin' });
    browser = await Browser.open();
    page = await browser.page(city);
    await enter(page, city, 'supervisor', '/history');
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  const test = (name, file, body) => it(name, () => journey(`replay-${file}`, page, body));
  const scenes = () => page.getByRole('slider', { name: '장면' });
  const index = async () => Number(await scenes().inputValue());
  const shown = () => page.locator('video').first().evaluate((video) => video.currentTime);

  it('tells what the rules say of the scenes, as they said it live', () => {
    const said = replay.steps.flatMap((step) => step.said);
    const begun = said.find(({ phase }) => phase === 'begin') ?? replay.open[0];
    assert.equal(begun.kind, 'intrusion');
    assert.equal(begun.rule, 'inside');
    assert.ok(Math.abs(Date.parse(begun.started) - Date.parse(incident.started)) < 2000, `${begun.started} for ${incident.started}`);
    assert.ok(replay.steps.some(({ tracks }) => tracks.some(({ id }) => begun.tracks.includes(id))), 'its track is in the scenes');
    assert.deepEqual(replay.zones.map(({ id }) => id), ['everywhere']);
  });

  test('opens from the history by key, at the begin of the incident', 'open', async () => {
    await page.getByRole('row').nth(1).click();
    await page.keyboard.press('R');
    await page.waitForURL(/\/history\/[^/]+\/replay$/);
    await page.getByRole('heading', { name: '판단 되짚기' }).waitFor();
    await until(() => page.evaluate(() => document.querySelector('video')?.readyState >= 2), { what: 'the recorded picture' });
  });

  test('goes on and back by single scenes, and the picture follows', 'step', async () => {
    await page.keyboard.press('Home');
    assert.equal(await index(), 0);
    // The clip begins before the recording does; where a rule spoke there is a picture.
    await page.keyboard.press('N');
    const from = await index();
    const first = await shown();
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowRight');
    assert.equal(await index(), from + 4);
    const wanted = (Date.parse(replay.steps[from + 4].time) - Date.parse(replay.steps[from].time)) / 1000;
    await until(async () => Math.abs((await shown()) - first - wanted) < 0.05, { what: `the picture ${wanted} s later` });
    await page.keyboard.press('ArrowLeft');
    assert.equal(await index(), from + 3);
    await page.keyboard.press('Shift+ArrowRight');
    assert.equal(await index(), Math.min(from + 13, Number(await scenes().getAttribute('max'))));
  });

  test('jumps to where a rule spoke, and says what', 'said', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('N');
    const panel = page.getByRole('region', { name: '규칙의 판단' });
    await panel.getByText('inside').first().waitFor();
    await panel.getByText('시작', { exact: true }).waitFor();
    assert.ok((await page.locator('main svg rect').count()) > 0, 'boxes are drawn');
  });

  test('plays on from there', 'play', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await until(async () => (await index()) >= 3, { what: 'scenes going on' });
    await page.keyboard.press('Space');
    const stopped = await index();
    await page.waitForTimeout(600);
    assert.equal(await index(), stopped);
  });

  test('is sound for axe in both themes', 'axe', async () => {
    await page.evaluate(axe);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
      await page.waitForTimeout(250);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], iframes: false }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes[0].target}`), []);
    }
  });

  it('is for those who may see the incident alone', async () => {
    const admin = await city.as('admin');
    const stranger = await city.newUser(admin, 'stranger', 'city', [{ role: 'operator', scope: 'org:city' }]);
    assert.equal((await stranger.get(`/api/v1/incidents/${incident.id}/replay`)).status, 404);
  });

  test('met no error and asked nobody but its own server', 'outside', () => {
    assert.deepEqual(page.outside, []);
    assert.deepEqual(page.said.filter((line) => /^error: (?!Failed to load resource)/.test(line)), []);
  });
});
