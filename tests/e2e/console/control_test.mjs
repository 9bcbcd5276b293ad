// The operator's page by keyboard alone, and a server that dies under it and comes back.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Browser, enter, journey } from './lib/browser.mjs';
import { City, everywhere, missing, until } from './lib/city.mjs';

describe('the operator’s page', { skip: missing(), timeout: 180_000 }, () => {
  let city;
  let browser;
  let page;
  let supervisor;
  let auditor;

  before(async () => {
    city = await City.start({
      name: 'control',
      cameras: ['plaza', 'lawn-west', 'junction', 'station'],
      rules: { 'lawn-west': everywhere, station: everywhere },
    });
    supervisor = await city.as('supervisor');
    const admin = await city.as('admin');
    auditor = await city.newUser(admin, 'auditor', 'city', [{ role: 'auditor', scope: '*' }]);
    browser = await Browser.open();
    page = await browser.page(city);
    await until(async () => (await supervisor.get('/api/v1/incidents?state=new')).json.incidents.length >= 3, { seconds: 60, what: 'three incidents' });
    await enter(page, city, 'operator');
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  const test = (name, file, body) => it(name, () => journey(`control-${file}`, page, body));
  const chosen = () => new URL(page.url()).searchParams.get('incident');
  const stored = async (id) => (await supervisor.get(`/api/v1/incidents/${id}`)).json;
  /** The address is a moment ahead of the page, whose keys still belong to the incident before. */
  const ready = () =>
    until(
      async () => {
        const id = chosen();
        return id !== null && (await page.locator(`[role=toolbar][data-incident="${id}"]`).count()) === 1 && id;
      },
      { what: 'a chosen incident with its actions' },
    );
  /** Another incident is chosen, and its actions answer to keys. */
  const next = async (before) => {
    await until(() => chosen() !== null && chosen() !== before, { what: 'the next incident' });
    return ready();
  };

  test('opens with the gravest new incident chosen, its picture shown', 'first', async () => {
    await page.getByRole('option').first().waitFor();
    const id = await ready();
    assert.equal((await stored(id)).state, 'new');
    await until(() => page.evaluate(() => [...document.querySelectorAll('main video, main img')].some((one) => (one.videoWidth ?? one.naturalWidth) > 100)),
      { what: 'a picture of the incident' });
  });

  test('judges a false alarm with two keys and stands on the next', 'false', async () => {
    const id = await ready();
    await page.keyboard.press('F');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('1');
    await next(id);
    const incident = await until(async () => (await stored(id)).state === 'false_alarm' && stored(id), { what: 'the verdict' });
    assert.equal(incident.reason, 'nothing_there');
    assert.equal(incident.judged_by, 'operator');
  });

  test('judges a true one with one key, and closes it with another', 'close', async () => {
    const id = await ready();
    await page.keyboard.press('C');
    await until(async () => (await stored(id)).state === 'confirmed', { what: 'the verdict' });
    await until(() => chosen() !== id, { what: 'the next incident' });
    const settled = page.getByRole('option').filter({ has: page.locator('em') });
    await page.keyboard.press('U');
    await settled.first().waitFor();
    for (let press = 0; press < 40 && chosen() !== id; press += 1) {
      const before = chosen();
      await page.keyboard.press('J');
      await until(() => chosen() !== before, { seconds: 1 }).catch(() => undefined);
    }
    assert.equal(chosen(), id, 'J leads to every incident of the queue');
    await ready();
    await page.keyboard.press('X');
    await until(async () => (await stored(id)).state === 'closed', { what: 'the end' });
    await until(() => chosen() !== id, { seconds: 4 }).catch(() => undefined); // stays when nothing follows
    const steps = (await stored(id)).steps.filter((step) => step.who === 'operator').map((step) => step.action);
    assert.ok(steps.some((step) => step.endsWith('confirmed')) && steps.some((step) => step.endsWith('closed')), JSON.stringify(steps));
  });

  test('takes a note by keyboard', 'note', async () => {
    const id = await ready();
    const field = page.getByRole('dialog').getByRole('textbox');
    // The page may just be going on to the next incident, which closes what was opened for the one before.
    await until(
      async () => {
        await page.keyboard.press('N');
        return field.fill('순찰차 보냄', { timeout: 3000 }).then(() => true, () => false);
      },
      { what: 'the field of the note' },
    );
    await page.keyboard.press('Enter');
    const hasNote = async (of) => of !== null && (await stored(of)).steps.some((step) => JSON.stringify(step).includes('순찰차'));
    await until(async () => (await hasNote(id)) || hasNote(chosen()), { what: 'the note' });
  });

  test('wrote every step into the audit log, unbroken', 'audit', async () => {
    const { records } = (await auditor.get('/api/v1/audit?who=operator&limit=200')).json;
    const actions = records.filter((one) => one.outcome === 'allowed').map((one) => one.action);
    assert.ok(actions.filter((one) => one === 'actOnIncident').length >= 3, JSON.stringify(actions));
    assert.ok(actions.includes('addNote'));
    assert.equal((await auditor.post('/api/v1/audit/verify')).json.is_good, true);
  });

  test('lists its keys on ?', 'keys', async () => {
    await page.getByRole('dialog').waitFor({ state: 'detached' }); // of the note: while it is open the page's keys rest
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: '단축키' });
    await dialog.waitFor();
    const listed = await dialog.locator('li .visually-hidden').allTextContents();
    for (const key of ['J', 'K', 'A', 'F', 'C', 'D', 'E', 'N', 'S', '?', 'Alt+1']) assert.ok(listed.includes(key), `${key} is not in ${listed}`);
    assert.equal(new Set(listed).size, listed.length, 'no key stands twice');
    await page.keyboard.press('Escape');
  });

  test('says that the server is gone, keeps what it showed, and loses nothing when it comes back', 'outage', async () => {
    await page.keyboard.press('Escape');
    const before = await page.getByRole('option').count();
    const change = (await supervisor.get('/api/v1/incidents?limit=1')).json.latest_change;
    await city.kill();
    const bar = page.getByRole('alert').filter({ hasText: '서버와 끊겼습니다' });
    await bar.waitFor();
    assert.ok((await page.getByRole('option').count()) >= before - 1, 'the queue stays');
    await city.serve();
    await bar.waitFor({ state: 'detached', timeout: 40_000 });
    supervisor = await city.as('supervisor');
    const now = (await supervisor.get('/api/v1/incidents?limit=500')).json;
    assert.ok(now.latest_change >= change, 'the numbers of changes survive');
    const fresh = await city.incident(supervisor, 'state=new', { wanted: (one) => one.change > change });
    await page.keyboard.press('U');
    const open = now.incidents.filter((one) => !['closed', 'false_alarm'].includes(one.state) && one.merged_into === '');
    await until(async () => {
      await page.keyboard.press('U');
      return (await page.getByRole('option').count()) >= open.length;
    }, { what: `${open.length} open incidents in the queue, among them ${fresh.id}` });
  });

  test('asked nobody but its own server, and met no error', 'outside', () => {
    assert.deepEqual(page.outside, []);
    assert.deepEqual(page.said.filter((line) => /^error: /.test(line) && !/ERR_CONNECTION|WebSocket|Failed to load resource/.test(line)), []);
  });
});
