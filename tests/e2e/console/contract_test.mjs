// Every operation of api/openapi.yaml on the running server: a good request, a bad one, and each answer against its schema.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Caller } from './lib/caller.mjs';
import { City, everywhere, missing, until } from './lib/city.mjs';
import { Contract } from './lib/contract.mjs';
import { fromWeb } from './lib/packages.mjs';
import { codeAt } from './lib/totp.mjs';

const { WebSocket } = fromWeb('ws');
const expect = (answer, ...statuses) => {
  assert.ok(statuses.includes(answer.status), `${statuses} expected, ${answer.status} came: ${answer.text.slice(0, 600)}`);
  return answer.json ?? answer;
};
const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();

describe('the contract', { skip: missing({ browser: false }), timeout: 240_000 }, () => {
  const contract = new Contract();
  let city;
  let admin;
  let supervisor;
  let operator;
  let auditor;
  let incident;

  before(async () => {
    city = await City.start({
      name: 'contract',
      cameras: ['plaza', 'lawn-west', 'junction'],
      rules: { 'lawn-west': everywhere },
    });
    admin = contract.watch(await city.as('admin'));
    supervisor = contract.watch(await city.as('supervisor'));
    operator = contract.watch(await city.as('operator'));
    auditor = contract.watch(await city.newUser(admin, 'auditor', 'city', [{ role: 'auditor', scope: '*' }]));
    incident = await city.incident(supervisor);
  });
  after(() => city?.stop());

  it('is refused to those who are not logged in', async () => {
    const nobody = contract.watch(new Caller(city.url));
    for (const { id, method, path, operation } of contract.operations.values()) {
      if (operation['x-bongsu-right'] === 'none') continue;
      const answer = await nobody.call(method, path.replace(/\{\w+\}/g, 'x'), { body: method === 'GET' ? undefined : {} });
      assert.equal(answer.status, 401, `${id}: ${answer.text}`);
    }
  });

  it('refuses fields that it does not know, and bodies that are no JSON', async () => {
    const all = contract.watch(await city.newUser(admin, 'everything', 'city', [
      { role: 'administrator', scope: '*' }, { role: 'supervisor', scope: '*' },
    ]));
    all.purpose = `incident:${incident.id}`;
    const ids = { incident: incident.id, camera: 'plaza', user: 'operator', organisation: 'parks', group: 'g' };
    for (const { id, method, path, operation } of contract.operations.values()) {
      if (!operation.requestBody?.content['application/json']) continue;
      const at = path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? 'none');
      const unknown = await all.call(method, at, { body: { surprise: 1 }, headers: { 'if-match': '"1"' } });
      assert.ok([400, 404, 409, 412, 422].includes(unknown.status), `${id} with an unknown field: ${unknown.status} ${unknown.text}`);
      if (!path.includes('none')) {
        const broken = await all.call(method, at, { body: '{"a":', headers: { 'content-type': 'application/json', 'if-match': '"1"' } });
        assert.ok([400, 404, 422].includes(broken.status), `${id} with broken JSON: ${broken.status} ${broken.text}`);
      }
    }
  });

  it('holds for sessions, passwords and the second factor', async () => {
    const user = await city.newUser(admin, 'traveller', 'city', [{ role: 'operator', scope: '*' }]);
    const first = city.passwords.traveller;
    contract.watch(user);
    const nobody = contract.watch(new Caller(city.url));
    expect(await nobody.post('/api/v1/session', { user: 'traveller', password: 'wrong' }), 401);
    await nobody.logIn('traveller', first);
    assert.equal(expect(await user.get('/api/v1/session'), 200).user, 'traveller');

    expect(await user.post('/api/v1/session/password', { current: 'wrong', replacement: 'one two three four' }), 400, 401, 403, 422);
    expect(await user.post('/api/v1/session/password', { current: first, replacement: 'short' }), 400, 422);
    expect(await user.post('/api/v1/session/password', { current: first, replacement: 'lantern over the quiet river' }), 204);
    expect(await nobody.get('/api/v1/session'), 401);

    const { secret } = expect(await user.post('/api/v1/session/totp'), 200);
    expect(await user.put('/api/v1/session/totp', { code: '000000' }), 400, 401, 403, 422);
    assert.ok(expect(await user.put('/api/v1/session/totp', { code: codeAt(secret) }), 200).recovery_codes.length >= 5);
    expect(await user.delete('/api/v1/session/totp', { password: 'wrong' }), 400, 401, 403, 422);
    expect(await user.delete('/api/v1/session/totp', { password: 'lantern over the quiet river' }), 204);

    const second = contract.watch(new Caller(city.url));
    await second.logIn('traveller', 'lantern over the quiet river');
    const { sessions } = expect(await user.get('/api/v1/sessions'), 200);
    assert.equal(sessions.length, 2);
    expect(await user.delete(`/api/v1/sessions/${sessions.find((one) => !one.is_current).id}`), 204);
    expect(await user.delete('/api/v1/sessions/none'), 404);
    expect(await second.get('/api/v1/session'), 401);

    expect(await user.put('/api/v1/preferences', { values: { theme: 'dark' } }), 204);
    expect(await user.put('/api/v1/preferences', { values: 'x'.repeat(200_000) }), 400, 413, 422);
    assert.equal(expect(await user.get('/api/v1/preferences'), 200).values.theme, 'dark');
    expect(await user.delete('/api/v1/session'), 204);
  });

  it('holds for tokens', async () => {
    const rights = expect(await supervisor.get('/api/v1/session'), 200).rights;
    const owner = rights.includes('manage_tokens') ? supervisor : admin;
    const own = expect(await owner.get('/api/v1/session'), 200).rights;
    const made = expect(await owner.post('/api/v1/tokens', { name: 'board', rights: ['view_cameras'].filter((one) => own.includes(one)) }), 201);
    const bearer = contract.watch(new Caller(city.url));
    const as = { authorization: `Bearer ${made.secret}` };
    expect(await bearer.get('/api/v1/cameras', as), 200);
    expect(await bearer.get('/api/v1/users', as), 403);
    expect(await owner.post('/api/v1/tokens', { name: 'no such right', rights: ['fly'] }), 400, 403, 422);
    assert.ok(expect(await owner.get('/api/v1/tokens'), 200).tokens.some((one) => one.id === made.token.id));
    expect(await owner.delete(`/api/v1/tokens/${made.token.id}`), 204);
    expect(await owner.delete('/api/v1/tokens/none'), 404);
    expect(await bearer.get('/api/v1/cameras', as), 401);
  });

  it('holds for users and organisations', async () => {
    expect(await admin.get('/api/v1/roles'), 200);
    expect(await admin.get('/api/v1/organisations'), 200);
    expect(await admin.post('/api/v1/organisations', { id: 'fire', name_ko: '소방서', name_en: 'Fire Department' }), 201);
    expect(await admin.post('/api/v1/organisations', { id: 'No Good!', name_ko: '', name_en: '' }), 400, 422);
    expect(await admin.put('/api/v1/organisations/fire', { id: 'fire', name_ko: '소방본부', name_en: 'Fire Headquarters' }), 200);
    expect(await admin.put('/api/v1/organisations/none', { id: 'none', name_ko: 'a', name_en: 'a' }), 404);

    const request = { id: 'hong', name: '홍길동', organisation: 'fire', grants: [{ role: 'agency', scope: 'org:fire' }] };
    const { user } = expect(await admin.post('/api/v1/users', request), 201);
    expect(await admin.post('/api/v1/users', request), 409);
    expect(await admin.post('/api/v1/users', { ...request, id: 'kim', grants: [{ role: 'king', scope: '*' }] }), 400, 422);
    const first = expect(await admin.get('/api/v1/users?limit=2'), 200);
    assert.equal(first.users.length, 2);
    const second = expect(await admin.get(`/api/v1/users?limit=2&cursor=${encodeURIComponent(first.next)}`), 200);
    assert.notEqual(second.users[0].id, first.users[0].id);
    expect(await admin.get('/api/v1/users/hong'), 200);
    expect(await admin.get('/api/v1/users/none'), 404);
    const stale = { 'if-match': `"${user.revision + 7}"` };
    const change = { name: '홍 팀장', organisation: 'fire', grants: request.grants };
    expect(await admin.put('/api/v1/users/hong', change, stale), 409, 412);
    expect(await admin.put('/api/v1/users/hong', change, { 'if-match': `"${user.revision}"` }), 200);
    for (const [method, end, good] of [['POST', 'reset-password', 200], ['POST', 'unlock', 204], ['GET', 'sessions', 200], ['DELETE', 'sessions', 204]]) {
      expect(await admin.call(method, `/api/v1/users/hong/${end}`), good);
      expect(await admin.call(method, `/api/v1/users/none/${end}`), 404);
    }
  });

  it('holds for incidents, once per Idempotency-Key', async () => {
    const at = `/api/v1/incidents/${incident.id}`;
    const page = expect(await supervisor.get('/api/v1/incidents?limit=1'), 200);
    assert.equal(page.incidents.length, 1);
    expect(await supervisor.get(`/api/v1/incidents?limit=1&order=gravest&state=new&min_gravity=1&unreviewed=true&camera=lawn-west`), 200);
    expect(await supervisor.get('/api/v1/incidents?state=asleep'), 400, 422);
    expect(await supervisor.get('/api/v1/incidents?cursor=rubbish'), 400, 422);
    expect(await supervisor.get('/api/v1/incidents/counts'), 200);
    const seen = await operator.get(at);
    const before = expect(seen, 200);
    if (seen.headers.etag) assert.ok([200, 304].includes((await operator.get(at, { 'if-none-match': seen.headers.etag })).status));
    expect(await operator.get('/api/v1/incidents/none'), 404);

    const action = { action: 'acknowledge', expected_change: before.change };
    const key = { 'idempotency-key': 'press-1' };
    const done = expect(await operator.post(`${at}/actions`, action, key), 200, 409);
    if (done.state) {
      assert.equal(done.state, 'acknowledged');
      assert.deepEqual(expect(await operator.post(`${at}/actions`, action, key), 200), done);
      expect(await operator.post(`${at}/actions`, { ...action, text: 'other' }, key), 400, 409, 422);
    } else {
      expect(await operator.post(`${at}/actions`, { action: 'acknowledge' }), 200);
    }
    expect(await supervisor.post(`${at}/actions`, { action: 'confirm', expected_change: before.change }), 409, 412);
    expect(await operator.post(`${at}/notes`, { text: '현장 확인 요청' }), 200);
    expect(await operator.post(`${at}/notes`, { text: '' }), 400, 422);
    expect(await operator.put(`${at}/reviewed`), 204);
    expect(await operator.put('/api/v1/incidents/none/reviewed'), 404);
    for (const what of ['snapshot', 'snapshot?marked=true', 'scenes', 'replay', 'neighbours', 'suggestion']) {
      expect(await operator.get(`${at}/${what}`), 200);
      expect(await operator.get(`/api/v1/incidents/none/${what}`), 404);
    }
    await until(async () => (await operator.get(`${at}/clip`)).status === 200, { what: 'the clip', seconds: 30 });
    expect(await operator.get('/api/v1/incidents/none/clip'), 404);
    const fresh = async () =>
      expect(await supervisor.get('/api/v1/incidents?limit=50'), 200).incidents.filter((each) => each.id !== incident.id && each.state === 'new');
    const [one, other] = await until(async () => ((await fresh()).length > 1 ? fresh() : null), { what: 'two more incidents', seconds: 60 });
    expect(await supervisor.post(`/api/v1/incidents/${one.id}/merge`, { incidents: [other.id] }), 200);
    expect(await supervisor.post(`${at}/merge`, { incidents: [incident.id] }), 400, 409, 422);
  });

  it('holds for suggestions and supervision', async () => {
    expect(await supervisor.get('/api/v1/suggestions'), 200);
    expect(await supervisor.post('/api/v1/suggestions/none/accept'), 404);
    expect(await supervisor.get('/api/v1/supervision/now'), 200);
    const span = `from=${ago(3600)}&to=${ago(0)}`;
    expect(await supervisor.get(`/api/v1/supervision/report?${span}`), 200);
    expect(await supervisor.get('/api/v1/supervision/report?from=yesterday'), 400, 422);
    expect(await supervisor.get(`/api/v1/supervision/coverage?${span}&camera=plaza`), 200);
    expect(await supervisor.get('/api/v1/supervision/coverage?from=yesterday'), 400, 422);
    expect(await admin.get('/api/v1/audit'), 403);
  });

  it('holds for the audit log', async () => {
    const first = expect(await auditor.get('/api/v1/audit?limit=3'), 200);
    assert.equal(first.records.length, 3);
    const second = expect(await auditor.get(`/api/v1/audit?limit=3&cursor=${encodeURIComponent(first.next)}`), 200);
    assert.ok(second.records[0].number < first.records[2].number);
    assert.ok(expect(await auditor.get('/api/v1/audit?outcome=denied'), 200).records.every((one) => one.outcome === 'denied'));
    expect(await auditor.get('/api/v1/audit?from=yesterday'), 400, 422);
    assert.equal(expect(await auditor.post('/api/v1/audit/verify'), 200).is_good, true);
  });

  it('holds for cameras, with versions that nobody overwrites unseen', async () => {
    const page = expect(await admin.get('/api/v1/cameras?limit=2'), 200);
    assert.equal(page.cameras.length, 2);
    expect(await admin.get(`/api/v1/cameras?limit=2&cursor=${encodeURIComponent(page.next)}`), 200);
    expect(await admin.get('/api/v1/cameras?state=asleep'), 400, 422);
    expect(await admin.get('/api/v1/cameras/map'), 200);
    const config = { id: 'gate', name: '정문', organisation: 'city', url: `${city.rtsp}/dusk/main`, sub_url: `${city.rtsp}/dusk/sub` };
    const made = expect(await admin.post('/api/v1/cameras', config), 201);
    expect(await admin.post('/api/v1/cameras', config), 409);
    expect(await admin.post('/api/v1/cameras', { ...config, id: 'Bad Id' }), 400, 422);
    const answer = await admin.get('/api/v1/cameras/gate');
    const etag = answer.headers.etag;
    assert.equal(etag, `"${made.version}"`);
    expect(await admin.get('/api/v1/cameras/none'), 404);
    expect(await admin.put('/api/v1/cameras/gate', { ...answer.json.config, name: '정문 앞' }), 400, 409, 412, 428);
    const changed = expect(await admin.put('/api/v1/cameras/gate', { ...answer.json.config, name: '정문 앞' }, { 'if-match': etag }), 200);
    expect(await admin.put('/api/v1/cameras/gate', { ...answer.json.config, name: '후문' }, { 'if-match': etag }), 409, 412);
    const rules = { zones: everywhere.zones, masks: [], private_masks: [], rules: everywhere.rules };
    expect(await supervisor.put('/api/v1/cameras/gate/rules', rules, { 'if-match': etag }), 409, 412);
    const ruled = expect(await supervisor.put('/api/v1/cameras/gate/rules', rules, { 'if-match': `"${changed.version}"` }), 200);
    expect(await admin.get('/api/v1/cameras/gate/versions'), 200);
    expect(await admin.get('/api/v1/cameras/none/versions'), 404);
    expect(await admin.get(`/api/v1/cameras/gate/versions/${changed.version}/diff`), 200);
    expect(await admin.get('/api/v1/cameras/gate/versions/99999/diff'), 404);
    const restore = `/api/v1/cameras/gate/versions/${made.version}/restore`;
    expect(await admin.post('/api/v1/cameras/gate/versions/99999/restore'), 404);
    const restored = expect(await admin.post(restore), 200);
    assert.equal(restored.config.name, '정문');
    assert.equal(restored.version, ruled.version + 1, 'what was undone stays among the versions');
    expect(await admin.patch('/api/v1/cameras', { cameras: ['gate', 'plaza'], patch: { tags: ['문'] } }), 200);
    expect(await admin.patch('/api/v1/cameras', { cameras: ['gate'], patch: { height: 'tall' } }), 200, 400, 422);
    const last = expect(await admin.get('/api/v1/cameras/gate'), 200);
    expect(await admin.delete('/api/v1/cameras/gate', undefined, { 'if-match': `"${last.version}"` }), 204);
    expect(await admin.delete('/api/v1/cameras/none', undefined, { 'if-match': '"1"' }), 404);
  });

  it('holds for probes, tables, groups, schemas and health', async () => {
    assert.equal(expect(await admin.post('/api/v1/cameras/probe', { url: `${city.rtsp}/dusk/main` }), 200).is_good, true);
    expect(await admin.post('/api/v1/cameras/probe', { url: 'not an address' }), 400, 422);
    const table = expect(await admin.get('/api/v1/cameras/export'), 200).text;
    expect(await admin.post('/api/v1/cameras/import?dry_run=true', table), 200);
    expect(await admin.post('/api/v1/cameras/import?dry_run=perhaps', table), 400, 422);
    expect(await admin.get('/api/v1/groups'), 200);
    expect(await admin.post('/api/v1/groups', { id: 'gates', name: '출입구', organisation: 'city' }), 201);
    expect(await admin.post('/api/v1/groups', { id: 'Not Good', name: '', organisation: 'city' }), 400, 422);
    expect(await admin.put('/api/v1/groups/gates', { id: 'gates', name: '문', organisation: 'city' }), 200);
    expect(await admin.put('/api/v1/groups/none', { id: 'none', name: '문', organisation: 'city' }), 404);
    expect(await admin.delete('/api/v1/groups/gates'), 204);
    expect(await admin.delete('/api/v1/groups/none'), 404);
    expect(await admin.get('/api/v1/schemas/behaviours'), 200);
    expect(await admin.get('/api/v1/health'), 200);
    expect(await admin.get('/api/v1/health?state=asleep'), 400, 422);
    expect(await admin.get('/api/v1/system'), 200);
  });

  it('holds for scans', async () => {
    const scan = expect(await admin.post('/api/v1/scans', { range: `127.0.0.1:${new URL(city.onvif).port}` }), 202, 400, 422);
    const started = scan.id ? scan : expect(await admin.post('/api/v1/scans', { range: '127.0.0.1' }), 202);
    expect(await admin.post('/api/v1/scans', { range: 'the whole world' }), 400, 422);
    const at = `/api/v1/scans/${started.id}`;
    const done = await until(async () => {
      const now = expect(await admin.get(at), 200);
      return now.is_done && now;
    }, { what: 'the end of the scan', seconds: 30 });
    expect(await admin.get('/api/v1/scans/none'), 404);
    const found = done.findings.find((one) => one.is_onvif);
    if (found) expect(await admin.post(`${at}/interrogate`, { finding: found.id, user: '', password: '' }), 200, 400, 403, 422);
    expect(await admin.post(`${at}/interrogate`, { finding: 'none', user: '', password: '' }), 404, 422);
    expect(await admin.delete(at), 204);
    expect(await admin.delete('/api/v1/scans/none'), 404);
  });

  it('holds for live pictures and moving cameras', async () => {
    operator.purpose = 'control';
    expect(await operator.get('/api/v1/cameras/plaza/ptz'), 200);
    expect(await operator.get('/api/v1/cameras/none/ptz'), 404);
    supervisor.purpose = `incident:${incident.id}`;
    expect(await supervisor.post('/api/v1/cameras/plaza/ptz', { command: 'move', pan: 0.2, tilt: 0, zoom: 0 }), 204);
    expect(await supervisor.post('/api/v1/cameras/plaza/ptz', { command: 'stop' }), 204);
    expect(await supervisor.post('/api/v1/cameras/plaza/ptz', { command: 'jump' }), 400, 422);
    expect(await operator.get('/api/v1/cameras/plaza/still?width=320'), 200);
    expect(await operator.get('/api/v1/cameras/none/still'), 404);
    admin.purpose = 'maintenance';
    expect(await admin.get('/api/v1/cameras/plaza/setup-still'), 200);
    expect(await admin.get('/api/v1/cameras/none/setup-still'), 404);
    admin.purpose = 'control';
  });

  it('holds for what was recorded', async () => {
    supervisor.purpose = `incident:${incident.id}`;
    const span = `from=${ago(600)}&to=${ago(0)}`;
    const recordings = await until(async () => {
      const now = expect(await supervisor.get(`/api/v1/cameras/lawn-west/recordings?${span}`), 200);
      return now.spans.length > 0 && now;
    }, { what: 'something recorded' });
    expect(await supervisor.get('/api/v1/cameras/lawn-west/recordings?from=yesterday'), 400, 422);
    const { from } = recordings.spans[0];
    const to = new Date(Date.parse(from) + 4000).toISOString();
    const media = expect(await supervisor.get(`/api/v1/cameras/lawn-west/media?from=${from}&to=${to}`), 200);
    assert.equal(media.bytes.subarray(4, 8).toString(), 'ftyp');
    expect(await supervisor.get(`/api/v1/cameras/lawn-west/media?from=${to}&to=${from}`), 400, 422);
    expect(await supervisor.get(`/api/v1/cameras/lawn-west/scenes?from=${from}&to=${to}`), 200);
    expect(await supervisor.get('/api/v1/cameras/none/scenes?from=1'), 404);

    const region = [[0, 0], [1, 0], [1, 1], [0, 1]];
    const search = expect(await supervisor.post('/api/v1/motion-searches', { camera: 'lawn-west', from, to, region }), 202);
    expect(await supervisor.post('/api/v1/motion-searches', { camera: 'lawn-west', from, to, region: [[0, 0]] }), 400, 422);
    await until(async () => expect(await supervisor.get(`/api/v1/motion-searches/${search.id}`), 200).is_done, { what: 'the search' });
    expect(await supervisor.get('/api/v1/motion-searches/none'), 404);
    expect(await supervisor.delete(`/api/v1/motion-searches/${search.id}`), 204);
    expect(await supervisor.delete('/api/v1/motion-searches/none'), 404);

    const wanted = expect(await supervisor.post('/api/v1/exports', { camera: 'lawn-west', from, to, note: '열람청구 7' }), 201);
    expect(await supervisor.post('/api/v1/exports', { camera: 'lawn-west', from: to, to: from }), 400, 422);
    await until(async () => {
      const { exports: list } = expect(await supervisor.get('/api/v1/exports'), 200);
      return list.find((one) => one.id === wanted.id)?.state === 'ready';
    }, { what: 'the export' });
    expect(await supervisor.get(`/api/v1/exports/${wanted.id}/file`), 200);
    expect(await supervisor.get('/api/v1/exports/none/file'), 404);
  });

  it('holds for rules tried on the past', async () => {
    const request = { from: ago(300), to: ago(0), zones: everywhere.zones, rules: everywhere.rules };
    expect(await supervisor.post('/api/v1/cameras/lawn-west/replay', request), 200);
    expect(await supervisor.post('/api/v1/cameras/lawn-west/replay', { ...request, rules: [{ behaviour: 'flying' }] }), 400, 422);
  });

  it('holds for the wall, the map, search and the version', async () => {
    expect(await operator.put('/api/v1/shift', { cap: 10 }), 200);
    expect(await operator.put('/api/v1/shift', { cap: -1 }), 400, 422);
    expect(await operator.put('/api/v1/wall', { slots: 9, pins: ['plaza'] }), 200);
    expect(await operator.put('/api/v1/wall', { slots: 100_000 }), 400, 422);
    const wall = expect(await operator.get('/api/v1/wall'), 200);
    assert.ok(wall.tiles.some((tile) => tile?.camera === 'plaza' && tile.is_pinned), JSON.stringify(wall));
    expect(await operator.delete('/api/v1/shift'), 204);
    expect(await operator.get('/api/v1/map'), 200);
    expect(await operator.get('/api/v1/map/geojson'), 200);
    contract.operations.get('getMapTiles').good += expect(await operator.get('/api/v1/map/tiles'), 404) ? 1 : 0; // none are set up
    expect(await operator.get('/api/v1/search?q=%EC%9E%94%EB%94%94'), 200);
    expect(await operator.get(`/api/v1/search?q=${'x'.repeat(2000)}`), 200, 400, 422);
    expect(await operator.get('/api/v1/version'), 200);
    expect(await operator.get('/api/v1/version', { origin: 'https://elsewhere.example' }), 403);
  });

  it('opens the sockets only to their own page', async () => {
    const open = (path, origin) => new Promise((done) => {
      const socket = new WebSocket(`${city.url.replace('http', 'ws')}${path}`, { headers: { cookie: operator.cookie, origin } });
      socket.once('open', () => socket.send(JSON.stringify(path.includes('stream') ? { type: 'hello', after: 0 } : { type: 'can', hevc: false })));
      socket.once('message', (data) => {
        socket.close();
        done(JSON.parse(data.toString()).type);
      });
      socket.once('unexpected-response', (_, response) => done(response.statusCode));
      socket.once('error', () => undefined);
    });
    assert.equal(await open('/api/v1/stream', city.url), 'welcome');
    assert.equal(await open('/api/v1/cameras/plaza/live?role=sub&purpose=control', city.url), 'stream');
    assert.equal(await open('/api/v1/stream', 'https://elsewhere.example'), 403);
    assert.equal(await open('/api/v1/cameras/none/live?purpose=control', city.url), 404);
    for (const id of ['openStream', 'watchLive']) contract.operations.get(id).good += 1;
  });

  it('was asked for everything, well and badly', () => {
    // A suggestion needs weeks of verdicts; its acceptance is tested where they can be made up.
    const untried = contract.untried().filter((one) => !/^(acceptSuggestion|login|logout):/.test(one));
    assert.equal(untried.join('\n'), '');
  });

  it('was kept by every answer', () => assert.equal([...contract.faults].join('\n'), ''));
});
