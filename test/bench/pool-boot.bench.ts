import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { acceleratorArguments } from '../../src/lab/machine/accelerator.ts';
import { startVirtualMachine } from '../../src/lab/machine/virtual-machine.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type StoredImage, storedImages } from '../../src/pool/image/store/stored-images.ts';
import { tell, tellNotRun } from './frame/tell.ts';

/**
 * How a root gets into RAM, in virtual machines: the newest compute image of RECON_IMAGES=, fetched as a squashfs, against one that was built with
 * --embed in RECON_CLASSIC=, a tarball in its ramdisk. Builds nothing. RECON_MEMORY= and RECON_CLASSIC_MEMORY= are sizes in MiB, tried from the first one
 * on until one does not come up: with prompts to log in at, and with an sshd that answers. Time is the emulator's processor time, which a busy machine stretches little,
 * taken by turns; one that crawls shows by it.
 */
const [images, classic] = [process.env['RECON_IMAGES'], process.env['RECON_CLASSIC']];
const sizesOf = (name: string, otherwise: string): number[] => (process.env[name] ?? otherwise).split(',').map(Number);
const BOOT_MS = 15 * 60_000;
const MAC = '52:54:00:66:00:01';
const TICKS_PER_SECOND = 100;
const TURNS = 3;
const ROOMY_MIB = 640;
const READY = /recon: the root is ready/;
/** a getty that takes the console hangs it up, and systemd's words that were still on their way are lost: the last of them, now and then */
const UP = /Reached target .*(?:Login Prompts|[Mm]ulti-[Uu]ser)/;

type Form = 'squashfs' | 'embedded';

if (images === undefined || classic === undefined)
  tellNotRun('it takes virtual machines: name folders of images with RECON_IMAGES= and RECON_CLASSIC= (built with --embed)');
else {
  const [mine, other] = [await newestCompute(images), await newestCompute(classic)];
  const seconds: Record<Form, number[]> = { squashfs: [], embedded: [] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    seconds.squashfs.push((await boot(mine, 'squashfs', ROOMY_MIB, READY)) ?? Number.NaN);
    seconds.embedded.push((await boot(other, 'embedded', ROOMY_MIB, READY)) ?? Number.NaN);
  }
  // the words of its init are those of the program that built it
  if (![...seconds.squashfs, ...seconds.embedded].every(Number.isFinite))
    throw new Error('an image did not come to its hand-over, or does not say so: build both anew, with this program');
  tell('pool-boot.hand-over', { ours: seconds.squashfs, theirs: seconds.embedded });
  const floor = await leastMemory(mine, 'squashfs', sizesOf('RECON_MEMORY', '512,192,184,176,168'));
  const otherFloor = await leastMemory(other, 'embedded', sizesOf('RECON_CLASSIC_MEMORY', '512,448,384,352,344,336'));
  tell('pool-boot.memory', { ours: [floor], theirs: [otherFloor] });
}

async function newestCompute(directory: string): Promise<StoredImage> {
  const image = (await storedImages(directory)).images.findLast(({ manifest }) => manifest.kind === 'compute');
  if (image === undefined) throw new Error(`${directory} has no compute image`);
  return image;
}

/** The last size, in MiB, that came up before one did not. */
async function leastMemory(image: StoredImage, form: Form, sizesMib: readonly number[]): Promise<number> {
  let floor = Number.NaN;
  for (const mib of sizesMib) {
    const seconds = await boot(image, form, mib, UP);
    process.stdout.write(
      `${form}, ${mib} MiB: ${seconds === undefined ? 'does not come up' : `up, with ssh, after ${seconds.toFixed(0)} s of processor`}\n`,
    );
    if (seconds === undefined) break;
    floor = mib;
  }
  return floor;
}

/** Seconds of processor from init to what the console says then; undefined when it does not get there. */
async function boot({ path, manifest }: StoredImage, form: Form, mib: number, until: RegExp): Promise<number | undefined> {
  await using work = await temporaryDirectory('recon-bench-');
  await using server = await serve(path);
  const root = manifest.files['root.sqfs'];
  const words = [
    'console=ttyS0,115200n8 no_timer_check norandmaps systemd.default_timeout_start_sec=600 systemd.default_device_timeout_sec=600',
    ...(form === 'embedded' || root === undefined
      ? []
      : [`recon.root=${server.url}/root.sqfs recon.sha256=${root.sha256} recon.size=${root.sizeBytes}`]),
    `recon.mode=${form === 'embedded' ? 'tmpfs' : form} recon.node=node-000 recon.mac=${MAC} BOOTIF=01-${MAC.replaceAll(':', '-')}`,
  ];
  const qmp = join(work.path, 'qmp');
  const sshPort = await freePort();
  await using vm = await startVirtualMachine(
    'node-000',
    [
      ...(['qemu-system-x86_64', '-nodefaults', '-no-user-config', '-display', 'none', '-machine', 'q35'] as const),
      ...acceleratorArguments('tcg'),
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
      ...[
        '-device',
        'virtio-rng-pci',
        '-netdev',
        `user,id=net,hostfwd=tcp:127.0.0.1:${sshPort}-:22`,
        '-device',
        `virtio-net-pci,netdev=net,mac=${MAC}`,
      ],
      ...['-kernel', join(path, 'kernel'), '-initrd', join(path, 'ramdisk'), '-append', words.join(' ')],
    ],
    qmp,
  );
  const pid = (await readFile(join(work.path, 'pid'), 'utf8')).trim();
  const at = async (pattern: RegExp): Promise<number> => {
    await vm.waitForLine(
      new RegExp(`${pattern.source}|${UP.source}|recon: Nothing was written|Kernel panic|System is deadlocked`),
      BOOT_MS,
    );
    if (!vm.console.some(({ text }) => pattern.test(text))) throw new Error('it does not go on');
    return processorSeconds(pid);
  };
  try {
    const init = await at(/Run \/init as init/);
    const there = await at(until);
    if (until !== UP) return there - init;
    if (!(await greets(sshPort))) return undefined;
    return (await processorSeconds(pid)) - init;
  } catch {
    return undefined;
  }
}

/** Whether an sshd says its name there before long. QEMU takes the connection at once, and the guest's answer comes when there is one. */
async function greets(port: number): Promise<boolean> {
  for (const endMs = performance.now() + BOOT_MS / 3; performance.now() < endMs; ) {
    const socket = connect({ port, host: '127.0.0.1' });
    const text = await Promise.race([once(socket, 'data').then(String), once(socket, 'close').then(() => ''), wait(20_000, '')]).catch(
      () => '',
    );
    socket.destroy();
    if (text.startsWith('SSH-2.0-')) return true;
    await wait(1000);
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
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
