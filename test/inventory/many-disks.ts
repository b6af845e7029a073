const BYTES = 8001563222016;

/** A capture of a machine with so many disks in one shelf behind a RAID controller, as recon takes it, by the paths of its files. */
export function manyDisks(count: number): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const put = (path: string, content: unknown): unknown =>
    files.set(path, Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)));
  const disks = Array.from({ length: count }, (_, at) => ({
    at,
    name: nameOf(at),
    serial: `DSK${hex(at)}`,
    wwn: `0x5000c500a1${hex(at)}`,
  }));
  const links: Record<string, string> = {};
  const drives: Record<string, unknown> = { Basics: { Model: 'Karte 9361', 'Serial Number': 'SK30117' } };
  put('raw/lsblk.out', {
    blockdevices: disks.map(({ at, name, serial, wwn }) => ({
      name,
      type: 'disk',
      size: BYTES,
      serial,
      wwn,
      tran: 'sas',
      hctl: `0:0:${at}:0`,
    })),
  });
  for (const { at, name, serial, wwn } of disks) {
    put(`raw/smartctl-${name}.out`, {
      smartctl: { exit_status: 0 },
      scsi_product: 'PLATTE8T',
      serial_number: serial,
      logical_unit_id: wwn,
    });
    put(`fs/sys/block/${name}/size`, '15628053168\n');
    put(`fs/sys/block/${name}/device/sas_address`, `0x5000c500b1${hex(at)}\n`);
    const target = `sys/devices/pci0000:00/0000:00:02.0/host0/target0:0:${at}/0:0:${at}:0`;
    links[`sys/block/${name}`] = `${target}/block/${name}`;
    links[`dev/disk/by-path/pci-0000:00:02.0-sas-phy${at}-lun-0`] = `dev/${name}`;
    links[`sys/class/enclosure/0:0:9999:0/Slot ${at}/device`] = target;
    const place = `Drive /c0/e252/s${at}`;
    drives[place] = [{ 'EID:Slt': `252:${at}`, DID: at, State: 'JBOD', Size: '7.277 TB', Intf: 'SAS', Med: 'HDD', SeSz: '512B' }];
    drives[`${place} - Detailed Information`] = { [`${place} Device attributes`]: { SN: serial, WWN: wwn.slice(2).toUpperCase() } };
  }
  put('raw/storcli-drives.out', { Controllers: [{ 'Command Status': { Controller: 0, Status: 'Success' }, 'Response Data': drives }] });
  const ids = [...files.keys()].flatMap((path) => /^raw\/(.+)\.out$/.exec(path)?.[1] ?? []);
  const commands = ids.map((id) => ({ id, argv: [id], status: 'ok', durationMs: 1 }));
  put('capture.json', { captureVersion: 1, commands, files: [], links });
  return files;
}

function hex(at: number): string {
  return at.toString(16).padStart(6, '0');
}

/** sda … sdz, sdaa …: 26 letters without a zero. */
function nameOf(at: number): string {
  let [name, rest] = ['', at + 1];
  while (rest > 0) {
    name = String.fromCharCode(97 + ((rest - 1) % 26)) + name;
    rest = Math.floor((rest - 1) / 26);
  }
  return `sd${name}`;
}
