import type { RootedFiles } from '../../platform/files/rooted-files.ts';

/** Ports negotiate: 1 Gbit/s over copper takes 3 s, 25 Gbit/s with link training longer. Without a cable there is no end to wait for. */
const SETTLED_MS = 10_000;
const POLL_MS = 500;

export interface PortsClock {
  /** since when the ports are switched on */
  sinceMs: number;
  nowMs(): number;
  sleep(durationMs: number): Promise<void>;
}

/** Ends when every port has a link, at the latest 10 s after they were switched on. */
export async function linksSettled(files: RootedFiles, ports: readonly string[], clock: PortsClock): Promise<void> {
  while (clock.nowMs() < clock.sinceMs + SETTLED_MS) {
    const linked = await Promise.all(ports.map((port) => hasLink(files, port)));
    if (!linked.includes(false)) return;
    await clock.sleep(POLL_MS);
  }
}

/** A port that is off gives no answer; false then. */
export async function hasLink(files: RootedFiles, port: string): Promise<boolean> {
  return (await files.read(`sys/class/net/${port}/carrier`, 16))?.toString('latin1').trim() === '1';
}

/** Interfaces that a switch may speak to: behind USB is the BMC, and a virtual function has the link of its card. */
export async function outerPorts(files: RootedFiles, interfaces: readonly string[]): Promise<string[]> {
  const counts = await Promise.all(
    interfaces.map(async (name) => {
      const path = await files.resolve(`sys/class/net/${name}`);
      return !(path ?? '').includes('/usb') && (await files.resolve(`sys/class/net/${name}/device/physfn`)) === undefined;
    }),
  );
  return interfaces.filter((_, at) => counts[at]);
}
