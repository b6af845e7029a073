import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startVirtualMachine } from '../../src/lab/machine/virtual-machine.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type StoredImage, storedImages } from '../../src/pool/image/store/stored-images.ts';

/**
 * How a root gets into RAM, in virtual machines: the newest compute image of RECON_IMAGES=, fetched as a squashfs, against one that was built with
 * --embed in RECON_CLASSIC=, a tarball in its ramdisk. Builds nothing. RECON_MEMORY= and RECON_CLASSIC_MEMORY= are sizes in MiB, tried from the first one
 * on until one does not come up. Time is the emulator's processor time, which a busy machine stretches little.
 */
const [images, classic] = [process.env['RECON_IMAGES'], process.env['RECON_CLASSIC']];
const sizesOf = (name: string, otherwise: string): number[] => (process.env[name] ?? otherwise).split(',').map(Number);
const BOOT_MS = 15 * 60_000;
const MAC = '52:54:00:66:00:01';
const TICKS_PER_SECOND = 100;

if (images === undefined || classic === undefined)
  process.stdout.write('boots of the pool: name folders of images with RECON_IMAGES= and RECON_CLASSIC= (built with --embed)\n');
else {
  const [mine, other] = [
    await measure(images, 'squashfs', sizesOf('RECON_MEMORY', '512,192,160,144,128')),
    await measure(classic, 'embedded', sizesOf('RECON_CLASSIC_MEMORY', '1024,512,448,384,320')),
  ];
  process.stdout.write(
    `least RAM: ${mine.floorMib} MiB, ${(mine.floorMib / other.floorMib).toFixed(2)} x the ${other.floorMib} MiB of a tarball in the ramdisk (bar 0.5)\n`,
  );
  process.stdout.write(`from init to the hand-over: ${(mine.seconds / other.seconds).toFixed(2)} x (bar 0.2)\n`);
}

/** The least size that came up, and the processor time from init to systemd at the first size. */
async function measure(
  directory: string,
  form: 'squashfs' | 'embedded',
  sizesMib: readonly number[],
): Promise<{ floorMib: number; seconds: number }> {
  const image = (await storedImages(directory)).images.findLast(({ manifest }) => manifest.kind === 'compute');
  if (image === undefined) throw new Error(`${directory} has no compute image`);
  let [floorMib, seconds] = [Number.NaN, Number.NaN];
  for (const mib of sizesMib) {
    const taken = await boot(image, form, mib);
    process.stdout.write(
      `${form}, ${mib} MiB: ${taken === undefined ? 'does not come up' : `up; ${taken.toFixed(1)} s of processor from init to systemd`}\n`,
    );
    if (taken === undefined) break;
    floorMib = mib;
    if (Number.isNaN(seconds)) seconds = taken;
  }
  return { floorMib, seconds };
}

async function boot({ path, manifest }: StoredImage, form: 'squashfs' | 'embedded', mib: number): Promise<number | undefined> {
  await using work = await temporaryDirectory('recon-bench-');
  await using server = await serve(path);
  const root = manifest.files['root.sqfs'];
  const words = [
    'console=ttyS0,115200n8 no_timer_check systemd.default_timeout_start_sec=600 systemd.default_device_timeout_sec=600',
    ...(form === 'embedded' || root === undefined
      ? []
      : [`recon.root=${server.url}/root.sqfs recon.sha256=${root.sha256} recon.size=${root.sizeBytes}`]),
    `recon.mode=${form === 'embedded' ? 'tmpfs' : form} recon.node=node-000 recon.mac=${MAC} BOOTIF=01-${MAC.replaceAll(':', '-')}`,
  ];
  const qmp = join(work.path, 'qmp');
  await using vm = await startVirtualMachine(
    'node-000',
    [
      ...([
        'qemu-system-x86_64',
        '-nodefaults',
        '-no-user-config',
        '-display',
        'none',
        '-machine',
        'q35',
        '-accel',
        'tcg',
        '-cpu',
        'Nehalem',
      ] as const),
      ...[
        '-smp',
        '1',
        '-m',
        `${mib}`,
        '-no-shutdown',
        '-serial',
        'stdio',
        '-qmp',
        `unix:${qmp},server=on,wait=off`,
        '-pidfile',
        join(work.path, 'pid'),
      ],
      ...['-device', 'virtio-rng-pci', '-netdev', 'user,id=net', '-device', `virtio-net-pci,netdev=net,mac=${MAC}`],
      ...['-kernel', join(path, 'kernel'), '-initrd', join(path, 'ramdisk'), '-append', words.join(' ')],
    ],
    qmp,
  );
  const pid = (await readFile(join(work.path, 'pid'), 'utf8')).trim();
  const at = async (pattern: RegExp): Promise<number> => {
    await vm.waitForLine(new RegExp(`${pattern.source}|recon: Nothing was written|Kernel panic|System is deadlocked`), BOOT_MS);
    if (!vm.console.some(({ text }) => pattern.test(text))) throw new Error('it does not go on');
    return processorSeconds(pid);
  };
  try {
    const init = await at(/Run \/init as init/);
    const handedOver = await at(/Welcome to Debian|systemd\[1\]: systemd \d+.* running/);
    await at(/Reached target .*[Mm]ulti-[Uu]ser/);
    return handedOver - init;
  } catch {
    return undefined;
  }
}

/** proc(5): fields 14 and 15 of stat, counted behind the name, which may have blanks. */
async function processorSeconds(pid: string): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function serve(directory: string): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    readFile(join(directory, (request.url ?? '').replaceAll(/[^\w.]/g, ''))).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // what QEMU's user network shows a guest of its host's loopback
  const url = `http://10.0.2.2:${(server.address() as AddressInfo).port}`;
  return { url, [Symbol.asyncDispose]: async () => void server.close() };
}
