import { NO_MODULE, NO_PRIVATE_FLAGS } from './absent-words.ts';
import type { CommandRule } from './plan.ts';

const QUICK_MS = 15_000;

const port = { timeoutMs: QUICK_MS, each: 'interfaces' } as const;

/** Interfaces, neighbours, transceivers, InfiniBand. */
export const NETWORK_COMMANDS: readonly CommandRule[] = [
  { id: 'ip-address', timeoutMs: QUICK_MS, argv: ['ip', '-json', '-details', 'address'] },
  { id: 'ip-link', timeoutMs: QUICK_MS, argv: ['ip', '-json', '-details', 'link'] },
  { id: 'lldpctl', timeoutMs: QUICK_MS, argv: ['lldpctl', '-f', 'json'] },
  { ...port, id: 'ethtool', argv: (name) => ['ethtool', name] },
  { ...port, id: 'ethtool-driver', argv: (name) => ['ethtool', '-i', name] },
  { ...port, id: 'ethtool-permanent', argv: (name) => ['ethtool', '-P', name] },
  { ...port, id: 'ethtool-private-flags', argv: (name) => ['ethtool', '--show-priv-flags', name], absentWhen: NO_PRIVATE_FLAGS },
  { ...port, id: 'ethtool-module', argv: (name) => ['ethtool', '-m', name], absentWhen: NO_MODULE },
  { id: 'ibstat', timeoutMs: QUICK_MS, argv: ['ibstat'], needs: 'infinibandDevices' },
];
