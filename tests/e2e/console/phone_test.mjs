// On a phone: nothing is cut off at the side, dialogs fit, hours are as wide as a finger, and words are in the page's language.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Browser, enter, journey } from './lib/browser.mjs';
import { City, missing } from './lib/city.mjs';

const leastFinger = 18;

describe('on a phone', { skip: missing(), timeout: 120_000 }, () => {
  let city;
  let browser;
  let page;

  before(async () => {
    city = await City.start({ name: 'phone', cameras: ['plaza', 'lawn-west'] });
    await city.incident(await city.as('operator'));
    browser = await Browser.open();
    page = await browser.page(city);
    await page.setViewportSize({ width: 390, height: 844 });
    await enter(page, city, 'supervisor');
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  const test = (name, file, body) => it(name, () => journey(`phone-${file}`, page, body));
  /** What of `selector` reaches beyond the sides of the screen, as its words. */
  const cut = (selector) =>
    page.locator(selector).evaluateAll((all) =>
      all
        .filter((each) => {
          const { left, right, width } = each.getBoundingClientRect();
          return width > 0 && (left < -1 || right > innerWidth + 1);
        })
        .map((each) => each.textContent || each.className),
    );

  test('shows the list of incidents without a cut column', 'history', async () => {
    await page.goto('/history');
    await page.getByRole('row').nth(1).waitFor();
    assert.deepEqual(await cut('[role=row], [role=row] *, th, td'), []);
  });

  test('lets hours be painted with a finger', 'week', async () => {
    await page.goto('/cameras/plaza/zones');
    await page.locator('button', { hasText: '침입' }).last().click();
    await page.getByRole('button', { name: '항상' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('grid').waitFor();
    assert.deepEqual(await cut('[role=dialog], [role=dialog] *'), []);
    const hour = dialog.locator('[data-cell="2-13"]');
    const { width, height } = await hour.boundingBox();
    assert.ok(width >= leastFinger && height >= leastFinger, `${width} x ${height}`);
    const before = await hour.getAttribute('aria-selected');
    await hour.click();
    assert.notEqual(await hour.getAttribute('aria-selected'), before);
  });

  test('tells a refusal in the language of the page', 'refusal', async () => {
    await page.route('**/api/v1/incidents?*', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'about:blank', title: 'Not available now', status: 503, detail: 'incidents are not handled on this node', code: 'not_on_this_node' }),
      }),
    );
    await page.goto('/history');
    const alert = page.getByRole('alert');
    await alert.getByText('이 서버는 그 일을 하지 않습니다.').waitFor();
    assert.doesNotMatch(await alert.textContent(), /[a-z]{4}/i);
  });
});
