import type { InfinibandDevice } from '../../domain/record/infiniband.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import { cleanValue, wholeNumber } from '../../domain/values/text.ts';

/** Devices of `ibstat`. The line that names one comes with and without a colon, and the fields below may begin at the line's start. */
export function parseIbstat(text: string): InfinibandDevice[] {
  const devices: { name: string; fields: Map<string, string>; ports: { port: number; fields: Map<string, string> }[] }[] = [];
  for (const line of text.split('\n')) {
    const name = /^\s*CA:?\s+'([^']+)'/.exec(line)?.[1];
    if (name !== undefined) {
      devices.push({ name, fields: new Map(), ports: [] });
      continue;
    }
    const device = devices.at(-1);
    const port = wholeNumber(/^\s*Port\s+(\d+):?\s*$/.exec(line)?.[1]);
    const [, key, raw] = /^\s*([^:]+?)\s*:\s+(\S.*)$/.exec(line) ?? [];
    const value = cleanValue(raw);
    if (device === undefined) continue;
    if (port !== undefined) device.ports.push({ port, fields: new Map() });
    else if (key !== undefined && value !== undefined) (device.ports.at(-1)?.fields ?? device.fields).set(key, value);
  }
  return devices.map(({ name, fields, ports }) =>
    definedOnly<InfinibandDevice>({
      name,
      type: meaningful(fields.get('CA type')),
      firmware: meaningful(fields.get('Firmware version')),
      hardware: meaningful(fields.get('Hardware version')),
      nodeGuid: infinibandGuid(fields.get('Node GUID')),
      systemImageGuid: infinibandGuid(fields.get('System image GUID')),
      ports: ports.map((found) => readPort(found.port, found.fields)),
    }),
  );
}

function readPort(port: number, fields: ReadonlyMap<string, string>): InfinibandDevice['ports'][number] {
  const rate = Number(/^(\d+(?:\.\d+)?)\b/.exec(fields.get('Rate') ?? '')?.[1]);
  return definedOnly<InfinibandDevice['ports'][number]>({
    port,
    state: meaningful(fields.get('State')),
    physicalState: meaningful(fields.get('Physical state')),
    rateGbps: Number.isNaN(rate) ? undefined : rate,
    lid: wholeNumber(fields.get('Base lid')),
    portGuid: infinibandGuid(fields.get('Port GUID')),
    linkLayer: meaningful(fields.get('Link layer')),
  });
}

/** `0x0002c90300a1b2c3` of ibstat and `0002:c903:00a1:b2c3` of /sys as 16 hexadecimal digits. */
export function infinibandGuid(text: string | undefined): string | undefined {
  const digits = text?.toLowerCase().replace(/^0x/, '').replaceAll(':', '');
  return digits !== undefined && /^[0-9a-f]{16}$/.test(digits) && !/^0+$/.test(digits) ? digits : undefined;
}
