// Logging in over TLS with the server's own certificate: wrong password, one-time password, second factor, language and theme.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Browser, journey, logIn } from './lib/browser.mjs';
import { City, missing } from './lib/city.mjs';
import { codeAt } from './lib/totp.mjs';

describe('logging in', { skip: missing(), timeout: 120_000 }, () => {
  const fresh = 'lantern over the quiet river';
  let city;
  let browser;
  let page;
  let secret;

  before(async () => {
    city = await City.start({ name: 'login', cameras: ['quiet'], tls: true, mustChange: true });
    browser = await Browser.open();
    page = await browser.page(city);
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  const test = (name, file, body) => it(name, () => journey(`login-${file}`, page, body));

  test('says that a password is wrong, and lets nobody in', 'wrong', async () => {
    await logIn(page, 'operator', 'not the password');
    await page.getByText('아이디나 비밀번호가 맞지 않습니다').waitFor();
    assert.equal(await page.locator('nav').count(), 0);
  });

  test('asks for a password of one’s own after the one-time password', 'change', async () => {
    await logIn(page, 'operator', city.passwords.operator);
    await page.getByRole('heading', { name: '새 비밀번호 정하기' }).waitFor();
    const [first, second] = [page.locator('input[autocomplete=new-password]').first(), page.locator('input[autocomplete=new-password]').last()];
    await first.fill('short');
    await second.fill('short');
    await page.keyboard.press('Enter');
    await page.locator('[role=alert], [aria-invalid=true]').first().waitFor();
    await first.fill(fresh);
    await second.fill('something else entirely');
    await page.keyboard.press('Enter');
    await page.getByText('두 비밀번호가 다릅니다').waitFor();
    await second.fill(fresh);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').first().waitFor();
  });

  test('holds the session in a cookie that scripts cannot read', 'cookie', async () => {
    const [cookie] = (await page.context().cookies()).filter((one) => one.name === 'bongsu_session');
    assert.equal(cookie.httpOnly, true);
    assert.equal(cookie.secure, true);
    assert.equal(cookie.sameSite, 'Strict');
    assert.equal(await page.evaluate('document.cookie'), '');
  });

  test('turns the second factor on', 'totp', async () => {
    await page.goto('/account');
    await page.getByRole('button', { name: '2단계 인증 켜기' }).click();
    secret = (await page.locator('code').first().textContent()).trim();
    await page.getByRole('img', { name: '2단계 인증 QR 코드' }).waitFor();
    await page.getByLabel('앱에 보이는 6자리 번호').fill('000000');
    await page.getByRole('button', { name: '번호 확인' }).click();
    await page.getByText('번호가 맞지 않습니다').waitFor();
    await page.getByLabel('앱에 보이는 6자리 번호').fill(codeAt(secret));
    await page.getByRole('button', { name: '번호 확인' }).click();
    const codes = page.getByRole('list', { name: '복구 번호' });
    await codes.waitFor();
    assert.ok((await codes.locator('li').count()) >= 5);
    await page.getByRole('button', { name: '적어 두었습니다' }).click();
    await page.getByText('로그인할 때 인증 앱의 번호를 함께 묻습니다').waitFor();
  });

  test('asks for the code at the next login, and takes none twice', 'code', async () => {
    await page.context().clearCookies();
    await logIn(page, 'operator', fresh);
    const code = page.locator('input[autocomplete=one-time-code]');
    await code.waitFor();
    await code.fill('123456');
    await page.keyboard.press('Enter');
    await page.getByText('인증번호가 맞지 않습니다').waitFor();
    // The code of the step after the one that enrolled: the server takes each step once, and one step of skew.
    await code.fill(codeAt(secret, Date.now() / 1000 + 30));
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').first().waitFor();
  });

  test('changes language and theme for the whole page, and keeps them', 'language', async () => {
    await page.context().clearCookies();
    await page.goto('/');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Sign in to Bongsu' }).waitFor();
    await page.getByRole('button', { name: 'Light' }).click();
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'light');
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to Bongsu' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'light');
  });

  test('asked nobody but its own server', 'outside', () => assert.deepEqual(page.outside, []));
});
