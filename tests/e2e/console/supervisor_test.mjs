// The supervisor's work by keyboard: giving work to others, joining incidents, accepting what stops false alarms; the shift, the wall's
// own layouts, the history and the report on paper.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Browser, enter, journey } from './lib/browser.mjs';
import { City, missing, until } from './lib/city.mjs';

describe('the supervisor', { skip: missing(), timeout: 150_000 }, () => {
  let city;
  let browser;
  let page;
  let supervisor;
  let suggested;

  before(async () => {
    city = await City.start({
      name: 'supervisor',
      cameras: ['plaza', 'east-road', 'lawn-east', { id: 'unused', from: 'plaza', name: '쉬는 카메라', record: false, analyse: false }],
    });
    supervisor = await city.as('supervisor');
    const operator = await city.as('operator');
    await operator.put('/api/v1/shift', { cap: 2 });
    suggested = suggestion();
    suggested.catch(() => undefined);
    browser = await Browser.open();
    page = await browser.page(city);
    await until(async () => (await incidents('state=new&camera=plaza&camera=lawn-east')).length >= 2, { seconds: 60, what: 'two incidents' });
    await enter(page, city, 'supervisor');
  });
  after(async () => {
    await browser?.close();
    await city?.stop();
  });

  const test = (name, file, body) => it(name, () => journey(`supervisor-${file}`, page, body));
  const incidents = async (query) => (await supervisor.get(`/api/v1/incidents?limit=200&${query}`)).json.incidents;
  const stored = async (id) => (await supervisor.get(`/api/v1/incidents/${id}`)).json;
  const chosen = () => new URL(page.url()).searchParams.get('incident');
  const open = async (id) => {
    await page.goto(`/control?incident=${id}`);
    await page.getByRole('toolbar').waitFor();
  };
  /** One that nobody has judged, of the cameras whose alarms are not judged false all the time. */
  const fresh = async () => (await incidents('state=new&camera=plaza&camera=lawn-east'))[0].id;
  /** Judges all that one camera raises as plants, until something is suggested; goes on beside the other tests. */
  const suggestion = () =>
    until(
      async () => {
        for (const { id } of await incidents('state=new&camera=east-road'))
          await supervisor.post(`/api/v1/incidents/${id}/actions`, { action: 'false_alarm', reason: 'vegetation' });
        return (await supervisor.get('/api/v1/suggestions')).json.suggestions[0];
      },
      { seconds: 100, what: 'a suggestion' },
    );

  test('gives an incident to an operator on shift with two keys', 'assign', async () => {
    const id = await fresh();
    await open(id);
    await page.keyboard.press('G');
    await page.getByRole('dialog', { name: '담당 배정' }).getByRole('button', { name: /관제요원/ }).waitFor();
    await page.keyboard.press('1');
    await until(async () => (await stored(id)).assignee === 'operator', { what: 'the assignment' });
    await page.getByText('요원에게 배정했습니다').waitFor();
  });

  test('takes it over and lets it go with one key', 'take', async () => {
    const id = chosen();
    await page.keyboard.press('S');
    await until(async () => (await stored(id)).assignee === 'supervisor', { what: 'the takeover' });
    await page.getByRole('button', { name: '담당 놓기' }).waitFor();
    await page.keyboard.press('S');
    await until(async () => (await stored(id)).assignee === '', { what: 'the release' });
    await page.getByRole('button', { name: '내가 맡기' }).waitFor(); // while a step is under way the next one waits
  });

  test('reports upwards with words', 'escalate', async () => {
    const id = chosen();
    const slow = async (route) => {
      const response = await route.fetch(); // done on the server, and the page does not know yet
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.fulfill({ response });
    };
    await page.route('**/actions', slow, { times: 1 });
    await page.keyboard.press('S');
    await page.keyboard.press('E'); // the step before it is still under way
    await page.getByRole('dialog', { name: '상위보고' }).getByRole('textbox').fill('팀장 확인');
    await until(async () => (await stored(id)).assignee === 'supervisor', { what: 'the slow step' });
    await page.keyboard.press('Enter');
    const incident = await until(async () => (await stored(id)).escalation > 0 && stored(id), { what: 'the report' });
    assert.ok(incident.steps.some((step) => step.why === '팀장 확인'), JSON.stringify(incident.steps));
  });

  test('joins another incident to this one by its digit', 'merge', async () => {
    const id = chosen();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('M');
    await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
    await page.keyboard.press('1');
    await page.getByRole('dialog').getByRole('button', { name: /1건 합치기/ }).waitFor();
    await page.keyboard.press('Enter');
    await until(async () => (await stored(id)).absorbed.length === 1, { what: 'the merge' });
  });

  test('comes on shift with a number of cameras, and lays out any number of tiles', 'shift', async () => {
    await page.goto('/wall');
    const field = page.getByRole('spinbutton', { name: '맡을 수 있는 카메라' });
    await field.fill('3');
    await page.keyboard.press('Enter');
    const wall = async () => (await supervisor.get('/api/v1/wall')).json;
    await until(async () => (await wall()).cap === 3 && (await wall()).is_on_shift, { what: 'the shift' });
    await page.getByRole('heading', { name: '선별관제' }).waitFor();
    await page.keyboard.press('0');
    await page.keyboard.type('6');
    await page.keyboard.press('Enter');
    await until(async () => (await wall()).slots === 6, { what: 'six tiles' });
  });

  test('says why a camera has no picture', 'no-picture', async () => {
    // Whoever walks there does so when the film says, not when this test comes by.
    const incident = await until(async () => (await incidents('camera=plaza'))[0], { seconds: 60, what: 'an incident there' });
    await open(incident.id);
    await page.getByRole('button', { name: /쉬는 카메라/ }).getByText('화면 없음').waitFor();
  });

  test('finds incidents by the name of a camera and opens one', 'history', async () => {
    await page.goto('/history');
    await page.getByRole('table').getByText('시청로 동쪽').first().waitFor();
    await page.getByRole('textbox', { name: '카메라', exact: true }).fill('시청로 동쪽');
    const rows = page.getByRole('table').getByRole('row');
    await until(async () => {
      const words = (await rows.allInnerTexts()).slice(1);
      return words.length > 0 && words.every((row) => row.includes('시청로 동쪽'));
    }, { what: 'only incidents of that camera' });
    await page.locator('body').click({ position: { x: 2, y: 2 } });
    await page.keyboard.press('J');
    await page.getByRole('complementary', { name: '미리 보기' }).waitFor();
    await page.keyboard.press('O');
    await until(() => chosen() !== null, { what: 'the incident in the control page' });
  });

  test('prints the report of thirty days on A4', 'report', async () => {
    await page.goto('/supervisor/report?hours=720');
    await page.getByRole('heading', { name: '통합관제센터 근무 보고서' }).first().waitFor();
    const korean = await page.pdf({ format: 'A4', printBackground: true });
    assert.ok(korean.subarray(0, 5).toString() === '%PDF-' && korean.length > 10_000);
    const pages = korean.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(pages >= 1 && pages <= 4, `${pages} pages`);
  });

  test('accepts with one key what stops false alarms, and the camera is another', 'suggestion', async () => {
    const suggestion = await suggested;
    const camera = async () => (await supervisor.get(`/api/v1/cameras/${suggestion.camera}`)).json;
    const before = await camera();
    const [like] = (await incidents(`camera=${suggestion.camera}&state=false_alarm`)).filter((one) => one.rule === suggestion.rule);
    await open(like.id);
    await page.getByRole('complementary', { name: '제안' }).waitFor();
    await page.keyboard.press('Y');
    await page.getByText('설정을 바꿨습니다').waitFor();
    const now = await camera();
    assert.equal(now.summary.version, before.summary.version + 1);
    assert.notDeepEqual(now.config, before.config);
    const { versions } = (await supervisor.get(`/api/v1/cameras/${suggestion.camera}/versions`)).json;
    assert.equal(versions[0].who, 'supervisor');
    const left = (await supervisor.get('/api/v1/suggestions')).json.suggestions;
    assert.ok(!left.some((one) => one.id === suggestion.id), 'what was accepted is not suggested again');
  });

  test('met no error', 'outside', () => {
    assert.deepEqual(page.outside, []);
    assert.deepEqual(page.said.filter((line) => /^error: (?!Failed to load resource)/.test(line)), []);
  });
});
