import { HEAD_PLACES } from '../../../domain/pool/head-places.ts';
import { dynamicRange, type HeadPlan } from './head-plan.ts';
import { FILE_HEAD } from './places.ts';

/** `head.yaml` of an installed head. Pure. */
export function headSettingsText({
  private: inside,
  public: outside,
  certificate,
  key,
}: Pick<HeadPlan, 'private' | 'public'> & { certificate?: string; key?: string }): string {
  return [
    FILE_HEAD,
    '# Options of `recon head serve` by their names. After a change: systemctl restart recon-head',
    `interface: ${inside}`,
    ...(outside === undefined ? [] : [`public: ${outside}`]),
    `pool: ${HEAD_PLACES.pool}`,
    `images: ${HEAD_PLACES.images}`,
    `state: ${HEAD_PLACES.state}`,
    `secrets: ${HEAD_PLACES.secrets}`,
    `loaders: ${HEAD_PLACES.loaders}`,
    ...(certificate === undefined || key === undefined ? [] : [`certificate: ${certificate}`, `key: ${key}`]),
    '',
  ].join('\n');
}

/** The files of a pool to begin with, by their path: nothing changes on a machine that nobody has said something about. Pure. */
export function firstPool(plan: HeadPlan): Map<string, string> {
  return new Map([
    ['pool.yaml', poolText(plan)],
    [
      'profiles/compute.yaml',
      "# A system that lives in RAM. Disks stay untouched.\nkind: compute\nimage: compute-debian-13\narguments: [console=tty0, 'console=ttyS0,115200n8']\n",
    ],
    [
      'profiles/failsafe.yaml',
      '# A rescue system: shell, ssh by key, no disk is written until somebody asks.\nkind: failsafe\nimage: failsafe\n',
    ],
    ['profiles/local-disk.yaml', '# What is installed on the machine.\nkind: local-disk\n'],
    ['profiles/recon.yaml', '# Inventory; needs reconUrl in head.yaml.\nkind: recon\n'],
  ]);
}

const MAIN = 'pool.yaml';

/** Whether a folder has nothing yet, or some of the first files, letter for letter, and not the main one, which is written last: an install was killed between two. Pure. */
export function isUnbegun(files: ReadonlyMap<string, string>, first: ReadonlyMap<string, string>): boolean {
  return !files.has(MAIN) && [...files].every(([path, text]) => first.get(path) === text);
}

function poolText(plan: HeadPlan): string {
  return `# What each machine boots. An edit is taken within two seconds when all files fit together: recon pool check
networks:
  private:
    interface: ${plan.private}
    subnet: ${plan.subnet}
    range: ${dynamicRange(plan)}
    domain: ${plan.domain}
    router: ${plan.isNat ? plan.address : 'none'}
# machines with names, in nodes.yaml: node-000: { macs: ['52:54:00:66:00:01'], address: ${exampleAddress(plan)}, boot: compute }
# a machine that is not in nodes.yaml, and a node that nothing else says something about
unknown: local-disk
default: local-disk
menu:
  title: What is to be booted?
  timeoutSeconds: 8
  default: local-disk
  items: [local-disk, compute, failsafe, recon]
`;
}

function exampleAddress({ address }: HeadPlan): string {
  return address.replace(/\d+$/, (last) => String(Number(last) + 9));
}
