import type { PoolImageView } from '../../../domain/pool/api-views.ts';
import type { BootOption } from '../../words/boot-options.ts';

/** Every version that is there, the newest of each, and what is written now. Without a need for one, none is a choice too. */
export function imageOptions(images: readonly PoolImageView[], now: string, isNeeded: boolean): BootOption[] {
  const names = [...new Set(images.map(({ name }) => name))].sort();
  const values = names.flatMap((name) => {
    const versions = images.flatMap((image) => (image.name === name ? [image.version] : [])).sort((a, b) => b - a);
    return [`${name}@newest`, ...versions.map((version) => `${name}@${version}`)];
  });
  const none = isNeeded && now !== '' ? [] : [{ value: '', text: isNeeded ? 'choose one' : 'none' }];
  return [...none, ...[...new Set([now, ...values])].filter((value) => value !== '').map((value) => ({ value, text: value }))];
}
