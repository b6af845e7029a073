import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { PATHS } from '../../../domain/api.ts';
import type { ImageManifest } from '../../../domain/image.ts';
import { consoleArguments, GUARD_ARGUMENTS, LIVE_ARGUMENTS, PEER_LOG_ARGUMENT } from '../../../domain/kernel-arguments.ts';
import { ROOT_IMAGE } from './answer-to.ts';
import { ANSWER_ADDRESS, MATRIX_MAC } from './matrix-arguments.ts';

/** The log of the kernel must hold what 27 disks make it say. */
const RIG_ARGUMENTS = ['log_buf_len=4M'] as const;

/** The arguments of a peer, as the boot script of a master has them (src/master/boot/ipxe.ts), for a machine that no loader starts. */
export function peerArguments({ files: { rootImage } }: Pick<ImageManifest, 'files'>): string[] {
  return [
    `root=live:http://bang${PATHS.install}${ROOT_IMAGE}`,
    ...LIVE_ARGUMENTS,
    ...GUARD_ARGUMENTS,
    ...['rd.neednet=1', `BOOTIF=01-${MATRIX_MAC.replaceAll(':', '-')}`, `pxeaddr=${ANSWER_ADDRESS}`, 'postaction=liveboot'],
    ...[`recon.sha256=${rootImage.sha256}`, `recon.size=${rootImage.sizeBytes}`],
    PEER_LOG_ARGUMENT,
    ...consoleArguments(),
    ...RIG_ARGUMENTS,
  ];
}

/** The arguments of the stick's own menu (src/builder/image/grub-config.ts), for a kernel that no loader starts. */
export function stickKernelArguments({ isoUuid, dataPartitionUuid }: Pick<ImageManifest, 'isoUuid' | 'dataPartitionUuid'>): string[] {
  return [
    'root=live:/dev/recon/stick',
    ...LIVE_ARGUMENTS,
    ...[`recon.stick=${isoUuid}`, `recon.data=${dataPartitionUuid}`, 'recon.medium=stick'],
    ...GUARD_ARGUMENTS,
    ...consoleArguments(),
    ...RIG_ARGUMENTS,
  ];
}

/** The program that QEMU starts for each connection of the peer to its master. */
export function answerCommand(rootImagePath: string, directory: string): string {
  const program = join(fileURLToPath(new URL('.', import.meta.url)), 'answer-process.ts');
  return [execPath, program, rootImagePath, directory].map((word) => `'${word}'`).join(' ');
}
