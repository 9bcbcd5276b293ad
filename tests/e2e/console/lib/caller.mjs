// Requests to the server as a page makes them: cookie, CSRF token, purpose. Certificates of the server's own are taken.
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';

/** One answer: status, headers, bytes, text and, where it is JSON, json. */
class Answer {
  constructor(status, headers, bytes) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  get type() {
    return (this.headers['content-type'] ?? '').split(';')[0];
  }

  get text() {
    return this.bytes.toString('utf8');
  }

  get json() {
    return /[/+]json$/.test(this.type) ? JSON.parse(this.text) : undefined;
  }
}

export class Caller {
  constructor(url) {
    this.url = url;
    this.cookie = '';
    this.csrf = '';
    this.purpose = 'control';
    const isTls = url.startsWith('https');
    this.send = isTls ? tlsRequest : plainRequest;
    this.agent = isTls ? new TlsAgent({ keepAlive: true, rejectUnauthorized: false }) : new PlainAgent({ keepAlive: true });
    /** Sees every request and its answer: (method, path, body, answer). */
    this.onAnswer = () => undefined;
  }

  /** `path` goes out as it is. A body that is neither text nor bytes is sent as JSON. */
  call(method, path, { body, headers = {} } = {}) {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    const sent = {
      ...(this.cookie && { cookie: this.cookie }),
      ...(this.csrf && method !== 'GET' && { 'bongsu-csrf': this.csrf }),
      ...(this.purpose && { 'bongsu-purpose': this.purpose }),
      ...(body !== undefined && { 'content-type': isRaw ? 'text/csv' : 'application/json' }),
      ...headers,
    };
    for (const name of Object.keys(sent)) if (sent[name] === undefined) delete sent[name];
    const bytes = body === undefined || isRaw ? body : JSON.stringify(body);
    if (bytes !== undefined) sent['content-length'] = Buffer.byteLength(bytes);
    const { hostname, port } = new URL(this.url);
    return new Promise((done, failed) => {
      const request = this.send({ hostname, port, path, method, headers: sent, agent: this.agent, timeout: 30_000 }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', failed);
        response.on('end', () => {
          const answer = new Answer(response.statusCode, response.headers, Buffer.concat(parts));
          this.onAnswer(method, path, body, answer);
          done(answer);
        });
      });
      request.on('timeout', () => request.destroy(new Error(`no answer to ${method} ${path} within 30 s`)));
      request.on('error', failed);
      request.end(bytes);
    });
  }

  get(path, headers) {
    return this.call('GET', path, { headers });
  }

  post(path, body, headers) {
    return this.call('POST', path, { body, headers });
  }

  put(path, body, headers) {
    return this.call('PUT', path, { body, headers });
  }

  patch(path, body, headers) {
    return this.call('PATCH', path, { body, headers });
  }

  delete(path, body, headers) {
    return this.call('DELETE', path, { body, headers });
  }

  async logIn(user, password, totp) {
    const answer = await this.post('/api/v1/session', { user, password, ...(totp && { totp }) });
    if (answer.status !== 200) throw new Error(`login of ${user}: ${answer.status} ${answer.text}`);
    this.cookie = answer.headers['set-cookie'][0].split(';')[0];
    this.csrf = answer.json.csrf;
    return answer.json;
  }
}
