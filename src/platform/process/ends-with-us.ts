import type { Argv } from './command.ts';

/**
 * A command line whose processes all end when ours does, however it does (SIGKILL, no memory): a process namespace of its own, whose first process
 * is killed with us and takes all others with it. Its mounts are its own and end with it, too; no process elsewhere gets a copy that would keep them.
 * For root. prctl(2) PR_SET_PDEATHSIG, pid_namespaces(7), unshare(1).
 */
export function endsWithUs(argv: readonly string[]): Argv {
  const inNamespace = ['unshare', '--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return ['setpriv', '--pdeathsig', 'KILL', ...inNamespace, '--', ...argv];
}
