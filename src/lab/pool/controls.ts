import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { run, runOk } from '../../platform/process/command.ts';
import { waitFor } from '../../platform/process/wait-for.ts';
import { lastConsoleLines } from '../machine/console-text.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import { assign } from './boot-nodes.ts';
import { onNode } from './node-machine.ts';
import { HEAD, type PoolLabNode } from './plan.ts';
import type { PoolLab } from './set-up-pool.ts';

/** Firmware, kernel and ramdisk, up to what the ramdisk says. */
const SENTENCE_MS = 15 * 60_000;
/** The head looks into its folder each two seconds. */
const EDIT_MS = 2 * 60_000;

/** Findings: the two sides of the head are not two. */
export async function findSidesTrouble({ room, peoplePort }: Pick<PoolLab, 'room' | 'peoplePort'>): Promise<string[]> {
  const status = async (from: PoolLab['room']['people'], url: string): Promise<string> => {
    const argv = from.inside([
      'curl',
      '--silent',
      '--insecure',
      '--max-time',
      '20',
      '--output',
      '/dev/null',
      '--write-out',
      '%{http_code}',
      url,
    ]);
    return (await run(argv, { timeoutMs: 30_000 })).stdout.toString('utf8');
  };
  const rows: readonly (readonly [string, PoolLab['room']['people'], string, string])[] = [
    ['the API on the public side, without a session', room.people, `https://${HEAD.publicAddress}:${peoplePort}/api/v1/nodes`, '401'],
    ['the API on the private side', room.head, `http://${HEAD.privateAddress}/api/v1/nodes`, '404'],
    ['the first script on the private side', room.head, `http://${HEAD.privateAddress}/menu.ipxe`, '200'],
  ];
  const findings = await Promise.all(
    rows.map(async ([what, from, url, should]) => {
      const is = await status(from, url);
      return is === should ? [] : [`${what} answers ${is}, and should answer ${should}`];
    }),
  );
  return findings.flat();
}

/** Waits for one of the ramdisk's or the loader's sentences: after a reset, or from a line of the console on. Gives a finding when it is not said. */
export async function findUnsaid(vm: VirtualMachine, pattern: RegExp, start: 'reset' | number): Promise<string[]> {
  const from = start === 'reset' ? vm.console.length : start;
  if (start === 'reset') await vm.qmp.execute('system_reset');
  try {
    await vm.waitForLine(pattern, SENTENCE_MS, from);
    return [];
  } catch (error) {
    // a QEMU that somebody ended says nothing about the product
    if (error instanceof ReconError && error.code === 'infrastructure') throw error;
    return [`${vm.name} should have said ${pattern}; its console ends with:\n${lastConsoleLines(vm.console, 10)}`];
  }
}

const SERVES = /revision \d+ of the pool serves/;

/**
 * Control: a root whose modules are of another kernel is refused when it is assigned; and where a file was edited by hand, by the ramdisk, which goes no
 * further.
 */
export async function findOddKernel(lab: PoolLab, node: PoolLabNode, vm: VirtualMachine): Promise<string[]> {
  const refusal = await assign(lab, node.name, 'misfit').then(() => 'nothing', messageOf);
  const findings = /modules of 9\.9\.9-other only/.test(refusal)
    ? []
    : [`an image with another kernel's root was assigned; the head said ${refusal}`];
  const from = lab.head.said.length;
  await assign(lab, node.name, 'odd');
  await lab.head.waitForWords(SERVES, EDIT_MS, from);
  const { path, text } = lab.folder.oddProfile;
  const edited = lab.head.said.length;
  await writeAtomic(path, text);
  await lab.head.waitForWords(SERVES, EDIT_MS, edited);
  return [...findings, ...(await findUnsaid(vm, /recon: the kernel is \S+, the root has modules of: 9\.9\.9-other/, 'reset'))];
}

/**
 * Control: the files of a node are given once for a token. On the node itself, which runs failsafe: a script and a token of its own, the files,
 * and the files once more, as somebody else would ask who has seen the token.
 */
export async function findTokenTrouble({ head, room, folder }: PoolLab, { name, mac, address }: PoolLabNode): Promise<string[]> {
  const from = head.said.length;
  const base = `http://${HEAD.privateAddress}/nodes/${mac}`;
  const files = (to: string): string => `wget -q -O ${to} --header "x-recon-token: $t" ${base}/config.tar && echo given || echo refused`;
  const script = [
    `wget -q -O /dev/null ${base}/boot.ipxe`,
    `wget -q -O /tmp/token.cpio ${base}/token.cpio`,
    'mkdir -p /tmp/t && cd /tmp/t && cpio -i < /tmp/token.cpio 2> /dev/null; t=$(cat recon-token)',
    files('/tmp/first'),
    files('/tmp/second'),
  ].join('; ');
  const said = await onNode(room.head, folder.keyPath, address, script);
  const findings =
    said === 'given\nrefused'
      ? []
      : [`${name}: its files were ${said?.replace('\n', ', then ') ?? 'not asked for'}; the second asker must be refused`];
  const { seen } = await head.node(name);
  if (seen?.frozen === undefined) findings.push(`${name}: a token was used twice, and its files are not frozen`);
  if (!head.said.slice(from).some((line) => line.includes('ALARM') && line.includes(name)))
    findings.push('the head raised no alarm for a token that was used twice');
  await head.change('POST', `/nodes/${name}/release`, {});
  return findings;
}

async function listenersFor(port: number, where: PoolLab['room']['head']): Promise<string> {
  const argv = where.inside(['ss', '--no-header', '--listening', '--udp', '--numeric', `sport = :${port}`]);
  return (await runOk(argv, { timeoutMs: 30_000 })).trim();
}

/** Control: somebody else's DHCP server on the private side silences ours, and is named. */
export async function findForeignTrouble({ head, room }: PoolLab): Promise<string[]> {
  const from = head.said.length;
  const server = await room.startForeignServer();
  try {
    await head.waitForWords(/10\.10\.9\.9/, SENTENCE_MS, from);
    // its own words are no proof that it is silent
    const isSilent = await waitFor(async () => ((await listenersFor(67, room.head)) === '' ? true : undefined), {
      timeoutMs: 60_000,
      pauseMs: 500,
    });
    return isSilent === true ? [] : ['a foreign DHCP server was named, and ours went on beside it'];
  } catch (error) {
    return [`a foreign DHCP server on the private side was not noticed: ${messageOf(error)}`];
  } finally {
    await server.stop();
  }
}
