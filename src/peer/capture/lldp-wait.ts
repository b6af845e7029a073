import { EARLY_NEIGHBOURS } from '../../domain/capture.ts';
import { QUIET_ARGUMENT } from '../../domain/kernel-arguments.ts';
import { parseLldpctl } from '../../inventory/tools/lldpctl/lldpctl.ts';
import { parseNetworkctlLldp } from '../../inventory/tools/networkctl-lldp.ts';
import type { RootedFiles } from '../../platform/files/rooted-files.ts';
import { hasLink, type PortsClock } from './links-settled.ts';
import type { RunCommand } from './runner.ts';

/** A switch sends every 30 s (IEEE 802.1AB, msgTxInterval), and one frame may come late. */
const LISTEN_MS = 35_000;
/** For lldpd to hear it too, which tells more, where the initrd has heard a switch; and where no machine of the segment has heard any. */
const SHORT_MS = 7000;
const POLL_MS = 1000;
const ASK_MS = 5000;

export interface LldpWait extends PortsClock {
  run: RunCommand;
  files: RootedFiles;
  ports: readonly string[];
}

/**
 * Ends when every port with a link has a neighbour, at the latest 35 s after the ports were switched on and the agent began to listen; 7 s after the call when
 * the initrd has heard a switch on each port that is missing, or when the master says that nobody on this segment hears any. At once where no agent runs.
 */
export async function waitForNeighbours(wait: LldpWait): Promise<void> {
  const startedMs = wait.nowMs();
  const listeningMs = await listeningSinceMs(wait, startedMs);
  if (listeningMs === undefined) return;
  const early = parseNetworkctlLldp(await wait.files.read(EARLY_NEIGHBOURS, 1024 * 1024));
  const isQuiet = await isQuietSegment(wait.files);
  const untilMs = Math.min(startedMs, Math.max(listeningMs, wait.sinceMs)) + LISTEN_MS;
  const shortMs = Math.min(untilMs, startedMs + SHORT_MS);
  for (;;) {
    const missing = await portsNotHeard(wait);
    const leftMs = (isQuiet || missing.every((port) => early.has(port)) ? shortMs : untilMs) - wait.nowMs();
    if (missing.length === 0 || leftMs <= 0) return;
    await wait.sleep(Math.min(POLL_MS, leftMs));
  }
}

/** Those with a link. */
async function portsNotHeard({ run, files, ports }: LldpWait): Promise<string[]> {
  const asked = await run(['lldpctl', '-f', 'json'], { timeoutMs: ASK_MS, keepFinalNewline: true });
  const heard = parseLldpctl(asked.stdout);
  const missing: string[] = [];
  for (const port of ports) if (!heard.has(port) && (await hasLink(files, port))) missing.push(port);
  return missing;
}

async function isQuietSegment(files: RootedFiles): Promise<boolean> {
  const commandLine = (await files.read('proc/cmdline', 4096))?.toString('latin1') ?? '';
  return commandLine.trim().split(/\s+/).includes(QUIET_ARGUMENT);
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
