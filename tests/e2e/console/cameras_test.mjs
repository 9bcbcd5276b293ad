// Cameras by scan of the network and by table, a zone drawn by hand, and its rule at work on the real stream.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Browser, enter, journey } from './lib/browser.mjs';
import { City, missing, until } from './lib/city.mjs';

const nothing = { zones: [], rules: [] };

describe('cameras', { skip: missing(), timeout: 200_000 }, () => {
  let city;
  let browser;
  let page;
  let admin;
  let supervisor;

  before(async () => {
    city = await City.start({ name: 'cameras', cameras: ['lawn-west', 'plaza'], rules: { 'lawn-west': nothing, plaza: nothing } });
    admin = await city.as('admin');
    supervisor = await city.as('supervisor');
    browser = await Browser.open();
    page = await browser.page(city);
    await enter(page, city, 'admin', '/cameras');
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  const test = (name, file, body) => it(name, () => journey(`cameras-${file}`, page, body));
  const stored = async (id) => (await admin.get(`/api/v1/cameras/${id}`)).json;
  const give = (text) => page.locator('input[type=file]').setInputFiles({ name: 'cameras.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

  test('stand in the list with their state', 'list', async () => {
    await page.getByText('중앙공원 잔디 서쪽').first().waitFor();
    await page.getByText('시청 앞 광장').first().waitFor();
  });

  test('tried by address show what they send before they are added', 'url', async () => {
    await page.goto('/cameras/~add/url');
    await page.getByLabel('영상 주소 (RTSP)').fill(`${city.rtsp}/station/main`);
    const probe = page.getByRole('button', { name: '연결해 보기' });
    await probe.click();
    await page.getByRole('img', { name: '카메라에서 온 첫 화면' }).waitFor({ timeout: 25_000 });
    await page.getByText(/h264|H\.264/i).first().waitFor();
    await page.getByLabel('영상 주소 (RTSP)').fill(`${city.rtsp}/nobody/main`);
    await probe.click();
    await page.getByText('카메라에 그 영상이 없습니다', { exact: false }).waitFor({ timeout: 25_000 });
  });

  test('from a table with mistakes are refused row by row, and nothing is stored', 'csv-bad', async () => {
    await page.goto('/cameras/~add/csv');
    await give(`관리번호,이름,기관,영상주소,위도,경도\ngate-1,정문,city,${city.rtsp}/dusk/main,37.2,127.4\nBad Id,후문,city,${city.rtsp}/dusk/main,37.2,127.4\ngate-3,옆문,city,http://x/y,137,127.4\n`);
    await page.getByText('3행 중 1행이 올바릅니다').waitFor();
    await page.getByText(/고칠 곳 3개/).first().waitFor();
    await page.getByText('-90부터 90까지만 됩니다.').waitFor();
    assert.equal((await admin.get('/api/v1/cameras/gate-1')).status, 404);
  });

  test('from a good table are taken all at once', 'csv-good', async () => {
    await page.goto('/cameras/~add/csv');
    await give(`관리번호,이름,기관,영상주소,위도,경도\ngate-1,정문,city,${city.rtsp}/dusk/main,37.2,127.4\ngate-2,후문,city,${city.rtsp}/quiet/main,37.2,127.4\n`);
    await page.getByText('모든 행이 올바릅니다').waitFor();
    await page.getByRole('button', { name: /2대 모두 가져오기/ }).click();
    await until(async () => (await stored('gate-2'))?.summary?.name === '후문', { what: 'the camera of the table' });
    await until(async () => (await stored('gate-1')).health.state === 'ok', { what: 'its picture', seconds: 30 });
  });

  test('are found on the network and added with their streams', 'scan', async () => {
    const { host } = new URL(city.onvif);
    await page.goto('/cameras/~add/scan');
    const multicast = page.getByLabel('같은 망에서 찾기 (멀티캐스트)');
    if (await multicast.isChecked()) await multicast.click();
    await page.getByLabel('주소 범위').fill(host);
    await page.getByRole('button', { name: '찾기', exact: true }).click();
    await page.getByText(/끝났습니다\. \d+대를 찾았습니다/).waitFor({ timeout: 40_000 });
    assert.doesNotMatch(await page.getByText(/끝났습니다/).first().textContent(), / 0대를/);
  });

  test('get a zone that is drawn on the picture, with a preview of what the rule would have raised', 'zone', async () => {
    await page.context().clearCookies();
    await page.evaluate(() => localStorage.setItem('bongsu.purpose', JSON.stringify({ state: { chosen: 'maintenance' }, version: 0 })));
    await enter(page, city, 'supervisor', '/cameras/lawn-west/zones');
    const stage = page.getByLabel('카메라 화면 위의 구역');
    await stage.waitFor();
    await page.keyboard.press('A');
    const box = await stage.boundingBox();
    for (const [x, y] of [[0.05, 0.1], [0.95, 0.1], [0.95, 0.95], [0.05, 0.95]]) await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '규칙 추가' }).click();
    await page.getByRole('menuitem', { name: /침입/ }).click();
    await page.getByText(/새로 [1-9]\d*/).first().waitFor({ timeout: 30_000 });
  });

  test('raise an incident by the new rule on the real stream', 'fires', async () => {
    await page.getByRole('button', { name: '저장', exact: true }).first().click();
    await page.getByText('구역과 규칙을 저장했습니다').waitFor();
    const camera = await stored('lawn-west');
    assert.equal(camera.config.rules.length, 1);
    assert.equal(camera.changed_by, 'supervisor');
    const incident = await city.incident(supervisor, 'camera=lawn-west', { seconds: 60 });
    assert.equal(incident.kind, 'intrusion');
  });

  test('met no error and asked nobody but its own server', 'outside', () => {
    assert.deepEqual(page.outside, []);
    assert.deepEqual(page.said.filter((line) => /^error: (?!Failed to load resource)/.test(line)), []);
  });
});
