import { setTimeout as delay } from 'node:timers/promises';
import { definedOnly } from '../domain/values/defined-only.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import type { Log } from '../platform/log.ts';
import { httpFetch } from '../platform/network/http-fetch.ts';
import { startChild } from '../platform/process/child.ts';
import { type Argv, run } from '../platform/process/command.ts';
import type { RunCommand } from './capture/runner.ts';
import type { PeerWarden } from './peer-warden.ts';

/** What a peer must be told; the workload of post.tgz gets the same from its environment. */
export interface PeerSettings {
  /** without a slash at its end, for example `http://10.77.0.1` */
  masterUrl: string;
  /** the interface that the machine booted from; the master knows the machine by it */
  bootMac: MacAddress;
  /** the Node binary that runs us */
  nodePath: string;
  tokenFile: string;
  /** where captures, the receipt and the unpacked workload lie; in RAM */
  runDirectory: string;
}

/** Everything that a peer's life touches. */
export interface PeerDeps extends PeerSettings {
  run: RunCommand;
  startChild: typeof startChild;
  fetch: typeof globalThis.fetch;
  sleep(durationMs: number): Promise<void>;
  nowMs(): number;
  /** 0 to 1, as Math.random */
  random(): number;
  log: Log;
  /** our own program, for the second rung of the power ladder */
  recon: Argv;
  /** the file that this program runs from; a workload that holds the same is called, and not started */
  program?: string;
  /** where /proc, /sys and /dev are looked for */
  root: string;
  /** undefined: this program is root, and does all itself */
  warden?: PeerWarden;
}

/** The dependencies of a peer on a real machine. */
export function peerDeps(settings: PeerSettings, log: Log, warden?: PeerWarden): PeerDeps {
  return {
    ...settings,
    run,
    startChild,
    fetch: httpFetch,
    sleep: async (durationMs) => delay(durationMs),
    nowMs: () => performance.now(),
    random: Math.random,
    log,
    recon: ['/usr/bin/recon'],
    root: '/',
    ...definedOnly({ warden, program: process.argv[1] }),
  };
}
