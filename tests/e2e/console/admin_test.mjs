// What an administrator does: two people on one camera's zones, many cameras at once, groups, versions, users, the own account, the log.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Browser, enter, journey } from './lib/browser.mjs';
import { Caller } from './lib/caller.mjs';
import { City, missing, until } from './lib/city.mjs';
import { codeAt } from './lib/totp.mjs';

const still = { zones: [], rules: [] };
const quiet = (id) => ({ id, analyse: false, organisation: 'city', groups: [] });

describe('administration', { skip: missing(), timeout: 200_000 }, () => {
  let city;
  let browser;
  let page;
  let admin;
  let auditor;

  before(async () => {
    city = await City.start({ name: 'admin', cameras: [quiet('lawn-west'), quiet('plaza')], rules: { 'lawn-west': still, plaza: still } });
    admin = await city.as('admin');
    browser = await Browser.open();
    page = await browser.page(city);
    await enter(page, city, 'admin', '/cameras');
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  const test = (name, file, body) => it(name, () => journey(`admin-${file}`, page, body));
  const stored = async (id) => (await admin.get(`/api/v1/cameras/${id}`)).json;
  const button = (name, within = page) => within.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');

  /** Draws an area around the middle, as a person with a mouse does. */
  async function draw(on, corners) {
    const stage = on.getByLabel('카메라 화면 위의 구역');
    await stage.waitFor();
    await on.keyboard.press('A');
    const box = await stage.boundingBox();
    for (const [x, y] of corners) await on.mouse.click(box.x + x * box.width, box.y + y * box.height);
    await on.keyboard.press('Enter');
  }

  test('two people who change zones at once are told, and both zones stay', 'conflict', async () => {
    const other = await browser.page(city);
    await enter(other, city, 'supervisor', '/cameras/lawn-west/zones');
    await page.goto('/cameras/lawn-west/zones');
    await draw(page, [[0.1, 0.1], [0.4, 0.1], [0.4, 0.5]]);
    await other.keyboard.press('L');
    const box = await other.getByLabel('카메라 화면 위의 구역').boundingBox();
    for (const x of [0.6, 0.9]) await other.mouse.click(box.x + x * box.width, box.y + 0.7 * box.height);
    await other.keyboard.press('Control+s');
    await other.getByText('구역과 규칙을 저장했습니다').waitFor();
    await other.context().close();
    await page.keyboard.press('Control+s');
    await dialog().getByText(/supervisor 님이/).waitFor();
    await button('내 변경을 새 내용 위에 저장').click();
    await page.getByText('구역과 규칙을 저장했습니다').waitFor();
    const { config } = await stored('lawn-west');
    assert.deepEqual(config.zones.map((zone) => zone.id).sort(), ['area-1', 'line-1']);
    await page.reload();
    await button('구역 1').waitFor();
  });

  test('a group is made, renamed and given to many cameras at once', 'bulk', async () => {
    await page.goto('/cameras/~groups');
    await button('그룹 추가').first().click();
    await dialog().getByLabel('ID').fill('schools');
    await dialog().getByLabel('이름').fill('학교');
    await button('저장', dialog()).click();
    await button('학교 고치기').click();
    await dialog().getByLabel('이름').fill('학교 주변');
    await button('저장', dialog()).click();
    await button('학교 주변 고치기').waitFor();
    await page.goto('/cameras');
    await page.getByLabel('모두 고르기').check();
    await button('한꺼번에 고치기').click();
    await dialog().getByRole('radiogroup', { name: '그룹' }).or(dialog().getByRole('group', { name: '그룹' })).first().getByText('더하기').click();
    await dialog().getByLabel('학교 주변').check();
    await dialog().getByPlaceholder('비우면 그대로').fill('15');
    await button('2대 고치기').click();
    await page.getByText('2대를 고쳤습니다').waitFor();
    for (const id of ['lawn-west', 'plaza']) {
      const { config } = await stored(id);
      assert.ok(config.groups.includes('schools'), `${id} is in ${config.groups}`);
      assert.equal(config.keep_for, 15 * 86_400);
    }
    await page.goto('/cameras/~groups');
    await page.getByRole('row').filter({ hasText: '학교 주변' }).getByRole('button', { name: /지울 수 없습니다/ }).waitFor();
  });

  test('a change is seen in words and undone', 'versions', async () => {
    await page.goto('/cameras/plaza/versions');
    await page.getByRole('row').filter({ hasText: '보관기간' }).getByText('15일').waitFor();
    await button('마지막 변경 취소').click();
    await page.getByText(/되돌렸습니다/).waitFor();
    assert.equal((await stored('plaza')).config.keep_for, 30 * 86_400);
  });

  test('a camera that was taken out of service is found and brought back', 'removed', async () => {
    await page.goto('/cameras/plaza');
    await button('사용 끝내기').click();
    await button('사용 끝내기', dialog()).click();
    await until(async () => (await admin.get('/api/v1/cameras/plaza')).status === 404, { what: 'the camera to be gone' });
    await page.goto('/cameras?state=removed');
    await page.getByText('시청 앞 광장').click();
    await button('마지막 설정으로 되살리기').click();
    await until(async () => (await stored('plaza'))?.config?.name === '시청 앞 광장', { what: 'the camera to be back' });
    await page.getByRole('tab', { name: '구역·규칙' }).waitFor();
  });

  test('a user is added, gets another role and is kept out', 'users', async () => {
    await page.goto('/users');
    await page.getByText('관제요원').first().waitFor();
    await page.keyboard.press('n');
    await dialog().getByLabel('이름').fill('김감사');
    await dialog().getByLabel('ID').fill('kim');
    await dialog().getByRole('combobox', { name: '역할' }).click();
    await page.getByRole('option', { name: '감사자' }).click();
    await button('사용자 추가', dialog()).click();
    const first = await dialog().locator('output').textContent();
    await button('전했습니다').click();
    auditor = new Caller(city.url);
    await auditor.logIn('kim', first);
    await page.getByLabel('김감사').getByRole('combobox', { name: '범위' }).click();
    await page.getByRole('option', { name: '모든 기관' }).click();
    await button('저장').click();
    await page.getByText('저장했습니다').waitFor();
    const kim = async () => (await admin.get('/api/v1/users?q=kim')).json.users[0];
    assert.deepEqual((await kim()).grants.map(({ role, scope }) => [role, scope]), [['auditor', '*']]);
    await page.getByLabel('로그인할 수 있음').uncheck();
    await button('저장').click();
    await until(async () => !(await kim()).is_active, { what: 'the user to be kept out' });
    assert.equal((await auditor.get('/api/v1/audit')).status, 401);
    await page.getByLabel('로그인할 수 있음').check();
    await button('저장').click();
    await until(async () => (await kim()).is_active, { what: 'the user to be let in' });
    await button('비밀번호 다시 만들기').click();
    city.passwords.kim = await dialog().locator('output').textContent();
    assert.notEqual(city.passwords.kim, first);
    await button('전했습니다').click();
    const own = await city.as('kim');
    const replacement = 'lantern over the river';
    assert.equal((await own.post('/api/v1/session/password', { current: city.passwords.kim, replacement })).status, 204);
    city.passwords.kim = replacement;
  });

  test('the log is narrowed and verified by the auditor', 'audit', async () => {
    const own = await browser.page(city);
    await enter(own, city, 'kim', '/audit');
    await own.getByRole('row').nth(2).waitFor();
    await own.getByLabel('대상').fill('user:kim');
    const rows = own.getByRole('row');
    await until(async () => (await rows.count()) - (await rows.filter({ hasText: 'user:kim' }).count()) === 1, {
      what: 'only the head and records about user:kim to be listed',
    });
    await own.getByRole('row').filter({ hasText: '사용자 추가' }).first().press('Enter');
    await own.getByText('createUser').first().waitFor();
    await own.getByRole('button', { name: '변조 검증' }).click();
    await own.getByText('변조되지 않았습니다').waitFor();
    await own.context().close();
  });

  test('a token is shown once, works, and works no more when it is revoked', 'tokens', async () => {
    await page.goto('/account');
    await button('토큰 만들기').click();
    await dialog().getByLabel('무엇에 쓰는지').fill('상황판 연동');
    await dialog().getByRole('checkbox', { name: '카메라 목록 보기' }).check();
    await button('만들기', dialog()).click();
    const secret = await dialog().locator('code').textContent();
    await page.keyboard.press('Escape');
    const program = new Caller(city.url);
    const ask = () => program.get('/api/v1/cameras', { authorization: `Bearer ${secret}` });
    assert.equal((await ask()).status, 200);
    await button('없애기').click();
    await page.getByText('토큰을 없앴습니다').waitFor();
    assert.equal((await ask()).status, 401);
  });

  test('the second factor is turned on with the code of an app', 'totp', async () => {
    await button('2단계 인증 켜기').click();
    const secret = await page.locator('form code').textContent();
    await page.getByLabel('앱에 보이는 6자리 번호').fill(codeAt(secret));
    await button('번호 확인').click();
    await page.getByRole('list', { name: '복구 번호' }).getByRole('listitem').nth(7).waitFor();
    await button('적어 두었습니다').click();
    await button('2단계 인증 끄기').waitFor();
    await until(async () => (await admin.get('/api/v1/session')).json.has_totp, { what: 'the second factor' });
  });

  test('met no error', 'errors', () => {
    assert.deepEqual(page.said.filter((line) => /^error: (?!Failed to load resource)/.test(line)), []);
  });
});
