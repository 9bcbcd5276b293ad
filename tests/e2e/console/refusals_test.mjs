// What people may not do is refused, tells nothing, and stands in the audit log.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';

import { Caller } from './lib/caller.mjs';
import { City, missing } from './lib/city.mjs';

/** One request byte for byte, as no browser would send it; gives the whole answer. */
function raw(port, text) {
  return new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    let answer = '';
    socket.setEncoding('utf8').on('data', (data) => (answer += data)).on('end', () => done(answer)).on('error', failed);
  });
}

describe('refusals', { skip: missing({ browser: false }), timeout: 120_000 }, () => {
  let city;
  let admin;
  let auditor;
  let researcher;
  let parks;

  before(async () => {
    city = await City.start({
      name: 'refusals',
      cameras: ['plaza', 'junction'],
    });
    admin = await city.as('admin');
    auditor = await city.newUser(admin, 'auditor', 'city', [{ role: 'auditor', scope: '*' }]);
    researcher = await city.newUser(admin, 'researcher', 'city', [{ role: 'researcher', scope: '*' }]);
    parks = await city.newUser(admin, 'ranger', 'parks', [{ role: 'operator', scope: 'org:parks' }]);
  });
  after(() => city?.stop());

  const denials = async (who) => (await auditor.get(`/api/v1/audit?who=${who}&outcome=denied&limit=200`)).json.records;

  it('show a researcher no picture, no recording and no users', async () => {
    researcher.purpose = 'request:7';
    for (const path of ['/api/v1/cameras/plaza/still', '/api/v1/cameras/plaza/media?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:10Z']) {
      assert.equal((await researcher.get(path)).status, 404, path);
    }
    for (const path of ['/api/v1/users', '/api/v1/exports', '/api/v1/audit', '/api/v1/wall']) assert.equal((await researcher.get(path)).status, 403, path);
    const written = await denials('researcher');
    assert.ok(written.some((one) => one.action === 'getStill' && one.object === 'camera:plaza' && one.purpose === 'request:7'), JSON.stringify(written));
    assert.ok(written.some((one) => one.action === 'getMedia'));
  });

  it('answer about another organisation’s camera as if there were none', async () => {
    const { cameras } = (await parks.get('/api/v1/cameras')).json;
    assert.deepEqual(cameras.map((one) => one.id), ['junction']);
    const hidden = await parks.get('/api/v1/cameras/plaza');
    const absent = await parks.get('/api/v1/cameras/nowhere');
    assert.equal(hidden.status, 404);
    assert.equal(hidden.text.replaceAll('plaza', 'nowhere'), absent.text, 'the same words for both');
    assert.equal((await parks.get('/api/v1/cameras/junction/still')).status, 200);
    assert.ok((await denials('ranger')).some((one) => one.object === 'camera:plaza'));
    for (const one of (await parks.get('/api/v1/incidents?limit=500')).json.incidents) assert.equal(one.organisation, 'parks');
    assert.equal((await parks.get('/api/v1/search?q=plaza')).json.hits.filter((hit) => hit.id === 'plaza').length, 0);
  });

  it('take no change without the CSRF token of the session', async () => {
    const operator = await city.as('operator');
    const body = { slots: 4 };
    assert.equal((await operator.put('/api/v1/wall', body, { 'bongsu-csrf': undefined })).status, 403);
    assert.equal((await operator.put('/api/v1/wall', body, { 'bongsu-csrf': admin.csrf })).status, 403);
    assert.equal((await operator.put('/api/v1/wall', body, { origin: 'https://elsewhere.example' })).status, 403);
    assert.equal((await operator.put('/api/v1/wall', body)).status, 200);
  });

  it('want a purpose for pictures', async () => {
    const operator = await city.as('operator');
    operator.purpose = '';
    const answer = await operator.get('/api/v1/cameras/plaza/still');
    assert.equal(answer.status, 403);
    assert.equal(answer.json.type, 'urn:bongsu:purpose-needed');
    operator.purpose = 'curiosity';
    assert.equal((await operator.get('/api/v1/cameras/plaza/still')).status, 400);
  });

  it('keep nobody from seeing whom an administrator may not see: video', async () => {
    admin.purpose = 'maintenance';
    assert.equal((await admin.get('/api/v1/cameras/plaza/still')).status, 403);
    assert.equal((await admin.get('/api/v1/cameras/plaza/setup-still')).status, 200);
    assert.equal((await admin.get('/api/v1/audit')).status, 403);
  });

  it('let nobody raise the own rights', async () => {
    const grants = [{ role: 'administrator', scope: '*' }, { role: 'auditor', scope: '*' }];
    assert.equal((await admin.put('/api/v1/users/admin', { name: '관리자', organisation: 'city', grants })).status, 403);
    assert.equal((await parks.put('/api/v1/users/ranger', { name: 'r', organisation: 'parks', grants })).status, 403);
  });

  it('open no file but the page’s own', async () => {
    const secrets = ['/../city.yaml', '/..%2f..%2fcity.yaml', '/assets/../../../../etc/passwd', '/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
      '/%2e%2e%5c%2e%2e%5cetc/passwd', '//etc/passwd', '/assets/%00.js', '/data/bongsu.db', '/.bongsu-stamp'];
    for (const path of secrets) {
      const answer = await raw(city.port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${city.port}\r\nConnection: close\r\n\r\n`);
      assert.doesNotMatch(answer, /root:x:|rtsp:|SQLite format/, path);
      assert.match(answer, /^HTTP\/1\.1 (200|3..|4..) /, path);
    }
    for (const id of ['..%2f..%2fbongsu.db', '..', '%2e%2e%2faudit.key']) {
      for (const path of [`/api/v1/exports/${id}/file`, `/api/v1/incidents/${id}/snapshot`]) {
        assert.ok([400, 403, 404].includes((await (await city.as('supervisor')).get(path)).status), path);
      }
    }
  });

  it('say with every page where scripts and pictures may come from', async () => {
    const { headers } = await new Caller(city.url).get('/');
    assert.match(headers['content-security-policy'], /default-src 'self'|default-src 'none'/);
    assert.doesNotMatch(headers['content-security-policy'], /script-src[^;]*unsafe-(inline|eval)/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
  });

  it('lock an account after wrong passwords, in words that tell nobody whether it exists', async () => {
    const nobody = new Caller(city.url);
    let known;
    let unknown;
    for (let attempt = 0; attempt < 6; attempt += 1) {
      known = await nobody.post('/api/v1/session', { user: 'ranger', password: `wrong ${attempt}` });
      unknown = await nobody.post('/api/v1/session', { user: 'nobody', password: `wrong ${attempt}` });
      assert.equal(known.status, unknown.status);
    }
    assert.equal(known.status, 429);
    assert.ok((await denials('ranger')).length + (await auditor.get('/api/v1/audit?action=login&limit=50')).json.records.length > 0);
  });

  it('come to a session that was ended elsewhere, and to that one alone', async () => {
    const operator = await city.as('operator');
    const other = await city.as('operator');
    const { sessions } = (await other.get('/api/v1/sessions')).json;
    for (const session of sessions.filter((one) => !one.is_current)) await other.delete(`/api/v1/sessions/${session.id}`);
    const ended = await operator.get('/api/v1/session');
    assert.equal(ended.status, 401);
    assert.equal(ended.type, 'application/problem+json');
    assert.equal((await other.get('/api/v1/session')).status, 200);
  });

  it('leave an unbroken log', async () => {
    const verdict = (await auditor.post('/api/v1/audit/verify')).json;
    assert.equal(verdict.is_good, true, verdict.words);
  });
});
