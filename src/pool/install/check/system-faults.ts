import type { AskedMachine } from '../machine/asked-machine.ts';
import type { HeadFault } from './head-fault.ts';

/** A server whose services nobody would start. */
export async function systemFaults({ ask }: Pick<AskedMachine, 'ask'>): Promise<HeadFault[]> {
  if ((await ask(['systemctl', '--version'])).isOk) return [];
  return [
    {
      ...{ code: 'system', weight: 'stops', message: 'This server has no systemd, and a head node is a service of it.' },
      hint: 'A head node is a Debian 12 or 13 as it comes. Elsewhere `recon head serve` may be started by whatever starts programs there.',
    },
  ];
}
