import { z } from 'zod';

/**
 * The stages of a machine's boot, in the order they happen; docs/boot.md tells the same story with the same names.
 * `discover` to `ack` come from dnsmasq's log, `loader` from TFTP, `script` to `root-image` from HTTP, the rest from the peer. `own-disk`, again
 * from HTTP, is a machine that came back after its record was stored. `config` to `gone` are those of a node of the boot pool.
 */
export const STAGES = [
  'discover',
  'offer',
  'request',
  'ack',
  'loader',
  'script',
  'kernel',
  'initrd',
  'root-image',
  'config',
  'handover',
  'up',
  'gone',
  'agent',
  'collect',
  'upload',
  'receipt',
  'power-off',
  'own-disk',
] as const;

export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/** Stages of a node of the boot pool, which no peer of an inventory has. */
export const POOL_STAGES: readonly Stage[] = ['config', 'handover', 'up', 'gone'];

/** True when `later` lies behind `earlier` on a machine's way. */
export function isLater(later: Stage, earlier: Stage): boolean {
  return STAGES.indexOf(later) > STAGES.indexOf(earlier);
}
