/**
 * The layers of src/: which folder may import which. Everything is listed, lowest first, so an arrow that runs back up cannot be
 * written down. What is not in this table fails (layers.test.ts): a new folder is entered here before it has a file.
 */
export interface Wing {
  /** the folder below src/, `main.ts` for the entry file */
  name: string;
  /** what it may import of other wings, each of which stands above it in this table: a wing, one of its folders, or one file */
  imports: readonly string[];
  /** its folders, lowest first; each may import those before it. `.` are its own files, one may stand by itself; missing: it has no folders */
  rooms?: readonly string[];
}

export const WINGS: readonly Wing[] = [
  { name: 'domain', imports: [], rooms: ['values', 'record', 'drives', 'visit', 'grub', '.', 'pool'] },
  { name: 'judge', imports: ['domain'], rooms: ['findings', 'identity', '.'] },
  {
    name: 'inventory',
    imports: ['domain', 'judge/findings/findings.ts', 'judge/identity/fingerprint.ts'],
    rooms: [
      'values',
      'smbios',
      'tools/lshw',
      'tools/ethtool',
      'tools/lldpctl',
      'tools/ip',
      'tools/lvm',
      'tools/cpuinfo',
      'tools/redfish',
      'tools/facter',
      'tools/storcli',
      'tools/megacli',
      'tools/lspci',
      'tools/smartctl',
      'tools',
      'readings',
      'sections/pci',
      'sections/cpu',
      'sections/fru',
      'sections/told',
      'sections/storage/disk',
      'sections/storage',
      'sections/network',
      'sections',
      '.',
    ],
  },
  { name: 'platform', imports: ['domain'], rooms: ['.', 'files', 'archive', 'process', 'machine', 'fat', 'network', 'database'] },
  { name: 'settings', imports: ['domain', 'platform'] },
  { name: 'tarball', imports: ['domain', 'platform'] },
  {
    name: 'report',
    imports: ['domain', 'judge/identity', 'tarball/visit.ts'],
    rooms: [
      'columns',
      '.',
      'export',
      'export/formats/netbox',
      'export/formats',
      'netbox-push',
      'fleet',
      'tables',
      'trace',
      'page',
      'page/details',
      'diff',
    ],
  },
  { name: 'records', imports: ['domain', 'platform', 'judge'] },
  { name: 'seal', imports: ['domain', 'platform', 'judge', 'tarball', 'report', 'records'] },
  { name: 'bundle', imports: ['domain', 'platform'] },
  {
    name: 'builder',
    imports: ['domain', 'platform', 'bundle'],
    rooms: ['foreign', 'drivers', 'image', 'disk', 'trim', 'initrd', 'sbom', 'host', 'verify', '.'],
  },
  {
    name: 'master',
    imports: ['domain', 'platform', 'judge/identity', 'tarball/signature.ts', 'report/missing-machine.ts', 'records', 'seal'],
    rooms: [
      'http/transfer',
      'http',
      'ledger/machine',
      'ledger',
      'dhcp/dnsmasq',
      'dhcp',
      'guard/packets',
      'guard/foreign-server',
      'guard',
      'intake/space',
      'visit',
      'intake',
      'medium',
      'boot',
      'verdict',
      'seal',
      'show',
      'show/live',
      '.',
    ],
  },
  // behind the master: it answers with the same HTTP framework
  {
    name: 'pool',
    imports: [
      'domain',
      'judge/identity',
      'platform',
      'settings',
      'builder/drivers/module-closure.ts',
      'builder/image',
      'builder/sbom/sbom-text.ts',
      'master/boot',
      'master/http',
      'master/guard',
      'master/dhcp',
      // a visit that is sent to the head becomes nodes
      'tarball/open-visit.ts',
    ],
    rooms: [
      'decide',
      'folder',
      'select',
      'store',
      'change',
      'script',
      'history',
      'serve',
      'dhcp',
      'people',
      'audit',
      'api/parts',
      'api/routes',
      'api',
      'desk',
      'image/check',
      'image/store',
      'image/desk',
      'image/build',
      'public',
      'remote',
      'head',
      'stick',
      'install/text',
      'install/machine',
      'install/check',
      'install/steps',
      'install',
    ],
  },
  { name: 'peer', imports: ['domain', 'platform', 'inventory'], rooms: ['capture/commands', 'capture', '.'] },
  {
    name: 'service',
    imports: [
      ...[
        'domain',
        'platform',
        'settings',
        'inventory/early-record.ts',
        'records',
        'seal/seal-tarball.ts',
        'seal/seal-apart.ts',
        'seal/place-tarball.ts',
        'bundle',
        // a copy of the stick on a disk
        'builder/disk',
        'builder/drivers',
      ],
      ...['master', 'peer', 'pool/stick/open-stick-pool.ts'],
    ],
    rooms: [
      'segments',
      'stick/grow',
      'stick',
      'second-stick',
      'install',
      'encrypted',
      'settings',
      'inventory',
      'own',
      'join',
      'warden',
      'peer-warden',
      '.',
    ],
  },
  {
    name: 'desk',
    imports: ['domain', 'platform', 'judge', 'settings', 'tarball', 'report', 'records', 'seal', 'bundle/report-script.ts'],
    rooms: ['.', 'merge', 'share', 'push'],
  },
  // a visit that is played on one host: the master's own parts, with machines that nobody has
  {
    name: 'demo',
    imports: [
      ...['domain', 'platform', 'judge/findings/findings.ts', 'judge/identity/fingerprint.ts', 'inventory/early-record.ts'],
      ...['report/missing-machine.ts', 'records', 'seal/seal-tarball.ts', 'bundle/report-script.ts', 'bundle/web-page.ts'],
      ...['master', 'peer', 'service/screen.ts', 'service/console-commands.ts', 'desk/open-tarballs.ts', 'desk/report.ts'],
    ],
    rooms: ['fleet', '.'],
  },
  {
    name: 'lab',
    imports: [
      'domain',
      'platform',
      // yank/: the product's own parts that keep a record, in a virtual machine, on a stick as the builder makes it
      ...['bundle/bundle.ts', 'builder/image/data-partition.ts', 'records/revisions.ts', 'seal/seal-tarball.ts', 'master/intake/store.ts'],
      ...['records/read-revisions.ts', 'master/visit/begin-visit.ts'],
      ...['master/ledger/ledger.ts', 'master/seal/sealing.ts', 'service/stick/data-storage.ts'],
      // pool/server-disk.ts: a Debian with a checkout, as a person has it before `recon head install`
      ...['builder/image/apt-mirror.ts', 'builder/image/apt-sources.ts', 'pool/install/steps/program-parts.ts'],
      ...['pool/image/build/debian-tree.ts', 'pool/image/build/step-cache.ts'],
      // pool/build-root-forms.ts
      ...['pool/image/build/build-image.ts', 'pool/image/build/image-recipe.ts'],
    ],
    rooms: [
      ...['plan', 'network', 'stick', 'hardware', 'machine', 'checks', 'times', 'yank/guest', 'yank'],
      ...['matrix/disks', 'matrix/uefi', 'matrix/guest', 'matrix/machine', 'matrix/findings', 'matrix/mutants', 'matrix'],
      '.',
      // behind it: it has another head than the stick's master, and the same machines
      'pool',
      'install',
      'media',
      'foreign',
    ],
  },
  {
    name: 'cli',
    imports: [
      ...[
        'domain',
        'platform',
        'pool',
        'tarball/signature.ts',
        'report',
        'bundle/pool-page.ts',
        'builder',
        'peer',
        'service',
        'desk',
        'demo',
        'lab',
      ],
    ],
  },
  { name: 'main.ts', imports: ['platform/terminal.ts', 'platform/process/thread-work.ts', 'cli/run-program.ts', 'seal/sealing-thread.ts'] },
  // what runs in a browser
  { name: 'web', imports: ['domain'], rooms: ['parts', 'live', 'words', 'list', 'machine', '.'] },
  {
    name: 'pool-page',
    imports: ['domain', 'web/parts'],
    rooms: [
      'live',
      'words',
      'change',
      'nodes',
      'node',
      'profiles/form',
      'profiles',
      'groups',
      'images',
      'history',
      'import',
      'people',
      'session',
      '.',
    ],
  },
  { name: 'report-page', imports: ['domain/values', 'report/html-text.ts', 'report/page/machine-columns.ts'] },
];

/** Where each package is used, and nowhere else: files or folders below src/. */
export const PACKAGE_HOMES: Readonly<Record<string, readonly string[]>> = {
  'age-encryption': ['platform/archive/age.ts'],
  commander: ['cli'],
  esbuild: ['bundle'],
  execa: ['platform/process'],
  fastify: ['master', 'pool/api', 'pool/serve', 'pool/public', 'pool/stick'],
  hucre: ['report/export/formats/xlsx.ts'],
  'ipaddr.js': ['domain/ip-address.ts'],
  'playwright-core': ['platform/process/chromium.ts', 'lab/pool/swap-in-browser.ts'],
  'openid-client': ['platform/network/open-id.ts'],
  postgres: ['platform/database/postgres.ts'],
  preact: ['web', 'pool-page'],
  'tar-stream': ['platform/archive/tar-reader.ts', 'tarball/tar-writer.ts', 'pool/serve/config-archive.ts'],
  yaml: ['settings', 'inventory/tools/facter'],
  // schemas stand in the domain; besides, whoever reads what another program wrote checks it where it comes in
  zod: [
    'domain',
    'platform',
    'settings',
    'pool',
    'tarball',
    'builder/recipes.ts',
    'builder/next-command.ts',
    'desk/column-map.ts',
    'desk/push/netbox-client.ts',
    'master',
    'peer',
    'service',
    'lab',
  ],
};

/** Parts of Node that only compute, and only what is taken from them. They do nothing to the machine, so every folder that runs in Node may use them. */
export const COMPUTING: Readonly<Record<string, readonly string[] | 'all'>> = {
  'node:path': 'all',
  'node:url': 'all',
  'node:util': 'all',
  'node:crypto': 'all',
  'node:zlib': 'all',
  'node:events': 'all',
  'node:stream': 'all',
  'node:stream/promises': 'all',
  'node:stream/consumers': 'all',
  'node:timers/promises': 'all',
  'node:os': ['availableParallelism', 'freemem'],
  'node:process': ['argv', 'execPath', 'geteuid', 'pid', 'stdin', 'stdout'],
  // reading; to write, to rename and to open belong to src/platform
  'node:fs': ['existsSync', 'readFileSync'],
  'node:fs/promises': ['access', 'lstat', 'readFile', 'readdir', 'readlink', 'realpath', 'stat'],
};

/** Wings whose functions answer from what they are given: the clock, files, chance and the network are not theirs. */
export const PURE: Readonly<Record<string, readonly string[]>> = {
  domain: ['node:path'],
  judge: [],
  inventory: ['node:path'],
  report: ['node:crypto', 'node:zlib'],
  web: [],
  'pool-page': [],
  'report-page': [],
};

/** Functions of the language's own globals that open sockets. */
export const SOCKET_GLOBALS = ['fetch', 'EventSource', 'WebSocket'] as const;
export const SOCKET_HOMES = ['platform', 'web', 'pool-page'] as const;
