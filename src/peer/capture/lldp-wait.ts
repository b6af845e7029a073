import { parseLldpctl } from '../../inventory/tools/lldpctl/lldpctl.ts';
import type { RootedFiles } from '../../platform/files/rooted-files.ts';
import { hasLink, type PortsClock } from './links-settled.ts';
import type { RunCommand } from './runner.ts';

/** A switch sends every 30 s (IEEE 802.1AB, msgTxInterval), and one frame may come late. */
const LISTEN_MS = 35_000;
const POLL_MS = 2000;
const ASK_MS = 5000;

export interface LldpWait extends PortsClock {
  run: RunCommand;
  files: RootedFiles;
  ports: readonly string[];
}

/**
 * Ends when every port with a link has a neighbour, at the latest 35 s after the ports were switched on and the agent began to listen; at once
 * where no agent runs. Never longer than 35 s from the call.
 */
export async function waitForNeighbours(wait: LldpWait): Promise<void> {
  const startedMs = wait.nowMs();
  const listeningMs = await listeningSinceMs(wait, startedMs);
  if (listeningMs === undefined) return;
  const untilMs = Math.min(startedMs, Math.max(listeningMs, wait.sinceMs)) + LISTEN_MS;
  for (let leftMs = untilMs - startedMs; leftMs > 0 && !(await allHeard(wait)); leftMs = untilMs - wait.nowMs()) {
    await wait.sleep(Math.min(POLL_MS, leftMs));
  }
}

async function allHeard({ run, files, ports }: LldpWait): Promise<boolean> {
  const asked = await run(['lldpctl', '-f', 'json'], { timeoutMs: ASK_MS, keepFinalNewline: true });
  const heard = parseLldpctl(asked.stdout);
  for (const port of ports) if (!heard.has(port) && (await hasLink(files, port))) return false;
  return true;
}

/** On our clock. systemd counts from boot, as /proc/uptime does. */
async function listeningSinceMs({ run, files }: LldpWait, nowMs: number): Promise<number | undefined> {
  const argv = ['systemctl', 'show', '--property=ActiveState,ActiveEnterTimestampMonotonic', 'lldpd.service'] as const;
  const shown = (await run(argv, { timeoutMs: ASK_MS })).stdout.toString('utf8');
  const activeMs = Number(/^ActiveEnterTimestampMonotonic=(\d+)$/m.exec(shown)?.[1] ?? Number.NaN) / 1000;
  const uptimeMs = Number(/^[\d.]+/.exec((await files.read('proc/uptime', 64))?.toString('latin1') ?? '')?.[0] ?? Number.NaN) * 1000;
  if (!/^ActiveState=active$/m.test(shown) || Number.isNaN(activeMs) || Number.isNaN(uptimeMs)) return undefined;
  return nowMs - Math.max(0, uptimeMs - activeMs);
}
