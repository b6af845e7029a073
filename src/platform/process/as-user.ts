import type { Argv } from './command.ts';

/** Capabilities as setpriv(1) spells them. */
export type Capability = 'net_admin' | 'net_bind_service' | 'net_raw';

/**
 * A command line that runs a program as another user, with these capabilities and no way to any other: the process is the program itself, under the
 * number that its start gave. The user needs no name; what the program reads must be readable for everybody.
 */
export function asUser(userId: number, capabilities: readonly Capability[], argv: Argv): Argv {
  const sets = capabilities.map((name) => `,+${name}`).join('');
  return [
    'setpriv',
    ...[`--reuid=${userId}`, `--regid=${userId}`, '--clear-groups', '--no-new-privs'],
    ...[`--bounding-set=-all${sets}`, `--inh-caps=-all${sets}`, `--ambient-caps=-all${sets}`],
    '--',
    ...argv,
  ];
}
