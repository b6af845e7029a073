import type { InfinibandDevice } from '../../../domain/record/infiniband.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful } from '../../../domain/values/placeholder.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import type { Readings } from '../../readings/readings.ts';
import { infinibandGuid } from '../../tools/ibstat-text.ts';
import { type CopiedFiles, copiedValue } from '../../values/copied-files.ts';

/** InfiniBand and RoCE devices: from `ibstat`, else from /sys/class/infiniband. */
export function infinibandDevices({ ibstat }: Pick<Readings, 'ibstat'>, files: CopiedFiles): InfinibandDevice[] {
  const missing = files.list('sys/class/infiniband').filter((name) => !ibstat.some((device) => device.name === name));
  return [...ibstat, ...missing.map((name) => readDevice(files, name))];
}

function readDevice(files: CopiedFiles, name: string): InfinibandDevice {
  const base = `sys/class/infiniband/${name}`;
  const file = (path: string): string | undefined => meaningful(copiedValue(files, `${base}/${path}`));
  const ports = files.list(`${base}/ports`).flatMap((name): InfinibandDevice['ports'] => {
    const port = wholeNumber(name);
    if (port === undefined) return [];
    const of = (key: string): string | undefined => file(`ports/${name}/${key}`);
    const rate = Number(/^(\d+(?:\.\d+)?) Gb/.exec(of('rate') ?? '')?.[1]);
    return [
      definedOnly<InfinibandDevice['ports'][number]>({
        port,
        state: afterNumber(of('state')),
        physicalState: afterNumber(of('phys_state')),
        rateGbps: Number.isNaN(rate) ? undefined : rate,
        lid: lid(of('lid')),
        // the second half of the port's first GID
        portGuid: infinibandGuid(of('gids/0')?.split(':').slice(4).join(':')),
        linkLayer: of('link_layer'),
      }),
    ];
  });
  return definedOnly<InfinibandDevice>({
    name,
    type: file('hca_type'),
    firmware: file('fw_ver'),
    hardware: file('hw_rev'),
    nodeGuid: infinibandGuid(file('node_guid')),
    systemImageGuid: infinibandGuid(file('sys_image_guid')),
    ports,
  });
}

/** `4: ACTIVE`. */
function afterNumber(text: string | undefined): string | undefined {
  return meaningful(text?.replace(/^\d+:\s*/, ''));
}

function lid(text: string | undefined): number | undefined {
  const value = /^0x[0-9a-f]{1,4}$/i.test(text ?? '') ? Number(text) : Number.NaN;
  return Number.isInteger(value) ? value : wholeNumber(text);
}
