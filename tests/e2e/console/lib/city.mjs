// A real server in a temporary folder, watching cameras that the simulator plays from the demo footage.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { Caller } from './caller.mjs';
import { fromWeb } from './packages.mjs';

const yaml = fromWeb('js-yaml');

export const root = resolve(fileURLToPath(new URL('../../../..', import.meta.url)));
const cache = process.env.BONGSU_CACHE ?? join(homedir(), '.cache', 'bongsu');
const footage = process.env.BONGSU_FOOTAGE ?? join(cache, 'footage');
const program = process.env.BONGSU_PROGRAM ?? join(root, 'build/release/bin/bongsu');
const page = process.env.BONGSU_PAGE ?? join(root, 'web/dist');

/** Where pictures, logs and figures of these tests go. */
export const out = process.env.BONGSU_E2E_OUT ?? join(root, 'build/e2e');
mkdirSync(out, { recursive: true });

/** Why the tests cannot run here, or false: for the option `skip` of a test. */
export function missing({ browser = true } = {}) {
  if (!existsSync(program)) return `there is no ${program}: run ./dev build bongsu`;
  if (!existsSync(join(footage, 'cameras.yaml'))) return `no footage in ${footage}: run ./dev setup`;
  if (browser && !existsSync(join(page, 'index.html'))) return `no page in ${page}: run ./dev page`;
  if (browser && !existsSync(chromium)) return `no ${chromium}: run ./dev setup`;
  return false;
}

export const chromium = process.env.BONGSU_CHROMIUM ?? '/usr/bin/chromium';

/** Waits until `look` gives something true, and gives that. */
export async function until(look, { seconds = 20, what = String(look) } = {}) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await pause(50);
  }
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** A whole-picture rule that the people of the footage break within seconds. */
export const everywhere = {
  zones: [{ id: 'everywhere', name: '어디나', points: [[0, 0], [1, 0], [1, 1], [0, 1]] }],
  rules: [{ id: 'inside', behaviour: 'intrusion', zones: ['everywhere'], gravity: 3 }],
};

/** The demo's cameras as the simulator names them: [{id, name, about, zones, rules}]. */
export function demoCameras(folder = footage) {
  return yaml.load(readFileSync(join(folder, 'cameras.yaml'), 'utf8')).cameras;
}

/** The file of a film of the demo. */
export const film = (name) => join(footage, name);

class Program {
  constructor(args, log, env = {}) {
    this.file = openSync(log, 'a');
    this.child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    this.text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      this.child[name].setEncoding('utf8').on('data', (data) => {
        this.text[name] += data;
        writeFileSync(this.file, data);
      });
    }
    this.ended = new Promise((done) => this.child.once('close', (code, signal) => done({ code, signal })));
    void this.ended.then((how) => {
      this.how = how;
      closeSync(this.file);
    });
  }

  async line(stream, pattern) {
    const found = await until(() => pattern.exec(this.text[stream]) ?? this.how, {
      seconds: 60,
      what: `${pattern} on ${stream}`,
    });
    if (!Array.isArray(found)) throw new Error(`the program ended: ${JSON.stringify(found)}\n${this.text.stderr}`);
    return found;
  }

  async end(signal) {
    if (this.how === undefined) this.child.kill(signal);
    const late = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    const how = await this.ended;
    clearTimeout(late);
    return how;
  }
}

export class City {
  /**
   * Options: `name` (of the log), `cameras` (ids of the demo, or [{id, from, ...}] for more), `tls`, `rules` (camera id to
   * {zones, rules}), `mustChange` (one-time passwords must be changed), `settings` (sections of the configuration), `prepare` (gets
   * the configuration before it is written), `footage` (a folder with films and cameras.yaml in place of the demo's).
   */
  static async start(options) {
    const city = new City(options);
    try {
      await city.begin();
    } catch (error) {
      await city.stop();
      throw error;
    }
    return city;
  }

  constructor(options) {
    this.options = { cameras: ['plaza', 'lawn-west'], tls: false, rules: {}, mustChange: false, settings: {}, footage, ...options };
    this.folder = mkdtempSync(join(tmpdir(), 'bongsu-e2e-'));
    this.logFile = join(out, `${this.options.name}.server.log`);
    rmSync(this.logFile, { force: true });
    this.passwords = {};
  }

  async begin() {
    this.simulator = new Program(
      ['camsim', '--list', join(this.options.footage, 'cameras.yaml'), '--set', 'port=0', '--set', 'onvif=true', '--set', 'onvif_port=0'],
      join(out, `${this.options.name}.camsim.log`),
    );
    this.rtsp = (await this.simulator.line('stdout', /^listening (\S+)$/m))[1];
    this.onvif = (await this.simulator.line('stdout', /^onvif (\S+)$/m))[1];
    this.port = await freePort();
    this.writeConfig();
    await this.serve();
  }

  cameraConfig(wanted) {
    const { id, from = id, ...more } = typeof wanted === 'string' ? { id: wanted } : wanted;
    const demo = demoCameras(this.options.footage).find((camera) => camera.id === from);
    const streams = ['main', 'sub'].filter((role) => demo[role]).map((role) => ({ role, url: `${this.rtsp}/${from}/${role}` }));
    const onvif = { address: `${this.onvif}/${from}/onvif/device_service`, ptz: true };
    const { zones = [], rules = [] } = { ...demo, ...this.options.rules[id] };
    return { id, name: demo.name, streams, zones, rules, onvif, ...demo.about, ...more };
  }

  writeConfig() {
    const { settings, tls, mustChange } = this.options;
    const config = {
      data: join(this.folder, 'data'),
      monitor_port: 0,
      organisations: [
        { id: 'city', name_ko: '봉수시', name_en: 'City of Bongsu' },
        { id: 'parks', name_ko: '공원녹지과', name_en: 'Parks Department' },
      ],
      recording: { segment: '5s', ...settings.recording },
      analysis: { max_unwatched: '5s', ...settings.analysis },
      identity: { one_time_must_change: mustChange, ...settings.identity },
      console: {
        port: this.port,
        address: '127.0.0.1',
        tls: tls ? 'self_signed' : 'off',
        page,
        map_geojson: join(root, 'share/demo/city.geojson'),
        map_zoom: 14,
      },
      cameras: this.options.cameras.map((camera) => this.cameraConfig(camera)),
    };
    this.options.prepare?.(config);
    writeFileSync(join(this.folder, 'city.yaml'), JSON.stringify(config, null, 1));
  }

  get url() {
    return `${this.options.tls ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  async serve() {
    this.server = new Program(['serve', '--config', join(this.folder, 'city.yaml')], this.logFile);
    await this.server.line('stderr', /^console: (\S+)$/m);
    // The first start tells the passwords behind this line, and the last of them may come in a later piece.
    if (this.passwords.operator === undefined) await this.server.line('stderr', /^ {2}operator +\S+$/m);
    for (const [, user, password] of this.server.text.stderr.matchAll(/^ {2}(\w+) +(\S+)$/gm)) this.passwords[user] = password;
  }

  /** A caller that is logged in as one of the first accounts, or as anybody whose password is known. */
  async as(user, password = this.passwords[user]) {
    const caller = new Caller(this.url);
    await caller.logIn(user, password);
    return caller;
  }

  /** Makes an account and gives a caller that is logged in as it. */
  async newUser(admin, id, organisation, grants) {
    const made = await admin.post('/api/v1/users', { id, name: id, organisation, grants });
    if (made.status !== 201) throw new Error(`no user ${id}: ${made.status} ${made.text}`);
    this.passwords[id] = made.json.one_time_password;
    const caller = await this.as(id);
    const replacement = `lantern over the river ${id}`;
    const answer = await caller.post('/api/v1/session/password', { current: this.passwords[id], replacement });
    if (answer.status !== 204) throw new Error(`the password of ${id}: ${answer.status} ${answer.text}`);
    this.passwords[id] = replacement;
    return caller;
  }

  /** The first incident that `wanted` likes, once there is one. */
  async incident(caller, query = '', { seconds = 45, wanted = () => true } = {}) {
    const look = async () => (await caller.get(`/api/v1/incidents?${query}`)).json.incidents?.find(wanted);
    return until(look, { seconds, what: `an incident with ${query}` });
  }

  /** As the power going out: nothing is said to the program. */
  async kill() {
    await this.server.end('SIGKILL');
  }

  async stop() {
    const how = await this.server?.end('SIGTERM');
    await this.simulator?.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
    return how;
  }
}
