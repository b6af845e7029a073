import { ReconError } from '../../../domain/errors.ts';
import { commandError, run, runOk } from '../../../platform/process/command.ts';
import type { ImagePackage } from '../store/package-list.ts';

const HALF_HOUR_MS = 1_800_000;

export interface RpmTree {
  /** as in `9` */
  release: string;
  packages: readonly string[];
  /** URLs of repositories, with their signing keys in the system's own rpm database once the release package is in; see docs/images.md */
  repositories: readonly string[];
  architecture: string;
  say: (text: string) => void;
  signal: AbortSignal;
}

/** dnf's arguments for a tree; nothing of the host's own repositories or modules counts. Pure. */
export function dnfArguments({ release, packages, repositories, architecture }: Omit<RpmTree, 'say' | 'signal'>, path: string): string[] {
  return [
    ...['--assumeyes', `--installroot=${path}`, `--releasever=${release}`, `--forcearch=${architecture}`],
    ...[
      '--setopt=reposdir=none',
      '--setopt=install_weak_deps=False',
      '--setopt=tsflags=nodocs',
      '--setopt=keepcache=False',
      '--nogpgcheck',
    ],
    ...repositories.map((url, index) => `--repofrompath=recon-${index},${url}`),
    ...['--repo=recon-*', 'install', ...packages],
  ];
}

/** @throws ReconError `usage` when there is none */
export function requireRepositories(repositories: readonly string[]): void {
  if (repositories.length > 0) return;
  throw new ReconError('usage', 'this recipe needs to know where its packages are', {
    hint: 'REPOSITORY="http://…/9/BaseOS/x86_64/os http://…/9/AppStream/x86_64/os" recon image build compute-rocky-9',
  });
}

/** A system of rpm packages in a directory. @throws ReconError `usage` without a repository, `build-failed` with the package that is missing */
export async function rpmTree({ say, signal, ...tree }: RpmTree, path: string): Promise<void> {
  requireRepositories(tree.repositories);
  const onLine = (line: string): void => {
    if (/^(Installing|Running transaction|Downloading Packages|Dependencies resolved)/.test(line.trim())) say(line.trim());
  };
  const result = await run(['dnf', ...dnfArguments(tree, path)], { timeoutMs: HALF_HOUR_MS, onLine, signal });
  if (result.status === 'ok') return;
  const said = `${result.stdout.toString('utf8')}\n${result.stderr.toString('utf8')}`;
  const missing = [...said.matchAll(/^No match for argument: (\S+)/gm)].map(([, name]) => name);
  if (missing.length > 0) {
    throw new ReconError('build-failed', `no repository has ${missing.join(', ')}`, {
      hint: 'is it spelt so, and is its repository in REPOSITORY=?',
    });
  }
  throw new ReconError('build-failed', commandError(result).message, { hint: 'can this host reach the repositories of REPOSITORY=?' });
}

/** What rpm has installed in a tree. @throws ReconError `command-failed` */
export async function installedRpm(root: string): Promise<ImagePackage[]> {
  const format = '%{NAME}\\t%{EPOCHNUM}:%{VERSION}-%{RELEASE}\\t%{ARCH}\\n';
  const text = await runOk(['rpm', '--root', root, '--query', '--all', '--queryformat', format], { timeoutMs: 60_000 });
  return text.split('\n').flatMap((line) => {
    const [name, version, architecture] = line.split('\t');
    if (name === undefined || version === undefined || architecture === undefined || name === 'gpg-pubkey') return [];
    return [{ name, version: version.replace(/^0:/, ''), architecture }];
  });
}
