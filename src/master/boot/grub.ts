import { PATHS, tokenArchivePath } from '../../domain/api.ts';
import { grubFile, grubLine, grubScript, grubWord, LEAVES } from '../../domain/grub/grub-words.ts';
import { runsOn, USUAL_ARCHITECTURE } from '../../domain/values/architecture.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { macWithHyphens } from '../../domain/values/mac.ts';
import { AGAIN, type BootScriptInput, initrdsBehind, mebibytes, peerKernelArguments } from './ipxe.ts';

/**
 * `boot.grub`: what a machine under Secure Boot is given in the place of its iPXE script. GRUB checks the kernel's signature, and puts token and
 * initrd one behind the other; each is fetched again until it works.
 */
export function grubBootScript(input: BootScriptInput): string {
  const { base, image, mac, buildArchitecture } = input;
  const architecture = image.architecture ?? USUAL_ARCHITECTURE;
  if (!runsOn(architecture, buildArchitecture))
    return grubScript([
      grubLine(`${mac} has a processor of type ${buildArchitecture}, and this stick carries ${architecture} only.`),
      grubLine('this machine cannot be inventoried from here. Nothing on it was changed.'),
      'sleep --interruptible 60',
      ...LEAVES,
    ]);
  const at = (path: string): string => grubFile(hostOf(base), path);
  const initrds = [at(tokenArchivePath(mac)), ...[image.initrd, ...initrdsBehind(input)].map((name) => at(`${PATHS.install}${name}`))];
  const words = peerKernelArguments(input, macWithHyphens(mac)).map(grubWord);
  return grubScript([
    grubLine(`${image.version} for ${mac}`),
    'while true; do',
    `    if linux ${[at(`${PATHS.install}${image.kernel}`), ...words].join(' ')}; then`,
    `        if initrd ${initrds.join(' ')}; then`,
    '            boot',
    '        fi',
    '    fi',
    `    ${grubLine('kernel or initrd did not arrive, or did not start. Trying again in 5 seconds.')}`,
    '    sleep 5',
    'done',
  ]);
}

/** For a machine whose record is stored: its own disk, unless somebody presses Escape. */
export function grubStoredScript({ mac, revision }: { mac: MacAddress; revision: number }): string {
  return grubScript([
    grubLine(`the record of this machine (${mac}) is stored, revision ${revision}.`),
    grubLine('press Escape within 5 seconds to inventory it again. Otherwise it starts from its own disk.'),
    'if sleep --interruptible 5; then',
    ...LEAVES.map((line) => `    ${line}`),
    'else',
    `    set recon_query="${AGAIN}=1&"`,
    '    set recon_answered=y',
    'fi',
  ]);
}

/** For a machine with too little memory even for kernel and initrd. */
export function grubTooSmallScript(input: { mac: MacAddress; memoryBytes: number; neededBytes: number }): string {
  const { mac, memoryBytes, neededBytes } = input;
  return grubScript([
    grubLine(
      `${mac} has too little memory: ${mebibytes(memoryBytes)} MiB, and kernel and initrd alone need ${mebibytes(neededBytes)} MiB.`,
    ),
    grubLine('this machine cannot be inventoried from here. Nothing on it was changed. The master keeps what the firmware says.'),
    grubLine('in 60 seconds, or after Escape, it goes on with its own disk.'),
    'sleep --interruptible 60',
    ...LEAVES,
  ]);
}

function hostOf(base: string): string {
  return base.replace(/^http:\/\//, '');
}
