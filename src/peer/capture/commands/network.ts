import { NO_MODULE, NO_PRIVATE_FLAGS } from './absent-words.ts';
import type { CommandRule } from './plan.ts';

const QUICK_MS = 15_000;

const links = { timeoutMs: QUICK_MS, part: 'links' } as const;
const port = { ...links, each: 'interfaces' } as const;

/** Interfaces, neighbours, transceivers, InfiniBand. */
export const NETWORK_COMMANDS: readonly CommandRule[] = [
  { ...links, id: 'ip-address', argv: ['ip', '-json', '-details', 'address'] },
  { ...links, id: 'ip-link', argv: ['ip', '-json', '-details', 'link'] },
  { ...links, id: 'lldpctl', argv: ['lldpctl', '-f', 'json'] },
  { ...port, id: 'ethtool', argv: (name) => ['ethtool', name] },
  { ...port, id: 'ethtool-driver', argv: (name) => ['ethtool', '-i', name] },
  { ...port, id: 'ethtool-permanent', argv: (name) => ['ethtool', '-P', name] },
  { ...port, id: 'ethtool-private-flags', argv: (name) => ['ethtool', '--show-priv-flags', name], absentWhen: NO_PRIVATE_FLAGS },
  { ...port, id: 'ethtool-module', argv: (name) => ['ethtool', '-m', name], absentWhen: NO_MODULE },
  { id: 'ibstat', timeoutMs: QUICK_MS, argv: ['ibstat'], needs: 'infinibandDevices' },
];
