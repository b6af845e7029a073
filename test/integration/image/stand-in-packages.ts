import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runOk } from '../../../src/platform/process/command.ts';
import { fakeKernel } from '../../pool/image/fake-kernel.ts';

export const STAND_IN_RELEASE = '5.14.0-503.stand.in.x86_64';
const MODULES = `usr/lib/modules/${STAND_IN_RELEASE}`;
const MODULE = `\x7fELF\0license=GPL\0vermagic=${STAND_IN_RELEASE} SMP preempt mod_unload modversions \0more\0`;
const ASKED = '#!/bin/sh\necho "$0 $*" >> /var/asked\n';

/** What each stand-in has, besides a file that says its name. A path that ends with `@` is a link. */
const CONTENTS: Readonly<Record<string, Readonly<Record<string, string | Buffer>>>> = {
  'rocky-release': {
    'bin@': 'usr/bin',
    'sbin@': 'usr/sbin',
    'lib@': 'usr/lib',
    'lib64@': 'usr/lib64',
    'usr/bin/sh@': 'busybox',
    'usr/sbin/usermod': ASKED,
  },
  systemd: {
    'usr/lib/systemd/systemd': '#!/bin/sh\n',
    'usr/sbin/init@': '../lib/systemd/systemd',
    'usr/bin/systemctl': ASKED,
    'etc/machine-id': 'of the builder\n',
    'etc/systemd/system/stand-in.conf': '',
  },
  kmod: { 'usr/sbin/depmod@': '../bin/busybox' },
  'openssh-server': { 'etc/ssh/ssh_host_ed25519_key': 'of the builder\n' },
  'kernel-core': { [`${MODULES}/vmlinuz`]: fakeKernel(STAND_IN_RELEASE) },
  'kernel-modules-core': { [`${MODULES}/kernel/drivers/net/ethernet/intel/e1000/e1000.ko`]: MODULE },
  'kernel-modules': { [`${MODULES}/kernel/sound/snd.ko`]: MODULE },
};

/** A repository of packages with the names of a distribution and next to nothing in them. `busybox`: a static one, which is all that runs in the tree. */
export async function standInRepository(directory: string, names: readonly string[], busybox: string): Promise<string> {
  const packages = join(directory, 'packages');
  await mkdir(packages, { recursive: true });
  for (const name of names) await standIn(directory, name, { packages, busybox });
  await runOk(['createrepo_c', '--quiet', packages], { timeoutMs: 120_000 });
  return `file://${packages}`;
}

async function standIn(directory: string, name: string, { packages, busybox }: { packages: string; busybox: string }): Promise<void> {
  const files = join(directory, 'files', name);
  const put = async (path: string, content: string | Buffer): Promise<void> => {
    await mkdir(dirname(join(files, path)), { recursive: true });
    await writeFile(join(files, path), content);
    await chmod(join(files, path), 0o755);
  };
  await put(`usr/share/stand-in/${name}`, '');
  for (const [path, content] of Object.entries(CONTENTS[name] ?? {})) {
    if (!path.endsWith('@')) await put(path, content);
    else {
      await mkdir(dirname(join(files, path)), { recursive: true });
      await runOk(['ln', '--symbolic', String(content), join(files, path.slice(0, -1))], { timeoutMs: 60_000 });
    }
  }
  if (name === 'rocky-release') {
    await mkdir(join(files, 'usr/bin'), { recursive: true });
    await mkdir(join(files, 'usr/lib64'));
    await runOk(['cp', '--dereference', busybox, join(files, 'usr/bin/busybox')], { timeoutMs: 60_000 });
    for (const applet of ['ln', 'mkdir'])
      await runOk(['ln', '--symbolic', 'busybox', join(files, 'usr/bin', applet)], { timeoutMs: 60_000 });
    for (const empty of ['proc', 'dev', 'sys', 'run', 'tmp', 'var', 'root']) await mkdir(join(files, empty));
  }
  const spec = join(directory, `${name}.spec`);
  await writeFile(spec, specText(name, files));
  const define = (key: string, value: string): readonly string[] => ['--define', `${key} ${value}`];
  await runOk(['rpmbuild', '-bb', '--quiet', ...define('_rpmdir', packages), ...define('_topdir', join(directory, 'top')), spec], {
    timeoutMs: 120_000,
  });
}

function specText(name: string, files: string): string {
  return `Name: ${name}
Version: 9
Release: 1
Summary: stand-in
License: none
AutoReqProv: no
%global debug_package %{nil}
%global __os_install_post %{nil}
%description
Stand-in.
%install
cp -a ${files}/. %{buildroot}/
%files
/*
`;
}
