import type { HostAdapter } from '../../../domain/record/storage.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { type CopiedFiles, copiedValue } from '../../values/copied-files.ts';
import { devicePlace } from '../../values/device-path.ts';

/** FC and SAS host adapters from /sys/class/fc_host and /sys/class/scsi_host; SATA ports and USB sticks are hosts too, and left out. */
export function hostAdapters(files: CopiedFiles): HostAdapter[] {
  const names = [...new Set([...files.list('sys/class/fc_host'), ...files.list('sys/class/scsi_host')])];
  return names
    .filter((name) => /^host\d+$/.test(name))
    .sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)))
    .flatMap((name) => {
      const adapter = readAdapter(files, name);
      return adapter.wwpn === undefined && adapter.sasAddress === undefined ? [] : [adapter];
    });
}

function readAdapter(files: CopiedFiles, name: string): HostAdapter {
  const file = (path: string): string | undefined => meaningful(copiedValue(files, path));
  const fc = (key: string): string | undefined => file(`sys/class/fc_host/${name}/${key}`);
  const scsi = (key: string): string | undefined => file(`sys/class/scsi_host/${name}/${key}`);
  const place = devicePlace(files, `sys/class/scsi_host/${name}`) ?? devicePlace(files, `sys/class/fc_host/${name}`);
  return definedOnly<HostAdapter>({
    name,
    driver: scsi('proc_name'),
    // mpt3sas, qla2xxx, lpfc: each driver has its own names for the same things
    model: scsi('board_name') ?? scsi('model_name') ?? scsi('modelname'),
    serial: meaningfulIdentity(scsi('board_tracer') ?? scsi('serial_num') ?? scsi('serialnum')),
    firmware: scsi('version_fw') ?? scsi('fw_version') ?? scsi('fwrev'),
    pciAddress: place?.pciAddress,
    wwpn: portName(fc('port_name')),
    wwnn: portName(fc('node_name')),
    sasAddress: portName(scsi('host_sas_address')),
    portState: fc('port_state'),
    speed: fc('speed'),
    supportedSpeeds: fc('supported_speeds'),
  });
}

function portName(text: string | undefined): string | undefined {
  const value = text?.toLowerCase();
  return value !== undefined && /^0x[0-9a-f]{16}$/.test(value) && !/^0x(0+|f+)$/.test(value) ? value : undefined;
}
