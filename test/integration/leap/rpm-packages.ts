import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runOk } from '../../../src/platform/process/command.ts';

/** A package that stands for one of openSUSE's. */
export interface StandIn {
  name: string;
  /** what it brings; missing: nothing but its name */
  tree?: string;
  requires?: readonly string[];
  provides?: readonly string[];
  /** in /bin/sh */
  post?: string;
}

const NAME = 'recon-stand-in';

/** A repository of stand-ins in `directory`, each version 1-1. All are made by one call: a call for each takes longer than all else. */
export async function makeRepository(directory: string, packages: readonly StandIn[], scratch: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await mkdir(scratch, { recursive: true });
  if (packages.length > 0) {
    const spec = join(scratch, `${NAME}.spec`);
    await writeFile(spec, specText(packages));
    const define = (key: string, value: string): readonly string[] => ['--define', `${key} ${value}`];
    await runOk(['rpmbuild', '-bb', '--quiet', ...define('_rpmdir', directory), ...define('_topdir', join(scratch, 'top')), spec], {
      timeoutMs: 1_200_000,
    });
    await runOk(['rm', '-rf', join(scratch, 'top')], { timeoutMs: 120_000 });
  }
  await runOk(['createrepo_c', '--quiet', directory], { timeoutMs: 600_000 });
}

function specText(packages: readonly StandIn[]): string {
  const trees = packages.flatMap(({ tree }) => (tree === undefined ? [] : [tree]));
  return `Name: ${NAME}
Version: 1
Release: 1
Summary: stand-in
License: none
%global debug_package %{nil}
%global __os_install_post %{nil}
%global _build_id_links none
%global _binary_payload w1.gzdio
%global __spec_install_pre mkdir -p %{buildroot}
%description
Stand-in.
${packages.map(packageText).join('')}%install
${trees.map((tree) => `cp -al ${tree}/. %{buildroot}/ 2> /dev/null || cp -a ${tree}/. %{buildroot}/\n`).join('')}
`;
}

function packageText({ name, tree, requires = [], provides = [], post }: StandIn): string {
  return `%package -n ${name}
Summary: stand-in
AutoReqProv: no
${requires.map((word) => `Requires: ${word}\n`).join('')}${provides.map((word) => `Provides: ${word}\n`).join('')}%description -n ${name}
Stand-in.
${post === undefined ? '' : `%post -n ${name} -p /bin/sh\n${post}\n`}%files -n ${name}
${tree === undefined ? '' : '/*\n'}`;
}
