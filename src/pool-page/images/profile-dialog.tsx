import { useState } from 'preact/hooks';
import type { Profile } from '../../domain/pool/profile.ts';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { OptionField } from '../change/option-field.tsx';
import { TextField } from '../change/text-field.tsx';
import type { KnownPool } from '../live/known.ts';
import type { PoolActions } from '../live/state.ts';

/** Another version of the image, or other kernel arguments, for all that boot a profile. What else it says stays. */
export function ProfileDialog(props: { name: string; profile: Profile; known: KnownPool; actions: PoolActions; onClose: () => void }) {
  const { name, known, actions, onClose } = props;
  const [first] = useState({ profile: props.profile, revision: known.revision });
  const before = first.profile;
  const [typed, setTyped] = useState({
    image: 'image' in before && before.image !== undefined ? before.image : '',
    words: 'arguments' in before && before.arguments !== undefined ? before.arguments.join(' ') : '',
    title: before.title ?? '',
  });
  const isOvertaken = JSON.stringify(known.profiles[name]) !== JSON.stringify(before);
  const order = () => {
    const { title: _title, ...rest } = before;
    const words = typed.words.split(/\s+/).filter(Boolean);
    const title = typed.title.trim();
    const { arguments: _arguments, ...plain } = rest as typeof rest & { arguments?: string[] };
    const body = {
      ...{ ...plain, image: typed.image },
      ...(words.length === 0 ? {} : { arguments: words }),
      ...(title === '' ? {} : { title }),
    };
    return { method: 'PUT' as const, path: `/profiles/${name}`, body, revision: isOvertaken ? first.revision : known.revision };
  };
  const options = imageOptions(known, typed.image);
  return (
    <ChangeDialog {...{ id: 'profile', title: `Edit ${name}`, confirm: 'Write it down', actions, onClose, order }}>
      <OptionField label="Image" value={typed.image} options={options} choose={(image) => setTyped({ ...typed, image })} />
      <TextField label="Kernel arguments" value={typed.words} type={(words) => setTyped({ ...typed, words })} />
      <TextField label="Title" hint="in menus" value={typed.title} type={(title) => setTyped({ ...typed, title })} />
    </ChangeDialog>
  );
}

/** Every version that is there, the newest of each, and what is written now. */
function imageOptions({ images }: KnownPool, now: string) {
  const names = [...new Set(images.map(({ name }) => name))].sort();
  const values = names.flatMap((name) => [
    `${name}@newest`,
    ...images.flatMap((image) => (image.name === name ? [`${name}@${image.version}`] : [])).reverse(),
  ]);
  return [...new Set([now, ...values])].map((value) => ({ value, text: value }));
}
