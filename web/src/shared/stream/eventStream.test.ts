// @vitest-environment node
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket as NodeSocket, WebSocketServer, type WebSocket as Connection } from 'ws';
import type { AddressInfo } from 'node:net';

import { EventStream, type Socket, type StreamStatus } from './eventStream';
import type { StreamMessage } from './messages';

/** A server that keeps what happened and sends it after the number that a console says, as the real one does. */
class Desk {
  readonly server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  readonly hellos: number[] = [];
  latest = 0;
  connections = 0;
  /** Whether the newest connection has said hello. */
  greeted = false;
  private readonly open = new Set<Connection>();
  most = 1000;

  constructor() {
    this.server.on('connection', (socket) => {
      this.connections += 1;
      this.greeted = false;
      socket.on('message', (data) =>
        this.greet(socket, JSON.parse((data as Buffer).toString()) as { after: number }),
      );
      socket.on('close', () => this.open.delete(socket));
    });
  }

  get address(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  happen(): void {
    this.latest += 1;
    for (const socket of this.open) socket.send(this.text(this.latest));
  }

  cutAll(): void {
    for (const socket of this.server.clients) socket.terminate();
  }

  close(): void {
    this.cutAll();
    this.server.close();
  }

  private greet(socket: Connection, hello: { after: number }): void {
    this.hellos.push(hello.after);
    this.greeted = true;
    this.open.add(socket);
    socket.send(JSON.stringify({ type: 'welcome', change: this.latest, time: new Date().toISOString() }));
    if (hello.after > this.latest || this.latest - hello.after > this.most) {
      socket.send(JSON.stringify({ type: 'resync' }));
      return;
    }
    // One more than asked for: a doubled number must not be delivered twice.
    for (let change = Math.max(1, hello.after); change <= this.latest; change += 1)
      socket.send(this.text(change));
  }

  private text(change: number): string {
    return JSON.stringify({ type: 'incident', change, changes: [], incident: { id: `i${change}` } });
  }
}

function follow(desk: Desk) {
  const heard: number[] = [];
  const messages: StreamMessage[] = [];
  const statuses: StreamStatus[] = [];
  const { address } = desk;
  const stream = new EventStream({
    connect: () => new NodeSocket(address) as unknown as Socket,
    onMessage: (message) => {
      messages.push(message);
      if (message.type === 'incident') heard.push(message.change);
    },
    onStatus: (status) => statuses.push(status),
    firstDelayMs: 2,
    longestDelayMs: 20,
  });
  return { stream, heard, messages, statuses };
}

async function until(isTrue: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error('it did not happen within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const desks: Desk[] = [];
const streams: EventStream[] = [];
async function open() {
  const desk = new Desk();
  await once(desk.server, 'listening');
  const following = follow(desk);
  desks.push(desk);
  streams.push(following.stream);
  return { desk, ...following };
}

afterEach(() => {
  for (const stream of streams.splice(0)) stream.stop();
  for (const desk of desks.splice(0)) desk.close();
});

describe('the event stream', () => {
  it('delivers each change once and in order over 100 cuts', async () => {
    const { desk, stream, heard } = await open();
    stream.start(0);
    for (let cut = 0; cut < 100; cut += 1) {
      const connections = desk.connections;
      await until(() => desk.server.clients.size > 0);
      for (let count = 0; count < 5; count += 1) desk.happen();
      // Every other time in the middle of what is being sent.
      if (cut % 2 === 0) await until(() => desk.greeted);
      desk.cutAll();
      desk.happen();
      await until(() => desk.connections > connections);
    }
    await until(() => heard.length >= desk.latest);
    expect(heard).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
  });

  it('says the number that it has when it comes back', async () => {
    const { desk, stream, heard } = await open();
    stream.start(0);
    await until(() => desk.hellos.length === 1);
    desk.happen();
    desk.happen();
    await until(() => heard.length === 2);
    desk.cutAll();
    await until(() => desk.hellos.length === 2);
    expect(desk.hellos).toEqual([0, 2]);
  });

  it('hears new changes after a resync, even when the numbers began anew', async () => {
    const { desk, stream, heard, messages } = await open();
    desk.latest = 3;
    stream.start(500);
    await until(() => messages.some((message) => message.type === 'resync'));
    desk.happen();
    await until(() => heard.length === 1);
    expect(heard).toEqual([4]);
  });

  it('tells since when nothing comes in, and waits longer each time up to its bound', async () => {
    const { desk, stream, statuses } = await open();
    stream.start(0);
    await until(() => statuses.at(-1)?.phase === 'open');
    expect(statuses.at(-1)?.lostSince).toBeNull();
    desk.close();
    await until(() => statuses.filter((status) => status.phase === 'waiting').length >= 6);
    const waiting = statuses.filter((status) => status.phase === 'waiting');
    expect(new Set(waiting.map((status) => status.lostSince)).size).toBe(1);
    const waits = waiting.map((status) => (status.nextAttempt ?? 0) - (status.lostSince ?? 0));
    expect(waits.every((wait) => wait > 0)).toBe(true);
  });

  it('leaves out what it cannot read', async () => {
    const { desk, stream, heard } = await open();
    stream.start(0);
    await until(() => desk.hellos.length === 1);
    for (const socket of desk.server.clients) socket.send('no json {');
    desk.happen();
    await until(() => heard.length === 1);
    expect(heard).toEqual([1]);
  });

  it('does not come back once stopped', async () => {
    const { desk, stream } = await open();
    stream.start(0);
    await until(() => desk.hellos.length === 1);
    stream.stop();
    await until(() => desk.server.clients.size === 0);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(desk.hellos).toHaveLength(1);
  });
});
