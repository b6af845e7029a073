import { connect } from 'node:net';

/**
 * Asks a listener on loopback so many times a second, each time over a connection of its own and from an address of its own, as machines do,
 * and prints how long each answer took, as JSON. A request counts from the moment at which it was due, and not from when it could be sent:
 * who waits for a slow answer before asking on would hide it.
 */
interface Order {
  port: number;
  perSecond: number;
  count: number;
  /** a path in which NUMBER becomes 0, 1, 2 … and MAC a hardware address of that number */
  path: string;
  /** the first three bytes of the hardware addresses */
  macs: string;
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const taken: number[] = [];
let failures = 0;
const startMs = performance.now() + 50;
const dueMs = (at: number): number => startMs + (at * 1000) / order.perSecond;
let at = 0;
const timer = setInterval(() => {
  for (; at < order.count && dueMs(at) <= performance.now(); at += 1) ask(at);
  if (at >= order.count) clearInterval(timer);
}, 1);

function ask(turn: number): void {
  let text = '';
  let isDone = false;
  const socket = connect({ port: order.port, host: '127.0.0.1', localAddress: `127.1.${1 + (turn >> 7)}.${1 + (turn & 127)}` }, () => {
    socket.write(`GET ${pathOf(turn)} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: iPXE/1.21\r\nConnection: close\r\n\r\n`);
  });
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  const end = (): void => {
    if (isDone) return;
    isDone = true;
    if (text.startsWith('HTTP/1.1 200 ')) taken.push(performance.now() - dueMs(turn));
    else failures += 1;
    if (taken.length + failures === order.count) tell();
  };
  socket.on('error', end);
  socket.on('close', end);
}

function pathOf(number: number): string {
  const hex = [16, 8, 0].map((shift) => ((number >> shift) & 255).toString(16).padStart(2, '0')).join(':');
  return order.path.replaceAll('NUMBER', String(number)).replaceAll('MAC', `${order.macs}:${hex}`);
}

function tell(): void {
  const sorted = taken.toSorted((a, b) => a - b);
  const share = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  const perSecond = order.count / ((performance.now() - startMs) / 1000);
  process.stdout.write(`${JSON.stringify({ p50: share(0.5), p99: share(0.99), most: share(1), failures, perSecond })}\n`);
}
