import { FILE_HEAD, INSTALL_PLACES } from './places.ts';

/** The two sides between which packets go. */
export interface NatSides {
  private: string;
  public: string;
  /** of the private side */
  subnet: string;
}

/** A table of its own for nft(8): it may be loaded again at any time, and no rule of anybody else is touched. Pure. */
export function natTableText(sides: NatSides): string {
  return `${FILE_HEAD}
table inet recon
delete table inet recon
table inet recon {
	chain forward {
		type filter hook forward priority filter; policy accept;
		iifname "${sides.private}" oifname "${sides.public}" ip saddr ${sides.subnet} accept
		iifname "${sides.public}" oifname "${sides.private}" ct state established,related accept
		iifname "${sides.private}" drop
		oifname "${sides.private}" drop
	}
	chain postrouting {
		type nat hook postrouting priority srcnat; policy accept;
		oifname "${sides.public}" ip saddr ${sides.subnet} masquerade
	}
}
`;
}

const SANDBOX = `CapabilityBoundingSet=CAP_NET_ADMIN
NoNewPrivileges=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_UNIX AF_NETLINK
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
PrivateMounts=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
IPAddressDeny=any
UMask=0077
`;

/** Loads that table at boot. `nft flush ruleset`, which nftables.service begins with, would take it away: it comes after, and again with it. Pure. */
export function natServiceText(): string {
  return `${FILE_HEAD}
[Unit]
Description=Recon: way out for the machines of a head node
After=nftables.service
PartOf=nftables.service
Before=recon-head.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f ${INSTALL_PLACES.natTable}
ExecReload=/usr/sbin/nft -f ${INSTALL_PLACES.natTable}
ExecStop=-/usr/sbin/nft delete table inet recon
${SANDBOX}
[Install]
WantedBy=multi-user.target
`;
}

/** Forwarding between these two sides alone: the server does not become a router between all that it has (ip-sysctl.rst, `forwarding`). Pure. */
export function forwardingText({ private: inside, public: outside }: Pick<NatSides, 'private' | 'public'>): string {
  return `${FILE_HEAD}
net/ipv4/conf/${inside}/forwarding = 1
net/ipv4/conf/${outside}/forwarding = 1
`;
}
